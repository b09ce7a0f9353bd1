"""The log inside one transaction: interned identities, appended changes, cells as they stand.

Inside the file a change is numbered `save.no << 20 | index`; between devices it is the 12 bytes
`save id || index`. A cell is numbered `rec.no << 12 | fld.no`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgpack
from sqlalchemy import Connection

from db.engine import driver_calls
from db.log_views import CellState, CellToken, CellView, LoggedChange, Resolve

INDEX_BITS, FIELD_BITS = 20, 12
MOST_FIELDS = 1 << FIELD_BITS
_INDEX_MASK = (1 << INDEX_BITS) - 1
SEEN, KNOWN, COVERS = 0, 1, 2
PROVISIONAL, MERGED, READ_ONLY, DAMAGED, INTRICATE = 1, 2, 4, 8, 16
"""Flags of a cell. INTRICATE: a next write has more to answer for than the winner."""
QUARANTINED = 3
_ASIDE = (
    "SELECT change.id FROM change JOIN object ON object.no=change.segment WHERE cell=? AND object.state=?"
    " AND NOT EXISTS(SELECT 1 FROM carried_again AS again JOIN object AS other ON other.no=again.segment"
    " WHERE again.change=change.id AND other.state<>object.state)"
)
"""State of an object whose changes are kept and do not count; see `db.mirror`."""

Held = tuple[Sequence[LoggedChange], Mapping[bytes, int]]
"""Changes of one cell, and the local number of each."""
NOTHING_HELD: Held = ([], {})


@dataclass
class NewChange:
    """A change about to be appended."""

    cell: int
    kind: str
    value: object
    token: CellToken
    covers: frozenset[int] = field(default_factory=frozenset)


def pack(value: object) -> bytes:
    """A value as it stands in the log."""
    packed: bytes = msgpack.packb(value)
    return packed


def unpack(value: bytes | None) -> object:
    """The value of a change; None for a change without one."""
    return None if value is None else msgpack.unpackb(value)


def _packed_numbers(numbers: Iterable[int]) -> bytes | None:
    ordered = sorted(numbers)
    return pack(ordered) if ordered else None


class ChangeLog:
    """Reads and appends within the transaction of one connection."""

    def __init__(self, connection: Connection, resolve: Resolve, fields: Mapping[str, int]) -> None:
        self._run, self._run_many = driver_calls(connection)
        self._resolve = resolve
        self._fields = fields
        self._has_aside: bool | None = None
        self._save_ids: dict[int, bytes] = {}
        self._compartment_ids: dict[int, bytes] = {}

    # identities

    def intern_save(self, save_id: bytes) -> int:
        """The number of a save, known or new."""
        return self._intern("save", "sid", save_id)

    def intern_compartment(self, compartment: bytes) -> int:
        """The number of a compartment, known or new."""
        return self._intern("compartment", "cid", compartment)

    def _intern(self, table: str, column: str, value: bytes) -> int:
        found = self._run(f"SELECT no FROM {table} WHERE {column}=?", (value,)).fetchone()  # noqa: S608
        if found:
            return int(found[0])
        added = self._run(f"INSERT INTO {table}({column}) VALUES(?) RETURNING no", (value,))
        return int(added.fetchone()[0])

    def compartment_id(self, number: int) -> bytes:
        """The id of an interned compartment."""
        found = self._compartment_ids.get(number)
        if found is None:
            found = bytes(self._run("SELECT cid FROM compartment WHERE no=?", (number,)).fetchone()[0])
            self._compartment_ids[number] = found
        return found

    def find_record(self, record: bytes) -> tuple[int, str, int] | None:
        """(number, type, compartment number) of a record, None when it was never written."""
        row = self._run("SELECT no, type, compartment FROM rec WHERE rid=?", (record,)).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def add_record(self, record: bytes, kind: str, compartment: int) -> int:
        """Give a record its number."""
        added = self._run(
            "INSERT INTO rec(rid, type, compartment) VALUES(?,?,?) RETURNING no", (record, kind, compartment)
        )
        return int(added.fetchone()[0])

    def cell_number(self, record: int, name: str) -> int:
        """The number of one cell of a record."""
        return record << FIELD_BITS | self._fields[name]

    def global_id(self, number: int) -> bytes:
        """The 12 bytes by which other devices know a change."""
        save = number >> INDEX_BITS
        found = self._save_ids.get(save)
        if found is None:
            (found,) = self._run("SELECT sid FROM save WHERE no=?", (save,)).fetchone()
            self._save_ids[save] = found
        return found + struct.pack(">I", number & _INDEX_MASK)

    # cells

    def states(self, record: int, policies: Mapping[int, str]) -> dict[int, CellState]:
        """Every cell of a record as it stands, by field number; `policies` by field number too."""
        first = record << FIELD_BITS
        rows = self._run(
            "SELECT cell.id, winner, heads, conflicts, flags, change.value FROM cell"
            " LEFT JOIN change ON change.id=cell.winner WHERE cell.id BETWEEN ? AND ?",
            (first, first | (1 << FIELD_BITS) - 1),
        )
        return {
            row[0] - first: self._state(policies.get(row[0] - first, "latest"), *row)
            for row in rows.fetchall()
        }

    def _state(
        self,
        policy: str,
        cell: int,
        winner: int | None,
        heads: bytes | None,
        conflicts: bytes | None,
        flags: int,
        value: bytes | None,
    ) -> CellState:
        if heads is None and not flags:
            only = () if winner is None else (winner,)
            return CellState(winner, only, self._numbers(conflicts), frozenset(only), 0, unpack(value))
        view, numbers = self.view(cell, policy)
        return CellState(
            winner,
            self._numbers(heads) or (() if winner is None else (winner,)),
            self._numbers(conflicts),
            frozenset(numbers[shown] for shown in view.displayed if shown in numbers),
            flags,
            view.value,
        )

    @staticmethod
    def _numbers(packed: bytes | None) -> tuple[int, ...]:
        return () if packed is None else tuple(msgpack.unpackb(packed))

    def written_fields(self, record: int) -> list[int]:
        """The numbers of the fields of a record that have any change."""
        first = record << FIELD_BITS
        rows = self._run(
            "SELECT DISTINCT cell FROM change WHERE cell BETWEEN ? AND ?",
            (first, first | (1 << FIELD_BITS) - 1),
        )
        return [row[0] - first for row in rows.fetchall()]

    @property
    def has_aside(self) -> bool:
        """Whether this file holds anything that is kept aside: quarantined, or two contents under one id."""
        if self._has_aside is None:
            sql = "SELECT EXISTS(SELECT 1 FROM twin) OR EXISTS(SELECT 1 FROM object WHERE state=?)"
            self._has_aside = bool(self._run(sql, (QUARANTINED,)).fetchone()[0])
        return self._has_aside

    def view(self, cell: int, policy: str) -> tuple[CellView, Mapping[bytes, int]]:
        """The rules' word on a cell from all its changes, and the local number of each change."""
        held = self.changes(cell)
        return self.view_of(cell, policy, held), held[1]

    def view_of(self, cell: int, policy: str, held: Held) -> CellView:
        """The rules' word on a cell whose changes were read already."""
        changes, _ = held
        if not self.has_aside:
            return self._resolve(changes, policy)
        return self._resolve([*changes, *self._twins(cell)], policy, self.quarantined(cell))

    def quarantined(self, cell: int) -> frozenset[bytes]:
        """The changes of a cell that came in no object but such as do not count."""
        return frozenset(self.global_id(number) for (number,) in self._run(_ASIDE, (cell, QUARANTINED)))

    def _twins(self, cell: int) -> list[LoggedChange]:
        """Further contents that came under ids of this cell."""
        found = []
        for number, content in self._run("SELECT change, content FROM twin WHERE cell=?", (cell,)).fetchall():
            time, _, kind, value, references = msgpack.unpackb(content)
            rows = [(what, parent) for what, parent in references]
            found.append(self._logged(self.global_id(number), kind, unpack(value), time, None, rows))
        return found

    def changes(self, cell: int) -> Held:
        """All changes of a cell with their references."""
        return self._changes_between(cell, cell).get(cell, NOTHING_HELD)

    def come_after(self, cell: int, number: int, *, but: int) -> frozenset[int]:
        """Changes of a cell, by other authors, that objects with greater numbers brought."""
        sql = "SELECT id FROM change WHERE cell=? AND segment>? AND author<>?"
        return frozenset(found for (found,) in self._run(sql, (cell, number, but)))

    def changes_of_record(self, record: int) -> Mapping[int, Held]:
        """All changes of a record by cell, in two reads: a bulk action asks for thousands of records."""
        first = record << FIELD_BITS
        return self._changes_between(first, first | (1 << FIELD_BITS) - 1)

    def _changes_between(self, first: int, last: int) -> Mapping[int, Held]:
        rows = self._run(
            "SELECT cell, id, kind, value, time, parent FROM change WHERE cell BETWEEN ? AND ?", (first, last)
        ).fetchall()
        references = self._references(first, last)
        found: dict[int, tuple[list[LoggedChange], dict[bytes, int]]] = {}
        for cell, number, kind, value, time, parent in rows:
            changes, numbers = found.setdefault(cell, ([], {}))
            change_id = self.global_id(number)
            numbers[change_id] = number
            changes.append(
                self._logged(change_id, kind, unpack(value), time, parent, references.get(number, ()))
            )
        return found

    def _references(self, first: int, last: int) -> dict[int, list[tuple[int, int]]]:
        rows = self._run(
            "SELECT child, what, parent FROM ref"
            " WHERE child IN (SELECT id FROM change WHERE cell BETWEEN ? AND ?)",
            (first, last),
        )
        found: dict[int, list[tuple[int, int]]] = {}
        for child, what, parent in rows.fetchall():
            found.setdefault(child, []).append((what, parent))
        return found

    def _logged(
        self,
        change_id: bytes,
        kind: str,
        value: object,
        time: int,
        parent: int | None,
        references: Iterable[tuple[int, int]],
    ) -> LoggedChange:
        sets: tuple[set[bytes], set[bytes], set[bytes]] = (set(), set(), set())
        if parent is not None:
            sets[SEEN].add(self.global_id(parent))
        for what, number in references:
            sets[what].add(self.global_id(number))
        seen = frozenset(sets[SEEN])
        return LoggedChange(change_id, kind, value, time, seen, seen | sets[KNOWN], frozenset(sets[COVERS]))

    # writing

    def append(
        self, save: int, first_index: int, changes: Sequence[NewChange], time: int, author: int
    ) -> None:
        """Add the changes of one save, numbered from `first_index`."""
        rows: list[tuple[Any, ...]] = []
        references: list[tuple[int, int, int]] = []
        for offset, change in enumerate(changes):
            number = save << INDEX_BITS | first_index + offset
            parent = self._only_parent(change.token)
            value = None if change.kind == "ack" else pack(change.value)
            rows.append((number, change.cell, time, author, change.kind, value, parent))
            references += self._reference_rows(number, change, parent)
        self._run_many(
            "INSERT INTO change(id, cell, time, author, kind, value, parent) VALUES(?,?,?,?,?,?,?)", rows
        )
        if references:
            self._run_many("INSERT INTO ref(child, what, parent) VALUES(?,?,?)", references)

    @staticmethod
    def _only_parent(token: CellToken) -> int | None:
        if len(token.known) == 1 and token.seen == token.known:
            return next(iter(token.known))
        return None

    @staticmethod
    def _reference_rows(number: int, change: NewChange, parent: int | None) -> list[tuple[int, int, int]]:
        rows = [(number, COVERS, covered) for covered in change.covers]
        if parent is None:
            rows += [(number, SEEN, seen) for seen in change.token.seen]
            rows += [(number, KNOWN, known) for known in change.token.known - change.token.seen]
        return rows

    def add_cells(self, rows: Sequence[tuple[int, int | None]]) -> None:
        """Write (cell, winner) of cells that are not in the view yet and show their winner, nothing else."""
        self._run_many("INSERT INTO cell(id, winner) VALUES(?,?)", rows)

    def put_cells(self, rows: Sequence[tuple[int, int | None, bytes | None, bytes | None, int]]) -> None:
        """Write (cell, winner, heads, conflicts, flags) into the view."""
        self._run_many(
            "INSERT INTO cell(id, winner, heads, conflicts, flags) VALUES(?,?,?,?,?)"
            " ON CONFLICT(id) DO UPDATE SET winner=excluded.winner, heads=excluded.heads,"
            " conflicts=excluded.conflicts, flags=excluded.flags",
            list(rows),
        )

    def resolved_row(
        self, cell: int, policy: str
    ) -> tuple[tuple[int, int | None, bytes | None, bytes | None, int], object]:
        """The row of the view for a cell, from all its changes, and the displayed value."""
        view, numbers = self.view(cell, policy)
        return self.row_of(cell, view, numbers)

    @staticmethod
    def row_of(
        cell: int, view: CellView, numbers: Mapping[bytes, int]
    ) -> tuple[tuple[int, int | None, bytes | None, bytes | None, int], object]:
        """The row of the view for a cell of which the rules' word is known, and the displayed value."""
        winner = None if view.winner is None else numbers[view.winner]
        heads = [numbers[head] for head in view.heads]
        flags = (
            PROVISIONAL * view.provisional
            | MERGED * view.merged
            | READ_ONLY * view.read_only
            | DAMAGED * view.damaged
            | INTRICATE * (not view.is_plain)
        )
        heads_bytes = None if heads == [winner] or not heads else _packed_numbers(heads)
        conflicts = _packed_numbers(numbers[lost] for lost in view.conflicts if lost in numbers)
        return (cell, winner, heads_bytes, conflicts, flags), view.value
