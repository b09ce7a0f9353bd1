"""The numbers by which this file knows what changes of other devices name: saves, records, fields, authors.

All segments of one call are asked for together: a day's work makes small ones, and a first synchronisation
brings hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
            self._interned("save", "sid", (save for each in changes for save in each.saves)),
            fields,
            self._authors((user, segment.device) for segment in segments for user in segment.changes.users),
            homes,
            self._records(segments, fields, homes),
        )

    def _interned(self, table: str, column: str, values: Iterable[object]) -> dict[bytes, int]:
        wanted = [*dict.fromkeys(values)]
        self._run_many(f"INSERT OR IGNORE INTO {table}({column}) VALUES(?)", [(each,) for each in wanted])
        select = f"SELECT {column}, no FROM {table} WHERE {column}"  # noqa: S608 - names of our own
        return dict(rows_in(self._run, select, wanted))

    def _records(
        self, segments: Iterable[Arrived], fields: Mapping[str, int | None], homes: Mapping[bytes, int]
    ) -> dict[bytes, tuple[str, int, int]]:
        """Whoever names a record first says where it belongs."""
        rows = [
            (segment.changes.records[record], segment.changes.types[kind], homes[segment.compartment])
            for segment in segments
            for record, kind in types_of(segment.changes, fields).items()
        ]
        self._run_many("INSERT OR IGNORE INTO rec(rid, type, compartment) VALUES(?,?,?)", rows)
        select = "SELECT rid, type, compartment, no FROM rec WHERE rid"
        wanted = [*dict.fromkeys(row[0] for row in rows)]
        return {row[0]: row[1:] for row in rows_in(self._run, select, wanted)}

    def _field_numbers(self, names: Iterable[str]) -> dict[str, int | None]:
        known: dict[str, int | None] = {name: self._fields.get(name) for name in names}
        new = [name for name, number in known.items() if number is None]
        if new:
            room = MOST_FIELDS - self._run("SELECT count(*) FROM fld").fetchone()[0]
            held = [name for name, _ in rows_in(self._run, _FIELDS, new)]
            known |= self._interned("fld", "name", [*held, *new[: max(0, room)]])  # type: ignore[arg-type]
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
