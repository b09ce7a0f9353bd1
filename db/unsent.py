"""The changes that no sealed object carries yet (未送信), as the columns that travel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from db.change_columns import ChangeColumns, Reference
from db.change_log import COVERS, FIELD_BITS, INDEX_BITS, KNOWN, SEEN, unpack

_CHUNK = 500
_UNSENT = (
    "SELECT change.id, cell, kind, value, time, parent, author.user FROM change"
    " JOIN rec ON rec.no=change.cell>>12 JOIN author ON author.no=change.author"
    " WHERE change.segment IS NULL AND rec.compartment=(SELECT no FROM compartment WHERE cid=?)"
    " ORDER BY change.id"
)


def waiting_compartments(connection: Connection) -> dict[bytes, int]:
    """How many changes wait to be sealed, by compartment."""
    sql = (
        "SELECT compartment.cid, count(*) FROM change JOIN rec ON rec.no=change.cell>>12"
        " JOIN compartment ON compartment.no=rec.compartment WHERE change.segment IS NULL GROUP BY 1"
    )
    return {bytes(compartment): count for compartment, count in connection.exec_driver_sql(sql)}


def take_unsent(
    connection: Connection, compartment: bytes, device: bytes, most_changes: int
) -> list[tuple[list[int], ChangeColumns]]:
    """All waiting changes of a compartment in parts of at most `most_changes`, a save never divided.

    Each part is (the numbers of its changes, the columns); the number of the segment is 0.
    """
    rows = connection.exec_driver_sql(_UNSENT, (compartment,)).fetchall()
    parts = list(_parts(rows, most_changes))
    return [([row[0] for row in part], _Columns(connection).of(part, compartment, device)) for part in parts]


def mark_sent(connection: Connection, changes: Iterable[int], segment: int) -> None:
    """Note which sealed object carries these changes."""
    driver: Any = connection.connection.dbapi_connection
    driver.executemany("UPDATE change SET segment=? WHERE id=?", [(segment, number) for number in changes])


def _parts(rows: Sequence[Any], most: int) -> Iterable[list[Any]]:
    part: list[Any] = []
    for _, save in groupby(rows, lambda row: row[0] >> INDEX_BITS):
        whole = list(save)
        if part and len(part) + len(whole) > most:
            yield part
            part = []
        part += whole
    if part:
        yield part


class _Table:
    """Values in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[object, int] = {}

    def place(self, value: object) -> int:
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


class _Columns:
    """Writes rows of the log out, identity by identity."""

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        self._run = driver.execute
        self._saves, self._users, self._records, self._types, self._fields = (_Table() for _ in range(5))

    def of(self, rows: Sequence[Any], compartment: bytes, device: bytes) -> ChangeColumns:
        references = self._references([row[0] for row in rows])
        parents = [row[5] for row in rows if row[5] is not None]
        others = [parent for sets in references.values() for refs in sets.values() for parent in refs]
        numbers = {number >> INDEX_BITS for number in [*(row[0] for row in rows), *parents, *others]}
        saves = dict(self._named("SELECT no, sid FROM save WHERE no", numbers))
        named = self._named("SELECT no, rid, type FROM rec WHERE no", {row[1] >> FIELD_BITS for row in rows})
        records = {number: (rid, kind) for number, rid, kind in named}
        fields = dict(self._run("SELECT no, name FROM fld").fetchall())

        def reference(number: int) -> Reference:
            return self._saves.place(saves[number >> INDEX_BITS]), number & (1 << INDEX_BITS) - 1

        def column(number: int, what: int) -> list[Reference] | None:
            found = references.get(number, {}).get(what)
            return sorted(map(reference, found)) if found else None

        return ChangeColumns(
            number=0,
            compartment=compartment,
            device=device,
            save_of=[reference(row[0])[0] for row in rows],
            index=[row[0] & (1 << INDEX_BITS) - 1 for row in rows],
            record_of=[self._records.place(records[row[1] >> FIELD_BITS][0]) for row in rows],
            type_of=[self._types.place(records[row[1] >> FIELD_BITS][1]) for row in rows],
            field_of=[self._fields.place(fields[row[1] & (1 << FIELD_BITS) - 1]) for row in rows],
            kind=[row[2] for row in rows],
            value=[unpack(row[3]) for row in rows],
            time=[row[4] for row in rows],
            user_of=[self._users.place(row[6]) for row in rows],
            seen=[column(row[0], SEEN) if row[5] is None else [reference(row[5])] for row in rows],
            known=[column(row[0], KNOWN) for row in rows],
            covers=[column(row[0], COVERS) for row in rows],
            saves=self._saves.values,
            users=self._users.values,
            records=self._records.values,
            types=self._types.values,
            fields=self._fields.values,
        )

    def _references(self, numbers: Sequence[int]) -> Mapping[int, Mapping[int, list[int]]]:
        found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for child, what, parent in self._named("SELECT child, what, parent FROM ref WHERE child", numbers):
            found[child][what].append(parent)
        return found

    def _named(self, select: str, numbers: Iterable[int]) -> list[Any]:
        wanted = list(numbers)
        rows: list[Any] = []
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            rows += self._run(f"{select} IN ({','.join('?' * len(part))})", part).fetchall()
        return rows
