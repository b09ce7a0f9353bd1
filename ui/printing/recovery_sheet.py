"""Printing the 24 words: a small panel over the page, one choice, and nothing of the words on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.clock import Clock, SystemClock
from app.rows.printing import PrintedFile
from ui.printing.paper_panel import Cautions, offer_to_print
from ui.tasks import TaskRunner, Ticket

_CAUTIONS = Cautions(
    printed="共用のプリンターでは、紙をすぐに取ってください。",
    saved="紙にしたら、このファイルは消してください。",
)


def print_recovery_sheet(
    parent: QWidget, tasks: TaskRunner, words: Sequence[str], clock: Clock | None = None
) -> None:
    """Offer the printers and a PDF file for the sheet of 24 words, over the page `parent`."""
    make = partial(_paper, tuple(words), clock or SystemClock())
    offer_to_print(parent, tasks, "この端末の24語を印刷", make, _CAUTIONS)


def print_team_sheet(
    parent: QWidget, tasks: TaskRunner, words: Sequence[str], clock: Clock | None = None
) -> None:
    """The same for the sheet that recovers the team."""
    make = partial(_team_paper, tuple(words), clock or SystemClock())
    offer_to_print(parent, tasks, "チームの復旧シートを印刷", make, _CAUTIONS)


def _team_paper(words: tuple[str, ...], clock: Clock, _ticket: Ticket) -> PrintedFile:
    from app.services.recovery_paper import team_paper

    return team_paper(words, clock)


def _paper(words: tuple[str, ...], clock: Clock, _ticket: Ticket) -> PrintedFile:
    # Imported here: fonts and layout are not needed before the first page.
    from app.services.recovery_paper import recovery_paper

    return recovery_paper(words, clock)
