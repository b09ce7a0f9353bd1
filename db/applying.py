"""Other devices' changes enter the log, the view and the projections, many at a time.

The result is what `db.rebuilding` makes from the whole log, in whatever order and however often changes
arrive (tested). A first synchronisation brings a hundred thousand of them: columns are worked on as wholes,
and what is new to the file is asked of it no more than once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import compress, repeat
from operator import or_
from typing import Any

from sqlalchemy import Connection

from db.change_columns import Arrived, ChangeColumns
from db.change_log import COVERS, FIELD_BITS, INDEX_BITS, KNOWN, SEEN, ChangeLog, pack
from db.engine import driver_calls, rows_in
from db.interning import Interning, Numbers, types_of
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

    `again` are changes that another object brought before. `references` are (change, sense, change) by
    number. Saves and records from `first_new_save` and `first_new_record` on were not in the file before.
    """

    first_new_save: int
    first_new_record: int
    rows: list[ChangeRow] = field(default_factory=list)
    again: list[ChangeRow] = field(default_factory=list)
    references: list[tuple[int, int, int]] = field(default_factory=list)
    misplaced: int = 0


def apply(
    connection: Connection, rules: Rules, fields: Mapping[str, int], segments: Sequence[Arrived]
) -> Applied:
    """Add the changes of these segments that are not there yet, within the transaction of `connection`."""
    return _Applying(connection, rules, fields).apply(segments)


class _Applying:
    def __init__(self, connection: Connection, rules: Rules, fields: Mapping[str, int]) -> None:
        self._run, self._run_many = driver_calls(connection)
        log = ChangeLog(connection, rules.resolve, fields)
        self._log = log
        self._interning = Interning(connection, fields, log)
        self._settling = Settling(connection, rules, fields, log)

    def apply(self, segments: Sequence[Arrived]) -> Applied:
        batch = _Batch(self._next_number("save"), self._next_number("rec"))
        numbers = self._interning.numbers(segments)
        for segment in segments:
            self._gather(segment, numbers, batch)
        rows = self._keep(batch)
        save_ids = {number: save for save, number in numbers.saves.items()}
        # What was aside may count by the object that brings it again.
        settled = [*rows, *batch.again] if self._log.has_aside else rows
        traces = self._settling.settle(Fresh(settled, batch.references, save_ids, batch.first_new_record))
        greatest = max((row[2] for row in rows), default=0)
        return Applied(tuple(traces), len(rows), batch.misplaced, greatest)

    def _next_number(self, table: str) -> int:
        return 1 + (self._run(f"SELECT max(no) FROM {table}").fetchone()[0] or 0)  # noqa: S608

    # gathering

    def _gather(self, segment: Arrived, numbers: Numbers, batch: _Batch) -> None:
        changes = segment.changes
        saves = [numbers.saves.get(save, 0) << INDEX_BITS for save in changes.saves]
        fields = [numbers.fields[name] for name in changes.fields]
        types = types_of(changes, numbers.fields)
        records = numbers.records_of(segment, types)
        is_placed = [
            record in records
            and types[record] == kind
            and fields[name] is not None
            and not index >> INDEX_BITS
            for record, kind, name, index in zip(
                changes.record, changes.type, changes.field, changes.index, strict=True
            )
        ]
        authors = [numbers.authors[user, segment.device] for user in changes.users]
        rows = self._rows(segment, saves, records, fields, authors)
        if not all(is_placed):
            batch.misplaced += is_placed.count(False)
            rows = compress(rows, is_placed)
        batch.rows += rows
        self._gather_references(changes, saves, is_placed, batch)

    @staticmethod
    def _rows(
        segment: Arrived,
        saves: Sequence[int],
        records: Mapping[int, int],
        fields: Sequence[int | None],
        authors: Sequence[int],
    ) -> Iterator[ChangeRow]:
        """The rows of all changes; of those that are not in their place they mean nothing."""
        changes = segment.changes
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
        self._run_many(
            "INSERT OR IGNORE INTO carried_again(change, segment) VALUES(?,?)",
            [(row[0], row[_SEGMENT]) for row in batch.again],
        )
        return [*fresh, *self._put_aside(twins, batch)]

    def _parted(self, batch: _Batch) -> tuple[list[ChangeRow], list[ChangeRow]]:
        """Rows that are new, and rows that say another thing than what is there under their id.

        Those that say the same are kept in the batch.
        """
        select = "SELECT id, cell, time, author, kind, value, parent, segment FROM change WHERE id"
        numbers = [row[0] for row in batch.rows]
        first_new = batch.first_new_save << INDEX_BITS
        known = [number for number in numbers if number < first_new]
        held = {row[0]: tuple(row) for row in rows_in(self._run, select, known)}
        if not held and len(set(numbers)) == len(numbers):
            return batch.rows, []
        fresh: dict[int, ChangeRow] = {}
        twins: list[ChangeRow] = []
        for row in batch.rows:
            earlier = held.get(row[0]) or fresh.get(row[0])
            if earlier is None:
                fresh[row[0]] = row
            elif _said(earlier) != _said(row):
                twins.append(row)
            elif row[_SEGMENT] not in (None, earlier[_SEGMENT]):
                batch.again.append(row)
        return list(fresh.values()), twins

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


def _said(change: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a change says.

    A restored or cloned laptop seals its work a second time, an administrator seals what was handed over,
    and two members may bring in the same export: each is the same change under another author's name.
    """
    return change[:_AUTHOR] + change[_AUTHOR + 1 : _SEGMENT]


_SENSES = frozenset((SEEN, KNOWN, COVERS))
_AUTHOR, _SEGMENT = 3, 7
"""Where the numbers of author and object stand in a row of a change."""
