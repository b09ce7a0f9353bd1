"""履歴: who did what and when in one company, and writing an old value back."""

from __future__ import annotations

from app.errors import RecordMissing, RecordWithdrawn
from app.record_wording import field_word
from app.rows.history import HistoryRow
from app.services.history_entries import HistoryReader
from app.services.record_scopes import scope_of
from app.workplace import Workplace
from db.cells import BY_NAME
from db.projection import columns_of
from db.reading import Reading
from db.repositories import history

PAGE = 50
_GONE = 1


class HistoryService:
    """Reads the log in words. What was written never leaves it."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def of_company(
        self, company_id: str, limit: int = PAGE, before: HistoryRow | None = None
    ) -> tuple[HistoryRow, ...]:
        """The newest entries of a company, or those that come before an entry shown already."""
        with self._place.reading() as reading:
            return HistoryReader(reading, self._place).rows(company_id, limit, before)

    def restore_item(self, record_type: str, record_id: str, cell: str, change: int | None) -> None:
        """Write back the value that a change once gave a cell, as a new change; None empties the cell.

        Raises RecordMissing for a change of another cell, RecordWithdrawn for a record in ごみ箱.
        """
        with self._place.reading() as reading:
            found = reading.record(record_type, record_id)
            if found is None:
                raise RecordMissing
            if found["deleted"] == _GONE:
                raise RecordWithdrawn
            value = _value(reading, record_id, cell, change)
            scope = scope_of(reading, self._place, record_type, found)
        label = f"「{field_word(record_type, cell)}」を前に戻す"
        with self._place.action(label, scope) as work:
            work.save(record_type, record_id, columns_of(BY_NAME[record_type].by_name[cell], value))


def _value(reading: Reading, record_id: str, cell: str, change: int | None) -> object:
    if change is None:
        return None
    found = history.value_of(reading, record_id, cell, change)
    if found is None:
        raise RecordMissing
    return found[0]
