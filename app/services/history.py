"""履歴: who did what and when in one company or to one record, and writing old values back."""

from __future__ import annotations

from app.errors import RecordMissing, RecordWithdrawn
from app.record_wording import field_word, type_word
from app.rows.history import HistoryRow, TakenBack
from app.services.history_entries import HistoryReader
from app.services.merged_companies import compartments_of
from app.services.record_scopes import scope_of
from app.services.record_words import record_words
from app.services.taking_back import take_back
from app.workplace import Workplace, company_scope
from db.cells import BY_NAME
from db.projection import columns_of
from db.reading import Reading
from db.repositories import history
from db.repositories.history import Extent
from db.repositories.trash import belongings

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
            extent = Extent(compartments_of(reading, company_id))
            return HistoryReader(reading, self._place).rows(extent, limit, before)

    def of_record(
        self, record_type: str, record_id: str, limit: int = PAGE, before: HistoryRow | None = None
    ) -> tuple[HistoryRow, ...]:
        """The same for one record with what belongs to it: a 面談 with its lines, a plan with its parts."""
        with self._place.reading() as reading:
            belonging = [each for _, each in belongings(reading, record_type, record_id, with_deleted=True)]
            extent = history.with_links(reading, [record_id, *belonging])
            return HistoryReader(reading, self._place).rows(extent, limit, before)

    def words_of(self, record_type: str, record_id: str) -> str:
        """What a record is called: 「面談「2025/7/22 の面談」」. Raises RecordMissing."""
        with self._place.reading() as reading:
            found = reading.record(record_type, record_id)
        if found is None:
            raise RecordMissing
        words = record_words(record_type, found, self._place.masters.intake_field)
        return f"{type_word(record_type)}「{words}」"

    def take_back(self, company_id: str, entry: HistoryRow) -> TakenBack:
        """Write back everything that an action did in a company, as one new action that can be undone.

        What was changed again later stays as it is and is counted.
        """
        with self._place.action("履歴の一件を前に戻す", company_scope(company_id)) as work:
            reading = Reading(work.connection)
            extent = Extent(compartments_of(reading, company_id))
            return take_back(work, history.action_at(reading, extent, entry.time, entry.author))

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
