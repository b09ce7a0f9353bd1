"""Packs in the mirror: made of objects that are held, so that a pack costs an index and no second copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class LooseSegment:
    """A segment that is in no pack. `stream`, `device` and `short_id`, the first of its id, have 16 bytes."""

    number: int
    device: bytes
    short_id: bytes
    stream: bytes
    sequence: int
    size: int
    is_placed: bool


@dataclass(frozen=True, slots=True)
class HeldPack:
    """A pack that is held: its number, name, the first 16 bytes of its id, and since when it is known."""

    number: int
    place_name: str
    short_id: bytes
    noted_ms: int


@dataclass(frozen=True, slots=True)
class PackedStretch:
    """What a pack, by the first 16 bytes of its id, holds of one stream."""

    short_id: bytes
    stream: bytes
    first: int
    last: int


class Packs:
    """Works within the transaction of one connection."""

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        self._run, self._run_many = driver.execute, driver.executemany

    def add(self, number: int, head: bytes, tail: bytes, members: Sequence[int], noted_ms: int) -> None:
        """Say what the object of this number, noted in the mirror, consists of, in its order."""
        sql = "INSERT INTO pack(no, head, tail, noted_ms, is_tidied) VALUES(?,?,?,?,0)"
        self._run(sql, (number, head, tail, noted_ms))
        rows = [(number, place, each) for place, each in enumerate(members)]
        self._run_many("INSERT INTO packed(pack, place, object) VALUES(?,?,?)", rows)

    def loose(self, device: bytes | None = None) -> list[LooseSegment]:
        """Segments that are in no pack, of one device or of all, oldest first."""
        sql = (
            "SELECT no, device, short_id, stream, sequence, size, placed FROM object"
            " WHERE type=1 AND (?1 IS NULL OR device=?1)"
            " AND NOT EXISTS(SELECT 1 FROM packed WHERE packed.object=object.no) ORDER BY no"
        )
        return [_loose(row) for row in self._run(sql, (device,)).fetchall()]

    def members(self) -> set[int]:
        """Numbers of all objects that are in a pack."""
        return {number for (number,) in self._run("SELECT DISTINCT object FROM packed").fetchall()}

    def newest(self, device: bytes, most: int) -> list[PackedStretch]:
        """What the newest packs of a device that were seen in the 置き場 hold, by pack and stream."""
        chosen = (
            "SELECT no, short_id FROM object WHERE type<>1 AND type=4 AND device=? AND placed=1"
            " ORDER BY no DESC LIMIT ?"
        )
        stretches = (
            f"SELECT chosen.short_id, stream, min(sequence), max(sequence) FROM ({chosen}) AS chosen"  # noqa: S608
            " JOIN packed ON pack=chosen.no JOIN object ON object.no=packed.object GROUP BY pack, stream"
        )
        rows = self._run(stretches, (device, most)).fetchall()
        return [
            PackedStretch(bytes(short), bytes(stream), first, last) for short, stream, first, last in rows
        ]

    def untidied(self, device: bytes, noted_before_ms: int) -> list[HeldPack]:
        """Packs of a device that were seen in the 置き場, and whose segments may lie there loose as well."""
        sql = (
            "SELECT no, place_name, short_id, noted_ms FROM pack JOIN object USING(no)"
            " WHERE device=? AND placed=1 AND is_tidied=0 AND noted_ms<=? ORDER BY no"
        )
        rows = self._run(sql, (device, noted_before_ms)).fetchall()
        return [HeldPack(number, name, bytes(short), noted) for number, name, short, noted in rows]

    def in_pack(self, number: int) -> list[tuple[str, bytes, int]]:
        """(name in the 置き場, stream, sequence number) of each object of a pack."""
        sql = "SELECT place_name, stream, sequence FROM packed JOIN object ON no=object WHERE pack=?"
        rows = self._run(sql, (number,)).fetchall()
        return [(name, bytes(stream), sequence) for name, stream, sequence in rows]

    def tidied(self, number: int) -> None:
        """Note that the segments of a pack no longer lie loose, by this device's doing."""
        self._run("UPDATE pack SET is_tidied=1 WHERE no=?", (number,))


def whole_pack(connection: Connection, number: int) -> bytes:
    """The bytes of a pack, put together from what it consists of."""
    driver: Any = connection.connection.dbapi_connection
    head, tail = driver.execute("SELECT head, tail FROM pack WHERE no=?", (number,)).fetchone()
    return b"".join((bytes(head), *_enclosed(driver, number), bytes(tail)))


def _enclosed(driver: Any, number: int) -> Iterator[bytes]:
    sql = "SELECT bytes FROM packed JOIN object_bytes ON no=object WHERE pack=? ORDER BY place"
    for (data,) in driver.execute(sql, (number,)).fetchall():
        yield bytes(data)


def _loose(row: Any) -> LooseSegment:
    number, device, short_id, stream, sequence, size, placed = row
    return LooseSegment(number, bytes(device), bytes(short_id), bytes(stream), sequence, size, placed != 0)
