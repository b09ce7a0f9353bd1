"""The log as plain values, out of one file and into another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db.change_log import COVERS, FIELD_BITS, INDEX_BITS, KNOWN, SEEN, pack, unpack

_INDEX_MASK = (1 << INDEX_BITS) - 1
_FIELD_MASK = (1 << FIELD_BITS) - 1
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change with every identity written out. Change ids are 24 hex digits, other ids UUID text.

    `known` holds only what is not in `seen`. `value` is a text, whole number, truth value, None or a
    map of these.
    """

    id: str
    record: str
    type: str
    compartment: str
    field: str
    kind: str
    value: object
    time: int
    user: str
    device: str
    seen: tuple[str, ...]
    known: tuple[str, ...]
    covers: tuple[str, ...]


class LogRefused(Exception):
    """A change is not formed like one, or an id comes twice."""


def read_log(connection: Connection, without: Collection[str] = ()) -> Iterator[LogLine]:
    """Every change in the order of the file, except those of the records in `without`."""
    names = _Names(connection)
    rows = connection.exec_driver_sql(
        "SELECT id, cell, kind, value, time, parent, author FROM change ORDER BY id"
    )
    references = _references(connection)
    for number, cell, kind, value, time, parent, author in rows:
        record = names.records[cell >> FIELD_BITS]
        if record[0] in without:
            continue
        sets = references.get(number, {})
        seen = [*([] if parent is None else [parent]), *sets.get(SEEN, ())]
        yield LogLine(
            names.change(number),
            *record,
            names.fields[cell & _FIELD_MASK],
            kind,
            unpack(value),
            time,
            *names.authors[author],
            *(
                tuple(sorted(map(names.change, ids)))
                for ids in (seen, sets.get(KNOWN, ()), sets.get(COVERS, ()))
            ),
        )


def _references(connection: Connection) -> dict[int, dict[int, list[int]]]:
    found: dict[int, dict[int, list[int]]] = {}
    for child, what, parent in connection.exec_driver_sql("SELECT child, what, parent FROM ref"):
        found.setdefault(child, {}).setdefault(what, []).append(parent)
    return found


class _Names:
    """The interned identities of a file, by number."""

    def __init__(self, connection: Connection) -> None:
        run = connection.exec_driver_sql
        compartments = {no: _uuid(cid) for no, cid in run("SELECT no, cid FROM compartment")}
        self.records = {
            no: (_uuid(rid), kind, compartments[compartment])
            for no, rid, kind, compartment in run("SELECT no, rid, type, compartment FROM rec")
        }
        self.fields = {int(no): str(name) for no, name in run("SELECT no, name FROM fld")}
        self.authors = {
            no: (_uuid(user), _uuid(device))
            for no, user, device in run("SELECT no, user, device FROM author")
        }
        self._saves = {int(no): bytes(sid) for no, sid in run("SELECT no, sid FROM save")}

    def change(self, number: int) -> str:
        """The 12 bytes of a change as hex digits."""
        return self._saves[number >> INDEX_BITS].hex() + f"{number & _INDEX_MASK:08x}"


def _uuid(raw: bytes) -> str:
    return str(UUID(bytes=raw))


def write_log(connection: Connection, lines: Iterable[LogLine]) -> int:
    """Append changes verbatim to a log that has none; return how many. The view is not touched.

    Raises LogRefused; the transaction is then the caller's to give up.
    """
    try:
        return _write_all(connection, lines)
    except (ValueError, TypeError, AttributeError, OverflowError, IntegrityError) as malformed:
        raise LogRefused from malformed


def _write_all(connection: Connection, lines: Iterable[LogLine]) -> int:
    numbers = _Numbers(connection)
    changes: list[tuple[Any, ...]] = []
    references: list[tuple[int, int, int]] = []
    count = 0
    for line in lines:
        number = numbers.change(line.id)
        parent = numbers.change(line.seen[0]) if len(line.seen) == 1 and not line.known else None
        value = None if line.kind == "ack" else pack(line.value)
        author = numbers.author(line.user, line.device)
        changes.append((number, numbers.cell(line), line.time, author, line.kind, value, parent))
        references += numbers.references(number, line, parent)
        count += 1
        if len(changes) >= _BATCH:
            _flush(connection, changes, references)
    _flush(connection, changes, references)
    return count


def _flush(
    connection: Connection, changes: list[tuple[Any, ...]], references: list[tuple[int, int, int]]
) -> None:
    run = connection.exec_driver_sql
    if changes:
        run("INSERT INTO change(id, cell, time, author, kind, value, parent) VALUES(?,?,?,?,?,?,?)", changes)
    if references:
        run("INSERT INTO ref(child, what, parent) VALUES(?,?,?)", references)
    changes.clear()
    references.clear()


class _Numbers:
    """Gives numbers to identities as they come, remembering those already given."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.exec_driver_sql
        self._given: dict[tuple[str, object], int] = {}

    def change(self, change_id: str) -> int:
        """The number of a change, known or only referred to so far."""
        save = self._number("save", {"sid": bytes.fromhex(change_id[:16])})
        return save << INDEX_BITS | int(change_id[16:], 16)

    def cell(self, line: LogLine) -> int:
        """The number of the cell a change is about."""
        compartment = self._number("compartment", {"cid": UUID(line.compartment).bytes})
        identity = {"rid": UUID(line.record).bytes}
        record = self._number("rec", identity, {"type": line.type, "compartment": compartment})
        return record << FIELD_BITS | self._number("fld", {"name": line.field})

    def author(self, user: str, device: str) -> int:
        """The number of an author."""
        return self._number("author", {"user": UUID(user).bytes, "device": UUID(device).bytes})

    def references(self, number: int, line: LogLine, parent: int | None) -> list[tuple[int, int, int]]:
        """The rows of references of a change; its single parent needs none."""
        rows = [(number, COVERS, self.change(covered)) for covered in line.covers]
        if parent is None:
            rows += [(number, SEEN, self.change(seen)) for seen in line.seen]
            rows += [(number, KNOWN, self.change(known)) for known in line.known]
        return rows

    def _number(
        self, table: str, identity: Mapping[str, object], more: Mapping[str, object] | None = None
    ) -> int:
        key = (table, tuple(identity.values()))
        if key not in self._given:
            self._given[key] = self._find(table, identity) or self._add(table, {**identity, **(more or {})})
        return self._given[key]

    def _find(self, table: str, identity: Mapping[str, object]) -> int | None:
        where = " AND ".join(f"{column}=?" for column in identity)
        found = self._run(f"SELECT no FROM {table} WHERE {where}", tuple(identity.values())).fetchone()  # noqa: S608
        return None if found is None else int(found[0])

    def _add(self, table: str, values: Mapping[str, object]) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        added = self._run(
            f"INSERT INTO {table}({names}) VALUES({marks}) RETURNING no",
            tuple(values.values()),
        )
        return int(added.scalar_one())
