"""Printing the list of all keys on one page."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.clock import Clock, SystemClock
from app.rows.printing import PrintedFile
from ui.key_list import all_keys
from ui.printing.paper_panel import offer_to_print
from ui.tasks import TaskRunner, Ticket


def print_key_sheet(parent: QWidget, tasks: TaskRunner, clock: Clock | None = None) -> None:
    """Offer the printers and a PDF file for the list of keys, over the page `parent`."""
    offer_to_print(parent, tasks, "キー一覧を印刷", partial(_paper, clock or SystemClock()))


def _paper(clock: Clock, _ticket: Ticket) -> PrintedFile:
    # Imported here: fonts and layout are not needed before the first page.
    from app.services.key_paper import key_paper

    return key_paper(all_keys(), clock)
