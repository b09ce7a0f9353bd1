"""A store that is quick to make, copy and crash: the real mirror, outbox and log tables in plain SQLite.

What stands on them in the program (forms, projections, search) is left to the tests of `db`; the views of
cells are those of the model of merging (`tests.sync.model`). Everything in `app.services.sharing_*` and
`app.sharing` runs on it unchanged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from app.sync.merge import CellView, LoggedChange
from db.change_columns import Arrived, ChangeColumns
from db.change_log import COVERS, INDEX_BITS, KNOWN, QUARANTINED, SEEN, pack, unpack
from db.migrating import statements, steps
from tests.sync.model import Key, Log, Store

_FIELD_BITS = 12


@dataclass(frozen=True)
class Rows:
    """What a statement found, as SQLAlchemy gives it."""

    found: sqlite3.Cursor

    def fetchone(self) -> Any:
        return self.found.fetchone()

    def fetchall(self) -> list[Any]:
        return self.found.fetchall()

    def one(self) -> Any:
        (row,) = self.found.fetchall()
        return row

    def scalar_one(self) -> Any:
        return self.one()[0]

    def close(self) -> None:
        self.found.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.found)


class Engine:
    """Stands for an open file, and for the connections to it."""

    @property
    def pool(self) -> Engine:
        return self


class LightConnection:
    """As much of SQLAlchemy's connection as the rounds use."""

    def __init__(self, raw: sqlite3.Connection, engine: Engine) -> None:
        self.dbapi_connection = raw
        self.engine = engine

    @property
    def connection(self) -> LightConnection:
        return self

    def exec_driver_sql(self, sql: str, parameters: Any = ()) -> Rows:
        return Rows(self.dbapi_connection.execute(sql, parameters))


@dataclass(frozen=True)
class Trace:
    """A record that was touched, as `db.unit_of_work` tells it."""

    record_type: str
    id: str


@dataclass(frozen=True)
class Applied:
    """What applying came to, as `db.applying` tells it."""

    traces: tuple[Trace, ...]
    new: int


@dataclass(frozen=True)
class Work:
    """The unit of work of an action that writes no record."""

    connection: LightConnection


@dataclass(frozen=True)
class Saved:
    """A store as it lay on a disk at some moment."""

    file: bytes
    log: Log
    views: dict[Key, CellView]


