"""Other devices' changes enter the log, the view and the projections, many at a time.

The result is what `db.rebuilding` makes from the whole log, in whatever order and however often changes
arrive (tested). A cell whose changes all came just now is resolved from memory; one that simply goes on from
what is shown needs no resolving; only the rest is read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from db.arrivals import Batch, Came, ChangeRow, Settled, change_id
from db.cells import BY_NAME, DELETED, RecordType
from db.change_columns import Arrived, ChangeColumns
from db.change_log import (
    COVERS,
    FIELD_BITS,
    INDEX_BITS,
    KNOWN,
    MOST_FIELDS,
    SEEN,
    ChangeLog,
    pack,
)
from db.projection import Projections
from db.types import Wire
from db.unit_of_work import CellRow, Rules, Trace, record_standing

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: records touched, changes that are new here, and changes of no right place.

    `misplaced` counts changes to a record of another compartment or type: whoever holds one company's key
    cannot write into another's records.
    """

    traces: tuple[Trace, ...]
    new: int
    misplaced: int
    greatest_time: int


def apply(
    connection: Connection, rules: Rules, fields: Mapping[str, int], segments: Sequence[Arrived]
) -> Applied:
    """Add the changes of these segments that are not there yet, within the transaction of `connection`."""
    return _Applying(connection, rules, fields).apply(segments)


