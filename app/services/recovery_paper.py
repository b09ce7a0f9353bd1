"""The 24 words as a page in memory, for a printer or a file the person chooses."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from app.clock import JAPAN, Clock
from app.recovery_sheet import recovery_sheet
from app.reports.documents.recovery_sheet import recovery_sheet as lay_out
from app.reports.output import write
from app.rows.printing import PrintedFile


def recovery_paper(words: Sequence[str], clock: Clock) -> PrintedFile:
    """One A4 page with the words of this device. Nothing touches the disk."""
    now = clock.now().astimezone(JAPAN)
    sheet = recovery_sheet(words, platform.node() or "この端末", now.date())
    document = lay_out(sheet, now)
    return PrintedFile(sheet.title, write([document]), len(document.pages))
