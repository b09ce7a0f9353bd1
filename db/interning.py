"""The numbers by which this file knows what changes of other devices name: saves, records, fields, authors.

All segments of one call are asked for together: a day's work makes small ones, and a first synchronisation
brings hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Connection

from db.change_columns import Arrived, ChangeColumns
from db.change_log import MOST_FIELDS, ChangeLog
from db.engine import driver_calls, rows_in


@dataclass(frozen=True, slots=True)
class Numbers:
    """By identity: a save, a name of a field, (user, device), a compartment; (type, compartment, number) of a
    record. A field beyond those that a file has room for has None.
    """

    saves: Mapping[bytes, int]
    fields: Mapping[str, int | None]
    authors: Mapping[tuple[bytes, bytes], int]
    compartments: Mapping[bytes, int]
    records: Mapping[bytes, tuple[str, int, int]]

    def records_of(self, segment: Arrived, types: Mapping[int, int]) -> dict[int, int]:
        """The number of each record of the segment that is of its compartment and type; by place."""
        changes, home = segment.changes, self.compartments[segment.compartment]
        held = ((record, kind, self.records[changes.records[record]]) for record, kind in types.items())
        return {
            record: number
            for record, kind, (name, compartment, number) in held
            if name == changes.types[kind] and compartment == home
        }


def types_of(changes: ChangeColumns, fields: Mapping[str, int | None]) -> dict[int, int]:
    """The type that a segment gives each of its records, both by their place in its tables."""
    is_known = [fields[name] is not None for name in changes.fields]
    return {
        record: kind
        for record, kind, name in zip(changes.record, changes.type, changes.field, strict=True)
        if is_known[name]
    }


def _saves_in_use(changes: ChangeColumns) -> Iterator[bytes]:
    """The saves that these changes name: of a part of a segment that is fewer than its table has."""
    own = {*changes.save, *(save - 1 for save in changes.parent_save if save), *changes.references.save}
    return (save for number, save in enumerate(changes.saves) if number in own)


class Interning:
    """Finds numbers or gives them, within the transaction of one connection."""

    def __init__(self, connection: Connection, fields: Mapping[str, int], log: ChangeLog) -> None:
        self._run, self._run_many = driver_calls(connection)
        self._fields = fields
        self._log = log

    def numbers(self, segments: Sequence[Arrived]) -> Numbers:
        """The numbers of everything that these segments name."""
        changes = [segment.changes for segment in segments]
        fields = self._field_numbers(dict.fromkeys(name for each in changes for name in each.fields))
        homes = {
            home: self._log.intern_compartment(home)
            for home in dict.fromkeys(segment.compartment for segment in segments)
        }
        return Numbers(
            self._interned("save", "sid", (save for each in changes for save in _saves_in_use(each))),
            fields,
            self._authors((user, segment.device) for segment in segments for user in segment.changes.users),
            homes,
            self._records(segments, fields, homes),
        )

    def _interned(self, table: str, column: str, values: Iterable[Any]) -> dict[Any, int]:
        wanted = [*dict.fromkeys(values)]
        select = f"SELECT {column}, no FROM {table} WHERE {column}"  # noqa: S608 - names of our own
        found = dict(rows_in(self._run, select, wanted))
        unknown = (each for each in wanted if each not in found)
        new = dict(zip(unknown, self._free_numbers(table), strict=False))
        insert = f"INSERT INTO {table}({column}, no) VALUES(?,?)"
        self._run_many(insert, list(new.items()))
        return {**found, **new}

    def _free_numbers(self, table: str) -> Iterator[int]:
        """Given here: to be told what SQLite gave would take as long as writing."""
        last = self._run(f"SELECT max(no) FROM {table}").fetchone()[0]  # noqa: S608
        return count((last or 0) + 1)

    def _records(
        self, segments: Iterable[Arrived], fields: Mapping[str, int | None], homes: Mapping[bytes, int]
    ) -> dict[bytes, tuple[str, int, int]]:
        """Whoever names a record first says where it belongs."""
        said: dict[bytes, tuple[str, int]] = {}
        for segment in segments:
            changes, home = segment.changes, homes[segment.compartment]
            for record, kind in types_of(changes, fields).items():
                said.setdefault(changes.records[record], (changes.types[kind], home))
        select = "SELECT rid, type, compartment, no FROM rec WHERE rid"
        found = {row[0]: row[1:] for row in rows_in(self._run, select, [*said])}
        unknown = (rid for rid in said if rid not in found)
        new = [(rid, *said[rid], no) for rid, no in zip(unknown, self._free_numbers("rec"), strict=False)]
        self._run_many("INSERT INTO rec(rid, type, compartment, no) VALUES(?,?,?,?)", new)
        return {**found, **{row[0]: row[1:] for row in new}}

    def _field_numbers(self, names: Iterable[str]) -> dict[str, int | None]:
        known: dict[str, int | None] = {name: self._fields.get(name) for name in names}
        new = [name for name, number in known.items() if number is None]
        if new:
            room = MOST_FIELDS - self._run("SELECT count(*) FROM fld").fetchone()[0]
            held = [name for name, _ in rows_in(self._run, _FIELDS, new)]
            known |= self._interned("fld", "name", [*held, *new[: max(0, room)]])
        return known

    def _authors(self, pairs: Iterable[tuple[bytes, bytes]]) -> dict[tuple[bytes, bytes], int]:
        return {pair: self._author(*pair) for pair in dict.fromkeys(pairs)}

    def _author(self, user: bytes, device: bytes) -> int:
        found = self._run("SELECT no FROM author WHERE user=? AND device=?", (user, device)).fetchone()
        if found is None:
            sql = "INSERT INTO author(user, device) VALUES(?,?) RETURNING no"
            found = self._run(sql, (user, device)).fetchone()
        return int(found[0])


_FIELDS = "SELECT name, no FROM fld WHERE name"
