"""The 24 words as a page in memory, for a printer or a file the person chooses."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import datetime

from app.clock import JAPAN, Clock
from app.recovery_sheet import RecoverySheet, recovery_sheet, team_sheet
from app.reports.documents.recovery_sheet import recovery_sheet as lay_out
from app.reports.output import write
from app.rows.printing import PrintedFile
from app.services.sharing_sheets import digits_of_sheet


def recovery_paper(words: Sequence[str], clock: Clock) -> PrintedFile:
    """One A4 page with the words of this device. Nothing touches the disk."""
    now = clock.now().astimezone(JAPAN)
    return _printed(recovery_sheet(words, platform.node() or "この端末", now.date()), now)


def team_paper(words: Sequence[str], clock: Clock) -> PrintedFile:
    """One A4 page with the words that recover the team. Nothing touches the disk."""
    now = clock.now().astimezone(JAPAN)
    number = digits_of_sheet(words)
    return _printed(team_sheet(words, number, platform.node() or "この端末", now.date()), now)


def _printed(sheet: RecoverySheet, now: datetime) -> PrintedFile:
    document = lay_out(sheet, now)
    return PrintedFile(sheet.title, write([document]), len(document.pages))
