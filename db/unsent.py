"""The changes that no sealed object carries yet (未送信), as the columns that travel."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgpack
from sqlalchemy import Connection

from db.change_columns import ChangeColumns, ReferenceColumns
from db.change_log import FIELD_BITS, INDEX_BITS
from db.engine import driver_calls, rows_in
from db.store import write_marker

_CHANGE_BYTES = 112
"""At most what a change takes besides its value."""
_SEALED, _AFTER_SEALED = "sealed:", "sealed;"
"""Beginning of the markers that say what sealed objects are about, and what sorts after them."""
_INDEX_MASK = (1 << INDEX_BITS) - 1
_FIELD_MASK = (1 << FIELD_BITS) - 1
_READ_AHEAD = 5_000
_UNSENT = "SELECT id, cell, kind, value, time, parent, author FROM change WHERE segment IS NULL AND id"


def has_unsent(connection: Connection) -> bool:
    """Whether any change waits to be sealed."""
    sql = "SELECT EXISTS(SELECT 1 FROM change WHERE segment IS NULL)"
    return bool(connection.exec_driver_sql(sql).scalar_one())


def waiting_compartments(connection: Connection) -> dict[bytes, int]:
    """How many changes wait to be sealed, by compartment."""
    sql = (
        "SELECT compartment.cid, count(*) FROM change JOIN rec ON rec.no=change.cell>>12"
        " JOIN compartment ON compartment.no=rec.compartment WHERE change.segment IS NULL GROUP BY 1"
    )
    return {bytes(compartment): count for compartment, count in connection.exec_driver_sql(sql)}


def waiting_changes(connection: Connection) -> dict[bytes, list[int]]:
    """The numbers of the changes that wait to be sealed, rising, by compartment.

    All compartments at once: who shares for the first time may have hundreds, each with years of work.
    """
    run, _ = driver_calls(connection)
    names = {number: bytes(compartment) for number, compartment in run("SELECT no, cid FROM compartment")}
    rows = run("SELECT id, cell>>12 FROM change WHERE segment IS NULL ORDER BY id").fetchall()
    records = list({record for _, record in rows})
    homes = dict(rows_in(run, "SELECT no, compartment FROM rec WHERE no", records))
    found: dict[bytes, list[int]] = {names[home]: [] for home in dict.fromkeys(homes.values())}
    waiting = {record: found[names[home]].append for record, home in homes.items()}
    for number, record in rows:
        waiting[record](number)
    return found


def take_unsent(
    connection: Connection, waiting: Sequence[int], most_changes: int, most_bytes: int = 4 << 20
) -> Iterator[tuple[list[int], ChangeColumns]]:
    """Those of the waiting changes that still wait, in parts within these limits, a save never divided.

    Each part is (the numbers of its changes, the columns). Rows are read as parts are asked for: whoever
    marks a part as sent asks anew for what comes after it.
    """
    for part in _parts(_rows(connection, waiting), most_changes, most_bytes):
        yield [row[0] for row in part], _Columns(connection).of(part)


def after(waiting: Sequence[int], part: Sequence[int]) -> Sequence[int]:
    """The waiting changes behind a part of them."""
    return waiting[bisect_right(waiting, part[-1]) :]


def mark_sent(connection: Connection, changes: Iterable[int], segment: int) -> None:
    """Note which sealed object carries these changes."""
    driver: Any = connection.connection.dbapi_connection
    driver.executemany("UPDATE change SET segment=? WHERE id=?", [(segment, number) for number in changes])


def take_back(connection: Connection, segments: Iterable[int]) -> None:
    """Let the changes that these sealed objects carry wait again."""
    driver: Any = connection.connection.dbapi_connection
    driver.executemany("UPDATE change SET segment=NULL WHERE segment=?", [(each,) for each in segments])


class Load(NamedTuple):
    """What a sealed object carries: the compartment, its changes, and the greatest time stamp."""

    compartment: bytes
    changes: int
    time: int


def carried(connection: Connection, segment: int) -> Load:
    """What this device's log says of one sealed object; no compartment where it carries nothing."""
    sql = (
        "SELECT compartment.cid, count(*), max(time) FROM change JOIN rec ON rec.no=change.cell>>12"
        " JOIN compartment ON compartment.no=rec.compartment WHERE segment=?"
    )
    compartment, count, time = connection.exec_driver_sql(sql, (segment,)).one()
    return Load(bytes(compartment or b""), count, time or 0)


def holds_all(connection: Connection, changes: ChangeColumns) -> bool:
    """Whether every one of these changes is in the log already."""
    driver: Any = connection.connection.dbapi_connection
    sql = "SELECT 1 FROM change JOIN save ON save.no=change.id>>20 WHERE sid=? AND change.id=save.no<<20|?"
    rows = zip(changes.save, changes.index, strict=True)
    return all(driver.execute(sql, (changes.saves[save], index)).fetchone() for save, index in rows)


def note_sealed(connection: Connection, segment: int, changes: Iterable[int]) -> None:
    """Remember which records a sealed object is about, until it was seen in the 置き場."""
    wanted = list(changes)
    records = _Columns(connection).records_of(wanted)
    write_marker(connection, f"{_SEALED}{segment}", records)


def forget_sealed(connection: Connection, segments: Iterable[int]) -> None:
    """These objects were seen in the 置き場."""
    for segment in segments:
        connection.exec_driver_sql("DELETE FROM marker WHERE name=?", (f"{_SEALED}{segment}",))


