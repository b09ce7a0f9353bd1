"""確認が必要な変更: what two people gave different values, and deciding between them (design-sync 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.errors import ConflictMovedOn, RecordMissing
from app.record_wording import field_word, type_word
from app.rows.conflicts import ConflictKind, ConflictPage, ConflictRow, MergedRow
from app.services.conflict_pages import DELETE, PageMaker
from app.services.conflict_words import ConflictWords
from app.services.record_scopes import scope_of
from app.workplace import Workplace
from db.cells import DELETED
from db.reading import Reading
from db.repositories import conflicts
from db.repositories.trash import belongings, deleted_with
from db.unit_of_work import MovedOn, UnitOfWork

_UNASKED = frozenset(("order_key", "stamped_at"))
"""Where a line stands is not asked: the later move counts."""


class ConflictService:
    """Lists questions, shows one, and writes what was decided."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # looking

    def rows(self) -> tuple[ConflictRow, ...]:
        """Every question, the newest first; those that wait for data last."""
        with self._place.reading() as reading:
            maker = PageMaker(reading, self._place)
            rows = _every(reading, maker)
        return tuple(sorted(rows, key=lambda row: (row.is_asked, row.newest_at), reverse=True))

    def merged(self) -> tuple[MergedRow, ...]:
        """Texts that were put together from two by sentences."""
        with self._place.reading() as reading:
            words = ConflictWords(reading, self._place)
            return tuple(_merged_row(words, found) for found in conflicts.merged_cells(reading))

    def page(self, record_type: str, record_id: str, cell: str) -> ConflictPage:
        """One question; "" is the cell of a whole record. Raises RecordMissing for a record that is not here,
        ConflictMovedOn where it was decided meanwhile.
        """
        with self._place.reading() as reading:
            maker = PageMaker(reading, self._place)
            page = (
                maker.of_record(record_type, record_id)
                if not cell
                else maker.of_cell(record_type, record_id, cell)
            )
            related = (row for row in _every(reading, maker) if maker.hang_together(page.row, row))
            return replace(page, related=tuple(related))

    # deciding

    def choose(self, page: ConflictPage, number: int, reason: str = "") -> str:
        """Take one of the sides; the scope in which that can be undone.

        Raises ConflictMovedOn when something arrived that the page does not show.
        """
        if page.row.kind is ConflictKind.DELETED:
            return self._decide_record(page, reason, is_kept=number != DELETE)
        return self._decide(page, page.sides[number].value, reason)

    def keep_both(self, page: ConflictPage, reason: str = "") -> str:
        """Keep the texts of all sides, one below the other."""
        return self._decide(page, page.both, reason)

    def write_own(self, page: ConflictPage, value: str | None, reason: str = "") -> str:
        """Write a third value: a text, or a day as 2025-07-31."""
        return self._decide(page, value, reason)

    def _decide(self, page: ConflictPage, value: object, reason: str) -> str:
        row = page.row
        scope = self._scope(row)
        label = f"「{field_word(row.record_type, row.cell)}」を決める"
        try:
            with self._place.action(label, scope) as work:
                work.decide(row.record_type, row.record_id, row.cell, value, page.shown, reason.strip())
        except MovedOn:
            raise ConflictMovedOn from None
        return scope

    def _decide_record(self, page: ConflictPage, reason: str, *, is_kept: bool) -> str:
        row = page.row
        scope = self._scope(row)
        label = f"{type_word(row.record_type)}を{'残す' if is_kept else '消す'}"
        with self._place.action(label, scope) as work:
            now = PageMaker(Reading(work.connection), self._place).of_record(row.record_type, row.record_id)
            if not now.shown <= page.shown:
                raise ConflictMovedOn
            (_keep if is_kept else _delete)(work, row)
            work.keep_reason(row.record_id, DELETED, reason.strip())
        return scope

    def _scope(self, row: ConflictRow) -> str:
        with self._place.reading() as reading:
            found = reading.record(row.record_type, row.record_id)
            if found is None:
                raise RecordMissing
            return scope_of(reading, self._place, row.record_type, found)


def _keep(work: UnitOfWork, row: ConflictRow) -> None:
    """Bring it back with what went with it."""
    reading = Reading(work.connection)
    for save in row.deleted_in:
        for kind, each in [*deleted_with(reading, row.record_type, row.record_id, save)]:
            work.undelete(kind, each)
    work.undelete(row.record_type, row.record_id)


def _delete(work: UnitOfWork, row: ConflictRow) -> None:
    for kind, each in [*belongings(Reading(work.connection), row.record_type, row.record_id)]:
        work.delete(kind, each)
    work.delete(row.record_type, row.record_id)


def _every(reading: Reading, maker: PageMaker) -> list[ConflictRow]:
    return [*_of_values(reading, maker), *_of_records(reading, maker)]


def _of_values(reading: Reading, maker: PageMaker) -> Iterator[ConflictRow]:
    for found in conflicts.open_cells(reading):
        if found.cell not in _UNASKED and not maker.is_gone(found):
            yield maker.value_row(found)


def _of_records(reading: Reading, maker: PageMaker) -> Iterator[ConflictRow]:
    questions = (*conflicts.changed_after_deletion(reading), *conflicts.deleted_with_live_parts(reading))
    for record_type, record_id, _ in questions:
        yield maker.record_row(record_type, record_id)


def _merged_row(words: ConflictWords, found: conflicts.FoundCell) -> MergedRow:
    record = words.record(found.record_type, found.record_id)
    return MergedRow(
        found.record_type,
        found.record_id,
        words.title(found.record_type, found.record_id, found.cell),
        words.term(found.record_type),
        *words.home(found.record_type, found.record_id, found.compartment),
        words.value(found.record_type, found.record_id, found.cell, record.get(found.cell)),
        record.get("support_session_id"),
    )