@dataclass
class Homes:
    """Which record is called what, and to which compartment (16 bytes) it belongs."""

    ids: dict[str, bytes]
    compartments: dict[str, bytes]
    names: dict[bytes, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {record: name for name, record in self.ids.items()}


class LightStore(Store):
    """What survives a crash. `fuse` counts the writes left before the next one, as in the model.

    `resolve` makes the view of a cell; `author` are user and device of what is written here; `observe` is
    told of every time that comes from elsewhere. `aside` are ids of changes that do not count. `twins` are
    different changes that came under one id.
    """

    def __init__(self, homes: Homes, saved: Saved | None = None) -> None:
        super().__init__()
        self.path = Path("nowhere", "store.db")  # there are no attached files here
        self.homes = homes
        self.resolve: Callable[[Key, Iterable[LoggedChange]], CellView]
        self.observe: Callable[[int], object] = lambda _: None
        self.author = (bytes(16), bytes(16))
        self.aside: frozenset[bytes] = frozenset()
        self.twins: list[tuple[LoggedChange, LoggedChange]] = []
        self._open(saved)

    def _open(self, saved: Saved | None) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None)
        self.raw.deserialize(saved.file if saved else _empty())
        self.engine = Engine()
        self._tables: dict[str, dict[Any, int]] = {}
        if saved:
            self.log = {key: dict(changes) for key, changes in saved.log.items()}
            self.views = dict(saved.views)
            self.aside = self._quarantined()

    def saved(self) -> Saved:
        """A copy of the file."""
        log = {key: dict(changes) for key, changes in self.log.items()}
        return Saved(self.raw.serialize(), log, dict(self.views))

    def restore(self, saved: Saved) -> None:
        """The disk is lost; this copy takes its place."""
        self.raw.close()
        self._open(saved)

    def close(self) -> None:
        self.raw.close()

    # as `db.store.Store` has it

    @contextmanager
    def reading(self) -> Iterator[Any]:
        yield LightConnection(self.raw, self.engine)

    @contextmanager
    def writing_raw(self) -> Iterator[Any]:
        before = {key: dict(changes) for key, changes in self.log.items()}, dict(self.views)
        self.raw.execute("BEGIN")
        try:
            yield LightConnection(self.raw, self.engine)
            self.burn()
        except BaseException:
            self.raw.execute("ROLLBACK")
            self.log, self.views = before
            self._tables.clear()
            self.aside = self._quarantined()
            raise
        self.raw.execute("COMMIT")
        self.burn()

    @contextmanager
    def writing(self) -> Iterator[Work]:
        with self.writing_raw() as connection:
            yield Work(connection)

    def apply(self, _: Any, segments: Sequence[Arrived]) -> Applied:
        touched: dict[Key, None] = {}
        new = 0
        for segment in segments:
            for key, change, user in _changes_of(segment.changes, self.homes):
                if self.homes.compartments[key[0]] != segment.compartment:
                    raise AssertionError("a record of another compartment")
                held = self.log.get(key, {}).get(change.id)
                if held is None:
                    self.insert(key, change, (user, segment.device), segment.number)
                    touched[key] = None
                    new += 1
                elif held != change:
                    self.twins.append((held, change))
                else:
                    self._carry_again(change.id, segment.number)
                    if change.id in self.aside:
                        touched[key] = None
                self.observe(change.time)
        self.view(touched)
        return Applied(tuple(Trace("record", key[0]) for key in touched), new)

    def settle_again(self, _: Any, segments: Iterable[int]) -> frozenset[tuple[str, str]]:
        keys = self.keys_of(segments)
        self.view(keys)
        return frozenset(("record", record) for record, _ in keys)

    def catch_up_index(self) -> None:
        """There is no search here."""

    # as the model's store has it

    def write(self, rows: Iterable[tuple[Key, LoggedChange | CellView]]) -> None:
        """Write all rows of a save, or none."""
        with self.writing_raw():
            for key, row in rows:
                self.burn()
                if isinstance(row, LoggedChange):
                    self.insert(key, row, self.author, None)
                else:
                    self.views[key] = row

    # what lies in the tables

    def _quarantined(self) -> frozenset[bytes]:
        if not self.raw.execute("SELECT 1 FROM object WHERE state=? LIMIT 1", (QUARANTINED,)).fetchone():
            return frozenset()
        sql = (
            "SELECT sid, change.id FROM change JOIN save ON save.no=change.id>>20"
            " JOIN object ON object.no=change.segment WHERE object.state=? AND NOT EXISTS("
            "SELECT 1 FROM carried_again AS again JOIN object AS other ON other.no=again.segment"
            " WHERE again.change=change.id AND other.state<>object.state)"
        )
        return frozenset(_id_of(sid, number) for sid, number in self.raw.execute(sql, (QUARANTINED,)))

    def unsent(self) -> set[bytes]:
        """Ids of changes that no object carries, or one that was not seen in the place yet."""
        sql = (
            "SELECT sid, change.id FROM change JOIN save ON save.no=change.id>>20"
            " LEFT JOIN object ON object.no=change.segment WHERE segment IS NULL OR placed=0"
        )
        return {_id_of(sid, number) for sid, number in self.raw.execute(sql)}

    def amounts(self) -> tuple[int, int, int]:
        """How many changes and objects are held, and how many changes wait to be sealed."""
        sql = "SELECT (SELECT count(*) FROM object), (SELECT count(*) FROM change WHERE segment IS NULL)"
        return len(self.entries()), *self.raw.execute(sql).fetchone()

    def keys_of(self, segments: Iterable[int]) -> list[Key]:
        """Cells that these objects changed."""
        sql = (
            "SELECT DISTINCT rec.rid, fld.name FROM change JOIN rec ON rec.no=change.cell>>12"
            " JOIN fld ON fld.no=change.cell&4095 WHERE change.segment=?"
            " OR change.id IN (SELECT change FROM carried_again WHERE segment=?)"
        )
        found = [row for each in segments for row in self.raw.execute(sql, (each, each))]
        return [(self.homes.names[record], name) for record, name in found]

    def view(self, keys: Iterable[Key]) -> None:
        """Make the views of cells anew."""
        self.aside = self._quarantined()
        for key in keys:
            self.views[key] = self.resolve(key, self.log.get(key, {}).values())

    def insert(
        self, key: Key, change: LoggedChange, author: tuple[bytes, bytes], segment: int | None = None
    ) -> None:
        """Write a change into the log."""
        record, name = key
        for changes in self.log.values():
            if change.id in changes:
                self.twins.append((changes[change.id], change))
                return
        self.log.setdefault(key, {})[change.id] = change
        home = self._number("compartment", (self.homes.compartments[record],))
        rec = self._number("rec", (self.homes.ids[record], "record", home))
        cell = rec << _FIELD_BITS | self._number("fld", (name,))
        number = self._change(change.id)
        is_parent = len(change.seen) == 1 and change.seen == change.known
        parent = self._change(next(iter(change.seen))) if is_parent else None
        value = pack(change.value) if change.kind != "ack" else None
        row = (number, cell, change.time, self._number("author", author), change.kind, value, parent, segment)
        self.raw.execute("INSERT INTO change VALUES(?,?,?,?,?,?,?,?)", row)
        shown = () if is_parent else change.seen
        references = [(SEEN, each) for each in shown]
        references += [(KNOWN, each) for each in change.known - change.seen]
        references += [(COVERS, each) for each in change.covers]
        rows = [(number, what, self._change(each)) for what, each in references]
        self.raw.executemany("INSERT INTO ref(child, what, parent) VALUES(?,?,?)", rows)

    def _carry_again(self, change_id: bytes, segment: int) -> None:
        sql = (
            "INSERT OR IGNORE INTO carried_again(change, segment)"
            " SELECT id, :segment FROM change WHERE id=:change AND segment IS NOT :segment"
        )
        self.raw.execute(sql, {"change": self._change(change_id), "segment": segment})

    def _change(self, change_id: bytes) -> int:
        return self._number("save", (change_id[:8],)) << INDEX_BITS | int.from_bytes(change_id[8:], "big")

    def _number(self, table: str, row: tuple[Any, ...]) -> int:
        """The number of an identity; most are known."""
        known = self._tables.setdefault(table, {})
        if row not in known:
            columns = _IDENTITIES[table]
            where = " AND ".join(f"{each}=?" for each in columns)
            found = self.raw.execute(f"SELECT no FROM {table} WHERE {where}", row).fetchone()
            if found is None:
                sql = f"INSERT INTO {table}({', '.join(columns)}) VALUES({','.join('?' * len(row))})"
                found = (self.raw.execute(sql, row).lastrowid,)
            known[row] = found[0]
        return known[row]