class _Applying:
    def __init__(self, connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
        # The driver's own: a first sync writes a hundred thousand rows.
        driver: Any = connection.connection.dbapi_connection
        self._run, self._run_many = driver.execute, driver.executemany
        self._rules = rules
        self._fields = fields
        self._log = ChangeLog(connection, rules.resolve, fields)
        self._projections = Projections(connection, rules.fold)

    def apply(self, segments: Sequence[Arrived]) -> Applied:
        batch = Batch()
        batch.first_new_record = 1 + (self._run("SELECT max(no) FROM rec").fetchone()[0] or 0)
        for segment in segments:
            self._gather(segment, batch)
        fresh = self._keep(batch)
        traces = self._project(fresh, batch)
        greatest = max((row[2] for row in fresh), default=0)
        return Applied(tuple(traces), len(fresh), batch.misplaced, greatest)

    # identities

    def _interned(self, table: str, column: str, values: Iterable[object]) -> dict[object, int]:
        """The numbers of identities, those given now included."""
        wanted = [*dict.fromkeys(values)]
        self._run_many(f"INSERT OR IGNORE INTO {table}({column}) VALUES(?)", [(each,) for each in wanted])
        select = f"SELECT {column}, no FROM {table} WHERE {column}"  # noqa: S608 - names of our own
        return dict(self._found(select, wanted))

    def _found(self, select: str, wanted: Sequence[object]) -> Iterator[Any]:
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            yield from self._run(f"{select} IN ({','.join('?' * len(part))})", part)

    def _records(
        self, compartment: bytes, changes: ChangeColumns, pairs: Mapping[int, int]
    ) -> dict[int, int]:
        """The number of each record of the segment that is of this compartment and type; by place."""
        home = self._log.intern_compartment(compartment)
        rows = [(changes.records[record], changes.types[kind], home) for record, kind in pairs.items()]
        self._run_many("INSERT OR IGNORE INTO rec(rid, type, compartment) VALUES(?,?,?)", rows)
        select = "SELECT rid, type, compartment, no FROM rec WHERE rid"
        held = {row[0]: row[1:] for row in self._found(select, [row[0] for row in rows])}
        places = {changes.records[record]: record for record in pairs}
        return {
            places[record]: held[record][2]
            for record, kind, _ in rows
            if held[record][0] == kind and held[record][1] == home
        }

    def _field_numbers(self, names: Sequence[str]) -> list[int | None]:
        """Field numbers; None for names beyond those that a file has room for."""
        new = [name for name in names if name not in self._fields]
        if not new:
            return [self._fields[name] for name in names]
        room = MOST_FIELDS - self._run("SELECT count(*) FROM fld").fetchone()[0]
        numbers = self._interned("fld", "name", [*self._known_fields(new), *new[: max(0, room)]])
        return [self._fields.get(name, numbers.get(name)) for name in names]

    def _known_fields(self, names: Sequence[str]) -> list[str]:
        return [name for name, _ in self._found("SELECT name, no FROM fld WHERE name", names)]

    def _author(self, user: bytes, device: bytes) -> int:
        found = self._run("SELECT no FROM author WHERE user=? AND device=?", (user, device)).fetchone()
        if found is None:
            sql = "INSERT INTO author(user, device) VALUES(?,?) RETURNING no"
            found = self._run(sql, (user, device)).fetchone()
        return int(found[0])

    # gathering

    def _gather(self, segment: Arrived, batch: Batch) -> None:
        changes = segment.changes
        numbers = self._interned("save", "sid", changes.saves)
        saves = [numbers[save] << INDEX_BITS for save in changes.saves]
        authors = [self._author(user, segment.device) for user in changes.users]
        fields = self._field_numbers(changes.fields)
        types = {
            record: kind
            for record, kind, name in zip(changes.record, changes.type, changes.field, strict=True)
            if fields[name] is not None
        }
        records = self._records(segment.compartment, changes, types)
        columns = (changes.save, changes.index, changes.record, changes.type, changes.field, changes.kind)
        more = (changes.time, changes.user, changes.value, changes.parent_save, changes.parent_index)
        kept: dict[int, int] = {}
        for at, row in enumerate(zip(*columns, *more, strict=True)):
            save, index, record, kind, name, of_kind, time, user, value, parent_save, parent_index = row
            home, field_number = records.get(record), fields[name]
            if home is None or field_number is None or types[record] != kind or index >> INDEX_BITS:
                batch.misplaced += 1
                continue
            number, cell = saves[save] | index, home << FIELD_BITS | field_number
            parent = saves[parent_save - 1] | parent_index if parent_save else None
            word = changes.kinds[of_kind]
            made = (number, cell, time, authors[user], word, value, parent, segment.number)
            kept[at] = number
            batch.rows.append(made)
            batch.came[cell].append(Came(made, changes, at))
        self._gather_references(changes, saves, kept, batch)

    @staticmethod
    def _gather_references(
        changes: ChangeColumns, saves: Sequence[int], kept: Mapping[int, int], batch: Batch
    ) -> None:
        columns = changes.references
        for row, what, save, index in zip(
            columns.row, columns.what, columns.save, columns.index, strict=True
        ):
            if row in kept and what in _SENSES and not index >> INDEX_BITS:
                number = kept[row]
                batch.references.append((number, what, saves[save] | index))
                senses = batch.referring.setdefault(number, {})
                senses.setdefault(what, set()).add(change_id(changes, save, index))

    # the log

    def _keep(self, batch: Batch) -> list[ChangeRow]:
        """Append what is new; put aside what comes under an id that is taken. Returns the rows of both."""
        select = "SELECT id, cell, time, author, kind, value, parent FROM change WHERE id"
        held = {row[0]: tuple(row[1:]) for row in self._found(select, [row[0] for row in batch.rows])}
        fresh: dict[int, ChangeRow] = {}
        twins: list[ChangeRow] = []
        for row in batch.rows:
            earlier = held.get(row[0]) or (fresh[row[0]][1:7] if row[0] in fresh else None)
            if earlier is None:
                fresh[row[0]] = row
            elif earlier != row[1:7] and not self._is_by_same_user(earlier, row[1:7]):
                twins.append(row)
        self._run_many(
            "INSERT INTO change(id, cell, time, author, kind, value, parent, segment)"
            " VALUES(?,?,?,?,?,?,?,?)",
            list(fresh.values()),
        )
        self._run_many(
            "INSERT OR IGNORE INTO ref(child, what, parent) VALUES(?,?,?)",
            [row for row in batch.references if row[0] in fresh],
        )
        return [*fresh.values(), *self._put_aside(twins, batch)]

    def _is_by_same_user(self, earlier: tuple[Any, ...], later: tuple[Any, ...]) -> bool:
        """Whether only the device differs: work that a restored or cloned laptop sealed a second time."""
        authors = {earlier[_AUTHOR], later[_AUTHOR]}
        users = {row[1] for row in self._found("SELECT no, user FROM author WHERE no", [*authors])}
        is_alike = earlier[:_AUTHOR] + earlier[_AUTHOR + 1 :] == later[:_AUTHOR] + later[_AUTHOR + 1 :]
        return is_alike and len(users) == 1

    def _put_aside(self, twins: Sequence[ChangeRow], batch: Batch) -> list[ChangeRow]:
        kept = []
        for row in twins:
            content = pack([*row[2:6], sorted([*ref[1:]] for ref in batch.references if ref[0] == row[0])])
            digest = sha256(pack([row[0], row[1], content])).digest()
            if self._run("SELECT 1 FROM twin WHERE digest=?", (digest,)).fetchone() is None:
                sql = "INSERT INTO twin(digest, change, cell, content) VALUES(?,?,?,?)"
                self._run(sql, (digest, row[0], row[1], content))
                kept.append(row)
        return kept

    # the view and the projections

    def _project(self, fresh: Sequence[ChangeRow], batch: Batch) -> list[Trace]:
        touched = [*dict.fromkeys(row[1] for row in fresh)]
        held = {row[0]: row[1:] for row in self._found(_CELLS, touched)}
        counts: dict[int, int] = defaultdict(int)
        for row in fresh:
            counts[row[1]] += 1
        by_record: dict[int, list[int]] = defaultdict(list)
        for cell in touched:
            by_record[cell >> FIELD_BITS].append(cell)
        identities = {row[0]: row[1:] for row in self._found(_RECORDS, [*by_record])}
        settled = Settled(self._log, self._rules, batch, held, counts)
        return self._write_records(by_record, identities, settled)

    def _write_records(
        self, by_record: Mapping[int, Sequence[int]], identities: Mapping[int, Any], settled: Settled
    ) -> list[Trace]:
        names = {number: name for name, number in self._fields.items()}
        rows: list[CellRow] = []
        to_stand: list[tuple[RecordType, str, int]] = []
        traces: list[Trace] = []
        for record, cells in by_record.items():
            record_id, type_name, compartment = identities[record]
            kind = BY_NAME.get(type_name)
            if kind is None:
                continue  # of a newer program: carried, not shown
            values, cell_rows = settled.record(kind, cells, names)
            rows += cell_rows
            name, home = str(UUID(bytes=record_id)), str(UUID(bytes=compartment))
            was_new = record >= settled.first_new_record or not self._has_row(kind, name, settled, cells)
            traces.append(Trace(kind.name, name, home, {}, values, was_new=was_new))
            if self._concerns_record(record, cells, cell_rows, was_new=was_new):
                to_stand.append((kind, name, record))
        if rows:
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
        self, record: int, cells: Sequence[int], rows: Sequence[CellRow], *, was_new: bool
    ) -> bool:
        """Whether the record as a whole has to be looked at: deleted, in conflict, or no longer so."""
        is_plain = not any(row[3] or row[4] for row in rows)
        if not is_plain or record << FIELD_BITS | self._fields[DELETED] in cells:
            return True
        return not was_new and self._is_intricate(record)

    def _has_row(self, kind: RecordType, name: str, settled: Settled, cells: Sequence[int]) -> bool:
        if any(cell in settled.held for cell in cells):
            return True
        found = self._run(f"SELECT 1 FROM {kind.name} WHERE id=?", (name,)).fetchone()  # noqa: S608
        return found is not None

    def _is_intricate(self, record: int) -> bool:
        """Whether the record as a whole has more to it than plain values: deleted, in conflict, waiting."""
        first = record << FIELD_BITS
        sql = (
            "SELECT 1 FROM cell WHERE id BETWEEN ? AND ? AND (flags OR conflicts IS NOT NULL OR id=?) LIMIT 1"
        )
        last = first | (1 << FIELD_BITS) - 1
        return self._run(sql, (first, last, first | self._fields[DELETED])).fetchone() is not None


_CELLS = "SELECT id, winner, heads, conflicts, flags FROM cell WHERE id"
_RECORDS = (
    "SELECT rec.no, rec.rid, rec.type, compartment.cid FROM rec"
    " JOIN compartment ON compartment.no=rec.compartment WHERE rec.no"
)


_SENSES = frozenset((SEEN, KNOWN, COVERS))
_AUTHOR = 2
"""Where the author's number stands in a row of a change, behind its id."""
