"""The list of keys as a page in memory, for a printer or a file the person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from app.clock import JAPAN, Clock
from app.reports.documents.key_sheet import TITLE, key_sheet
from app.reports.output import write
from app.rows.keys import KeyGroup
from app.rows.printing import PrintedFile


def key_paper(groups: Sequence[KeyGroup], clock: Clock) -> PrintedFile:
    """One A4 page with all keys. Nothing touches the disk."""
    document = key_sheet(groups, clock.now().astimezone(JAPAN))
    return PrintedFile(TITLE, write([document]), len(document.pages))