_IDENTITIES = {
    "save": ("sid",),
    "fld": ("name",),
    "compartment": ("cid",),
    "rec": ("rid", "type", "compartment"),
    "author": ("user", "device"),
}


def _id_of(sid: bytes, number: int) -> bytes:
    return bytes(sid) + (number & (1 << INDEX_BITS) - 1).to_bytes(4, "big")


def _changes_of(columns: ChangeColumns, homes: Homes) -> Iterator[tuple[Key, LoggedChange, bytes]]:
    """Every change with its cell and the user it names."""
    senses: dict[tuple[int, int], set[bytes]] = {}
    references = columns.references
    for row, what, save, index in zip(
        references.row, references.what, references.save, references.index, strict=True
    ):
        senses.setdefault((row, what), set()).add(columns.saves[save] + index.to_bytes(4, "big"))
    for row, save in enumerate(columns.save):
        seen = set(senses.get((row, SEEN), ()))
        if columns.parent_save[row]:
            parent = columns.saves[columns.parent_save[row] - 1]
            seen.add(parent + columns.parent_index[row].to_bytes(4, "big"))
        change = LoggedChange(
            columns.saves[save] + columns.index[row].to_bytes(4, "big"),
            columns.kinds[columns.kind[row]],
            unpack(columns.value[row]),
            columns.time[row],
            frozenset(seen),
            frozenset(seen | senses.get((row, KNOWN), set())),
            frozenset(senses.get((row, COVERS), ())),
        )
        key = homes.names[columns.records[columns.record[row]]], columns.fields[columns.field[row]]
        yield key, change, columns.users[columns.user[row]]


@cache
def _empty() -> bytes:
    """A new file, with the tables that rounds work on as the migrations make them."""
    raw = sqlite3.connect(":memory:")
    raw.execute("PRAGMA page_size=512")
    for number, script in steps():
        for statement in statements(script):
            if number != _SEARCH:
                raw.execute(statement)
    raw.commit()
    return raw.serialize()


_SEARCH = 2
"""The migration of the search, whose tables need the program's own words."""