def unshared_records(connection: Connection) -> list[tuple[str, str]]:
    """(type, id) of the records that hold changes which no other device can have, oldest first."""
    run = connection.exec_driver_sql
    sealed = run("SELECT value FROM marker WHERE name>=? AND name<?", (_SEALED, _AFTER_SEALED))
    numbers = {number for (value,) in sealed for number in msgpack.unpackb(value)}
    numbers.update(number for (number,) in run("SELECT DISTINCT cell>>12 FROM change WHERE segment IS NULL"))
    named = _Columns(connection).identities(sorted(numbers))
    return [(kind, str(UUID(bytes=record))) for record, kind in named]


def _rows(connection: Connection, waiting: Sequence[int]) -> Iterator[Any]:
    run, _ = driver_calls(connection)
    for start in range(0, len(waiting), _READ_AHEAD):
        yield from sorted(rows_in(run, _UNSENT, waiting[start : start + _READ_AHEAD]))


def _parts(rows: Iterable[Any], most_changes: int, most_bytes: int) -> Iterator[list[Any]]:
    """One look at each row: a first sharing has a hundred thousand of them."""
    part: list[Any] = []
    begun, filled, save = 0, 0, None  # where the save that is looked at begins in the part
    for row in rows:
        if row[0] >> INDEX_BITS != save:
            save, begun, whole = row[0] >> INDEX_BITS, len(part), filled
        filled += _CHANGE_BYTES + len(row[3] or b"")
        part.append(row)
        if begun and (len(part) > most_changes or filled > most_bytes):
            yield part[:begun]
            part, filled, begun = part[begun:], filled - whole, 0
    if part:
        yield part


class _Table(dict[Any, int]):
    """Gives each value its place at first sight."""

    def __missing__(self, value: object) -> int:
        self[value] = place = len(self)
        return place


def _places(named: Mapping[int, Any]) -> tuple[tuple[Any, ...], dict[int, int]]:
    """A table of identities, and the place in it of each number."""
    table = _Table()
    places = {number: table[identity] for number, identity in named.items()}
    return tuple(table), places


class _Columns:
    """Writes rows of the log out, identity by identity."""

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        self._run = driver.execute

    def of(self, rows: Sequence[Any]) -> ChangeColumns:
        numbers, cells, kinds, values, times, parents, authors = zip(*rows, strict=True)
        saves, words = _Table(), _Table()
        written_in = [number >> INDEX_BITS for number in numbers]
        own = tuple(map(saves.__getitem__, written_in))  # own saves come first and in order
        written, named = [cell >> FIELD_BITS for cell in cells], [cell & _FIELD_MASK for cell in cells]
        identities = self._identities_of(dict.fromkeys(written))
        record_table, records = _places({number: record for number, (record, _) in identities.items()})
        type_table, types = _places({number: kind for number, (_, kind) in identities.items()})
        people = {number: bytes(user) for number, user in self._run("SELECT no, user FROM author")}
        user_table, users = _places({number: people[number] for number in dict.fromkeys(authors)})
        names = dict(self._run("SELECT no, name FROM fld").fetchall())
        field_table, fields = _places({number: names[number] for number in dict.fromkeys(named)})
        ordered = sorted(
            (bisect_left(numbers, child), what, parent)
            for child, what, parent in self._references_of(numbers)
        )
        return ChangeColumns(
            save=own,
            index=tuple([number & _INDEX_MASK for number in numbers]),
            record=tuple(map(records.__getitem__, written)),
            type=tuple(map(types.__getitem__, written)),
            field=tuple(map(fields.__getitem__, named)),
            kind=tuple(map(words.__getitem__, kinds)),
            time=times,
            user=tuple(map(users.__getitem__, authors)),
            value=values,
            parent_save=tuple([0 if each is None else saves[each >> INDEX_BITS] + 1 for each in parents]),
            parent_index=tuple([0 if each is None else each & _INDEX_MASK for each in parents]),
            references=ReferenceColumns(
                row=tuple(row for row, _, _ in ordered),
                what=tuple(what for _, what, _ in ordered),
                save=tuple(saves[parent >> INDEX_BITS] for _, _, parent in ordered),
                index=tuple(parent & _INDEX_MASK for _, _, parent in ordered),
            ),
            saves=self._save_ids(saves),
            users=user_table,
            records=record_table,
            types=type_table,
            fields=field_table,
            kinds=tuple(words),
        )

    def _references_of(self, numbers: Sequence[int]) -> Iterable[Any]:
        """(child, sense, parent) of these changes, rising; of most parts there are none at all."""
        between = "SELECT 1 FROM ref WHERE child BETWEEN ? AND ? LIMIT 1"
        if self._run(between, (numbers[0], numbers[-1])).fetchone() is None:
            return ()
        return rows_in(self._run, "SELECT child, what, parent FROM ref WHERE child", [*numbers])

    def records_of(self, numbers: Sequence[int]) -> list[int]:
        """The numbers of the records that changes belong to."""
        return sorted({row[0] for row in rows_in(self._run, "SELECT cell>>12 FROM change WHERE id", numbers)})

    def _identities_of(self, numbers: Iterable[int]) -> dict[int, tuple[bytes, str]]:
        """(id, type) of records by their numbers, in the order of these."""
        wanted = list(numbers)
        found = {
            number: (rid, kind)
            for number, rid, kind in rows_in(self._run, "SELECT no, rid, type FROM rec WHERE no", wanted)
        }
        return {number: found[number] for number in wanted}

    def identities(self, numbers: Sequence[int]) -> list[tuple[bytes, str]]:
        """(id, type) of records, in the order of their numbers."""
        return [
            (bytes(rid), kind)
            for rid, kind in rows_in(self._run, "SELECT rid, type FROM rec WHERE no", numbers)
        ]

    def _save_ids(self, saves: _Table) -> tuple[bytes, ...]:
        named = dict(rows_in(self._run, "SELECT no, sid FROM save WHERE no", [*saves]))
        return tuple(bytes(named[number]) for number in saves)
