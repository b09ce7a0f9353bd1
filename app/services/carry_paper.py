"""「持出し記録」 as a page in memory, for a printer or a file the person chooses."""

from __future__ import annotations

from app.clock import JAPAN
from app.reports.documents.carry_record import TITLE, carry_record
from app.reports.output import write
from app.rows.carrying import CarryRecord
from app.rows.printing import PrintedFile
from app.workplace import Workplace


def carry_paper(record: CarryRecord, place: Workplace, *, is_practice: bool = False) -> PrintedFile:
    """The record of one carrying out. Nothing touches the disk."""
    with place.reading() as reading:
        name = str((reading.record("person", place.user_id) or {}).get("name") or "")
    now = place.now().astimezone(JAPAN)
    document = carry_record(record, now, name, "練習用" if is_practice else "")
    return PrintedFile(f"{TITLE}_{record.carried_at:%Y%m%d-%H%M}", write([document]), len(document.pages))
