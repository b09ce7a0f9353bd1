"""What cells and records show once changes of other devices are in the log.

A cell whose changes all came just now is resolved from memory; one that simply goes on from what is shown
needs no resolving; only the rest is read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from db.cells import BY_NAME, DELETED, Cell, RecordType
from db.change_log import COVERS, FIELD_BITS, INDEX_BITS, KNOWN, SEEN, ChangeLog, unpack
from db.engine import driver_calls, rows_in
from db.log_views import LoggedChange
from db.projection import Projections, columns_of
from db.types import Wire
from db.unit_of_work import CellRow, Rules, Trace, record_standing

_FIELD_MASK, _INDEX_MASK = (1 << FIELD_BITS) - 1, (1 << INDEX_BITS) - 1
ChangeRow = tuple[int, int, int, int, str, bytes | None, int | None, int]
"""(number, cell, time, author, kind, value, parent, segment) of a change."""


@dataclass(frozen=True)
class Fresh:
    """Changes that have just come into the log, their references, and the ids of the saves these name.

    Records from `first_new_record` on were not in the file before.
    """

    rows: Sequence[ChangeRow]
    references: Sequence[tuple[int, int, int]]
    save_ids: Mapping[int, bytes]
    first_new_record: int

    @cached_property
    def by_cell(self) -> Mapping[int, list[ChangeRow]]:
        """The rows of each cell."""
        found: dict[int, list[ChangeRow]] = {}
        for row in self.rows:
            if row[1] in found:
                found[row[1]].append(row)
            else:
                found[row[1]] = [row]
        return found

    @cached_property
    def referring(self) -> Mapping[int, Mapping[int, set[bytes]]]:
        """The changes that a change refers to, by its number and their sense."""
        found: dict[int, dict[int, set[bytes]]] = {}
        for number, what, parent in self.references:
            found.setdefault(number, {}).setdefault(what, set()).add(self.id_of(parent))
        return found

    def id_of(self, number: int) -> bytes:
        """The id of a change whose save is named here."""
        return self.save_ids[number >> INDEX_BITS] + (number & _INDEX_MASK).to_bytes(4, "big")

    def logged(self, row: ChangeRow) -> LoggedChange:
        """A change as the rules of merging see it."""
        number, _, time, _, kind, value, parent, _ = row
        references = self.referring.get(number, {})
        shown = set() if parent is None else {self.id_of(parent)}
        seen = frozenset(shown | references.get(SEEN, set()))
        known, covers = seen | references.get(KNOWN, set()), frozenset(references.get(COVERS, ()))
        return LoggedChange(self.id_of(number), kind, unpack(value), time, seen, known, covers)


class Settling:
    """Brings view and projections up to date, within the transaction of one connection."""

    def __init__(
        self, connection: Connection, rules: Rules, fields: Mapping[str, int], log: ChangeLog
    ) -> None:
        self._run, _ = driver_calls(connection)
        self._rules = rules
        self._fields = fields
        self._log = log
        self._projections = Projections(connection, rules.fold)

    def settle(self, fresh: Fresh) -> list[Trace]:
        """Write what the records of these changes show now; return what was touched."""
        by_record: dict[int, list[int]] = defaultdict(list)
        for cell in fresh.by_cell:
            by_record[cell >> FIELD_BITS].append(cell)
        known = [cell for cell in fresh.by_cell if cell < fresh.first_new_record << FIELD_BITS]
        held = {row[0]: row[1:] for row in rows_in(self._run, _CELLS, known)}
        identities = {row[0]: row[1:] for row in rows_in(self._run, _RECORDS, [*by_record])}
        cells = _Cells(self._log, self._rules, fresh, held, self._fields)
        return self._write_records(by_record, identities, cells)

    def _write_records(
        self, by_record: Mapping[int, Sequence[int]], identities: Mapping[int, Any], cells: _Cells
    ) -> list[Trace]:
        added: list[tuple[int, int | None]] = []
        rows: list[CellRow] = []
        to_stand: list[tuple[RecordType, str, int]] = []
        traces: list[Trace] = []
        homes = {home: str(UUID(bytes=home)) for _, _, home in identities.values()}
        for record, touched in by_record.items():
            record_id, type_name, compartment = identities[record]
            kind = BY_NAME.get(type_name)
            if kind is None:
                continue  # of a newer program: carried, not shown
            values, plain, cell_rows = cells.of_record(kind, record, touched)
            added += plain
            rows += cell_rows
            name = str(UUID(bytes=record_id))
            was_new = record >= cells.first_new_record or not self._has_row(kind, name, cells, touched)
            traces.append(Trace(kind.name, name, homes[compartment], {}, values, was_new=was_new))
            if self._concerns_record(record, touched, cell_rows, was_new=was_new):
                to_stand.append((kind, name, record))
        self._log.add_cells(added)
        self._log.put_cells(rows)
        self._write_values(traces)
        for kind, name, record in to_stand:
            standing = record_standing(self._log, self._rules, kind, record)
            self._projections.set_standing(kind, name, *standing)
        return traces

    def _write_values(self, traces: Sequence[Trace]) -> None:
        new: dict[str, list[tuple[str, str, Mapping[str, Wire]]]] = defaultdict(list)
        for trace in traces:
            if trace.was_new:
                new[trace.record_type].append((trace.id, trace.compartment, trace.after))
            else:
                self._projections.change(BY_NAME[trace.record_type], trace.id, trace.after)
        for kind, added in new.items():
            self._projections.add(BY_NAME[kind], added)

    def _concerns_record(
        self, record: int, touched: Sequence[int], rows: Sequence[CellRow], *, was_new: bool
    ) -> bool:
        """Whether the record as a whole has to be looked at: deleted, in conflict, or no longer so."""
        is_plain = not any(row[3] or row[4] for row in rows)
        if not is_plain or record << FIELD_BITS | self._fields[DELETED] in touched:
            return True
        return not was_new and self._is_intricate(record)

    def _has_row(self, kind: RecordType, name: str, cells: _Cells, touched: Sequence[int]) -> bool:
        if any(cell in cells.held for cell in touched):
            return True
        found = self._run(f"SELECT 1 FROM {kind.name} WHERE id=?", (name,)).fetchone()  # noqa: S608
        return found is not None

    def _is_intricate(self, record: int) -> bool:
        """Whether the record as a whole has more to it than plain values: deleted, in conflict, waiting."""
        first = record << FIELD_BITS
        sql = (
            "SELECT 1 FROM cell WHERE id BETWEEN ? AND ? AND (flags OR conflicts IS NOT NULL OR id=?) LIMIT 1"
        )
        found = self._run(sql, (first, first | _FIELD_MASK, first | self._fields[DELETED])).fetchone()
        return found is not None


_CELLS = "SELECT id, winner, heads, conflicts, flags FROM cell WHERE id"
_RECORDS = (
    "SELECT rec.no, rec.rid, rec.type, compartment.cid FROM rec"
    " JOIN compartment ON compartment.no=rec.compartment WHERE rec.no"
)
_BEYOND = Cell("")
"""Stands for a cell that this program does not know."""


class _Cells:
    """What cells show now. `held` are the rows of the view as they were before."""

    def __init__(
        self, log: ChangeLog, rules: Rules, fresh: Fresh, held: Mapping[int, Any], fields: Mapping[str, int]
    ) -> None:
        self.held = held
        self.first_new_record = fresh.first_new_record
        self._log = log
        self._rules = rules
        self._fresh = fresh
        self._by_cell, self._referring = fresh.by_cell, fresh.referring
        self._has_aside = log.has_aside
        self._fields = fields
        self._cells: dict[str, Mapping[int, Cell]] = {}

    def of_record(
        self, kind: RecordType, record: int, touched: Sequence[int]
    ) -> tuple[dict[str, Wire], list[tuple[int, int | None]], list[CellRow]]:
        """For these cells of one record its columns, and what the view shows of them.

        That is (cell, winner) of cells that are new and hold no more, and whole rows of the others.
        """
        known = self._known_cells(kind)
        values: dict[str, Wire] = {}
        added: list[tuple[int, int | None]] = []
        rows = []
        is_new = record >= self.first_new_record and not self._has_aside
        for number in touched:
            cell = known.get(number & _FIELD_MASK, _BEYOND)
            came = self._by_cell[number]
            if is_new and self._is_chain(came, None):
                last = came[-1]
                value: object = unpack(last[5])
                added.append((number, last[0]))
            else:
                row, value = self._settled(number, cell.policy)
                rows.append(row)
            if cell.columns:
                values.update(columns_of(cell, value))
            elif cell.name:
                values[cell.name] = value  # type: ignore[assignment]
        return values, added, rows

    def _known_cells(self, kind: RecordType) -> Mapping[int, Cell]:
        """The cells of a kind by the number of their field."""
        if kind.name not in self._cells:
            self._cells[kind.name] = {self._fields[cell.name]: cell for cell in kind.cells}
        return self._cells[kind.name]

    def _settled(self, number: int, policy: str) -> tuple[CellRow, object]:
        if self._has_aside:
            return self._log.resolved_row(number, policy)
        came = self._by_cell[number]
        before = self.held.get(number, _NOTHING_HELD)
        if before[1:] == _PLAIN and self._is_chain(came, before[0]):
            last = came[-1]
            return (number, last[0], None, None, 0), unpack(last[5])
        if number in self.held:
            return self._log.resolved_row(number, policy)
        view = self._rules.resolve([self._fresh.logged(each) for each in came], policy)
        return self._log.row_of(number, view, {self._fresh.id_of(each[0]): each[0] for each in came})

    def _is_chain(self, came: Sequence[ChangeRow], before: int | None) -> bool:
        """Whether each was written on seeing the one before it and nothing else: the usual case."""
        for row in came:
            if row[4] != "set" or row[6] != before or row[0] in self._referring:
                return False
            before = row[0]
        return True


_NOTHING_HELD = (None, None, None, 0)
_PLAIN = (None, None, 0)
"""Heads, conflicts and flags of a cell of which the winner is all there is."""
