"""Other devices' changes enter the log, the view and the projections, many at a time.

The result is what `db.rebuilding` makes from the whole log, in whatever order and however often changes
arrive (tested). A first synchronisation brings a hundred thousand of them: columns are worked on as wholes,
and what is new to the file is asked of it no more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import compress, repeat
from operator import or_
from typing import Any

from sqlalchemy import Connection

from db.change_columns import Arrived, ChangeColumns
from db.change_log import COVERS, FIELD_BITS, INDEX_BITS, KNOWN, MOST_FIELDS, SEEN, ChangeLog, pack
from db.engine import driver_calls, rows_in
from db.settling import ChangeRow, Fresh, Settling
from db.unit_of_work import Rules, Trace


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


@dataclass(slots=True)
class _Batch:
    """What one call gathers before it writes.

    `references` are (change, sense, change) by number, `save_ids` the ids of all saves that are named. Saves
    and records from `first_new_save` and `first_new_record` on were not in the file before.
    """

    first_new_save: int
    first_new_record: int
    rows: list[ChangeRow] = field(default_factory=list)
    references: list[tuple[int, int, int]] = field(default_factory=list)
    save_ids: dict[int, bytes] = field(default_factory=dict)
    misplaced: int = 0


def apply(
    connection: Connection, rules: Rules, fields: Mapping[str, int], segments: Sequence[Arrived]
) -> Applied:
    """Add the changes of these segments that are not there yet, within the transaction of `connection`."""
    return _Applying(connection, rules, fields).apply(segments)


class _Applying:
    def __init__(self, connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
        self._run, self._run_many = driver_calls(connection)
        self._fields = fields
        self._log = ChangeLog(connection, rules.resolve, fields)
        self._settling = Settling(connection, rules, fields, self._log)

    def apply(self, segments: Sequence[Arrived]) -> Applied:
        batch = _Batch(self._next_number("save"), self._next_number("rec"))
        for segment in segments:
            self._gather(segment, batch)
        rows = self._keep(batch)
        traces = self._settling.settle(Fresh(rows, batch.references, batch.save_ids, batch.first_new_record))
        greatest = max((row[2] for row in rows), default=0)
        return Applied(tuple(traces), len(rows), batch.misplaced, greatest)

    # identities

    def _next_number(self, table: str) -> int:
        return 1 + (self._run(f"SELECT max(no) FROM {table}").fetchone()[0] or 0)  # noqa: S608

    def _interned(self, table: str, column: str, values: Iterable[object]) -> dict[object, int]:
        """The numbers of identities, those given now included."""
        wanted = [*dict.fromkeys(values)]
        self._run_many(f"INSERT OR IGNORE INTO {table}({column}) VALUES(?)", [(each,) for each in wanted])
        select = f"SELECT {column}, no FROM {table} WHERE {column}"  # noqa: S608 - names of our own
        return dict(rows_in(self._run, select, wanted))

    def _records(
        self, compartment: bytes, changes: ChangeColumns, pairs: Mapping[int, int]
    ) -> dict[int, int]:
        """The number of each record of the segment that is of this compartment and type; by place."""
        home = self._log.intern_compartment(compartment)
        rows = [(changes.records[record], changes.types[kind], home) for record, kind in pairs.items()]
        self._run_many("INSERT OR IGNORE INTO rec(rid, type, compartment) VALUES(?,?,?)", rows)
        select = "SELECT rid, type, compartment, no FROM rec WHERE rid"
        held = {row[0]: row[1:] for row in rows_in(self._run, select, [row[0] for row in rows])}
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
        return [name for name, _ in rows_in(self._run, "SELECT name, no FROM fld WHERE name", names)]

    def _author(self, user: bytes, device: bytes) -> int:
        found = self._run("SELECT no FROM author WHERE user=? AND device=?", (user, device)).fetchone()
        if found is None:
            sql = "INSERT INTO author(user, device) VALUES(?,?) RETURNING no"
            found = self._run(sql, (user, device)).fetchone()
        return int(found[0])

    # gathering

    def _gather(self, segment: Arrived, batch: _Batch) -> None:
        changes = segment.changes
        numbers = self._interned("save", "sid", changes.saves)
        batch.save_ids.update((numbers[save], save) for save in changes.saves)
        saves = [numbers[save] << INDEX_BITS for save in changes.saves]
        fields = self._field_numbers(changes.fields)
        types = {
            record: kind
            for record, kind, name in zip(changes.record, changes.type, changes.field, strict=True)
            if fields[name] is not None
        }
        records = self._records(segment.compartment, changes, types)
        is_placed = [
            record in records
            and types[record] == kind
            and fields[name] is not None
            and not index >> INDEX_BITS
            for record, kind, name, index in zip(
                changes.record, changes.type, changes.field, changes.index, strict=True
            )
        ]
        rows = self._rows(segment, saves, records, fields)
        if not all(is_placed):
            batch.misplaced += is_placed.count(False)
            rows = compress(rows, is_placed)
        batch.rows += rows
        self._gather_references(changes, saves, is_placed, batch)

    def _rows(
        self,
        segment: Arrived,
        saves: Sequence[int],
        records: Mapping[int, int],
        fields: Sequence[int | None],
    ) -> Iterator[ChangeRow]:
        """The rows of all changes; of those that are not in their place they mean nothing."""
        changes = segment.changes
        authors = [self._author(user, segment.device) for user in changes.users]
        homes = [records.get(record, 0) << FIELD_BITS for record in range(len(changes.records))]
        names = [name or 0 for name in fields]
        return zip(
            map(or_, map(saves.__getitem__, changes.save), changes.index),
            map(or_, map(homes.__getitem__, changes.record), map(names.__getitem__, changes.field)),
            changes.time,
            map(authors.__getitem__, changes.user),
            map(changes.kinds.__getitem__, changes.kind),
            changes.value,
            (
                saves[save - 1] | index if save else None
                for save, index in zip(changes.parent_save, changes.parent_index, strict=True)
            ),
            repeat(segment.number),
        )

    @staticmethod
    def _gather_references(
        changes: ChangeColumns, saves: Sequence[int], is_placed: Sequence[bool], batch: _Batch
    ) -> None:
        columns = changes.references
        for row, what, save, index in zip(
            columns.row, columns.what, columns.save, columns.index, strict=True
        ):
            if is_placed[row] and what in _SENSES and not index >> INDEX_BITS:
                number = saves[changes.save[row]] | changes.index[row]
                batch.references.append((number, what, saves[save] | index))

    # the log

    def _keep(self, batch: _Batch) -> list[ChangeRow]:
        """Append what is new; put aside what comes under an id that is taken. Returns the rows of both."""
        fresh, twins = self._parted(batch)
        self._run_many(
            "INSERT INTO change(id, cell, time, author, kind, value, parent, segment)"
            " VALUES(?,?,?,?,?,?,?,?)",
            fresh,
        )
        numbers = {row[0] for row in fresh} if batch.references else ()
        self._run_many(
            "INSERT OR IGNORE INTO ref(child, what, parent) VALUES(?,?,?)",
            [row for row in batch.references if row[0] in numbers],
        )
        return [*fresh, *self._put_aside(twins, batch)]

    def _parted(self, batch: _Batch) -> tuple[list[ChangeRow], list[ChangeRow]]:
        """Rows that are new, and rows that say another thing than what is there under their id."""
        select = "SELECT id, cell, time, author, kind, value, parent FROM change WHERE id"
        numbers = [row[0] for row in batch.rows]
        first_new = batch.first_new_save << INDEX_BITS
        known = [number for number in numbers if number < first_new]
        held = {row[0]: tuple(row[1:]) for row in rows_in(self._run, select, known)}
        if not held and len(set(numbers)) == len(numbers):
            return batch.rows, []
        fresh: dict[int, ChangeRow] = {}
        twins: list[ChangeRow] = []
        for row in batch.rows:
            earlier = held.get(row[0]) or (fresh[row[0]][1:7] if row[0] in fresh else None)
            if earlier is None:
                fresh[row[0]] = row
            elif earlier != row[1:7] and not self._is_by_same_user(earlier, row[1:7]):
                twins.append(row)
        return list(fresh.values()), twins

    def _is_by_same_user(self, earlier: tuple[Any, ...], later: tuple[Any, ...]) -> bool:
        """Whether only the device differs: work that a restored or cloned laptop sealed a second time."""
        authors = {earlier[_AUTHOR], later[_AUTHOR]}
        users = {row[1] for row in rows_in(self._run, "SELECT no, user FROM author WHERE no", [*authors])}
        is_alike = earlier[:_AUTHOR] + earlier[_AUTHOR + 1 :] == later[:_AUTHOR] + later[_AUTHOR + 1 :]
        return is_alike and len(users) == 1

    def _put_aside(self, twins: Sequence[ChangeRow], batch: _Batch) -> list[ChangeRow]:
        kept = []
        for row in twins:
            content = pack([*row[2:6], sorted([*ref[1:]] for ref in batch.references if ref[0] == row[0])])
            digest = sha256(pack([row[0], row[1], content])).digest()
            if self._run("SELECT 1 FROM twin WHERE digest=?", (digest,)).fetchone() is None:
                sql = "INSERT INTO twin(digest, change, cell, content) VALUES(?,?,?,?)"
                self._run(sql, (digest, row[0], row[1], content))
                kept.append(row)
        return kept


_SENSES = frozenset((SEEN, KNOWN, COVERS))
_AUTHOR = 2
"""Where the author's number stands in a row of a change, behind its id."""
