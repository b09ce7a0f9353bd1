"""The sealed objects that this device holds, what became of each, and what waits to go to the 置き場."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection

from db.change_log import QUARANTINED
from db.engine import rows_in
from db.packs import whole_pack

_SEGMENT = 1


class ObjectState(IntEnum):
    """What became of an object."""

    NO_KEY = 1
    """Held and passed on; this device has no key for it."""
    APPLIED = 2
    QUARANTINED = QUARANTINED
    """Applied, but its changes do not count."""
    TAKEN_BACK = 4
    """A deposit of this device whose changes go out in the usual way after all."""
    BEYOND = 5
    """Held and passed on; a newer program made it, and this one cannot read it."""


@dataclass(frozen=True, slots=True)
class HeldObject:
    """One object of the mirror. `id` has 32 bytes, `device`, `stream` and `epoch` 16."""

    id: bytes
    type: int
    device: bytes
    stream: bytes
    sequence: int
    epoch: bytes
    place_name: str
    state: ObjectState


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """Where an own stream goes on: the next sequence number, and the id of the object before it."""

    stream: bytes
    next_sequence: int
    last: bytes


@dataclass(frozen=True, slots=True)
class ToCarry:
    """A held object as it may go into a carry file."""

    number: int
    id: bytes
    type: int
    device: bytes
    stream: bytes
    sequence: int
    epoch: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """An object that is held, as a part of a pack."""

    number: int
    device: bytes
    sequence: int
    size: int


class Mirror:
    """Works within the transaction of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        driver: Any = connection.connection.dbapi_connection
        self._run, self._run_many = driver.execute, driver.executemany

    # what is held

    def missing(self, ids: Iterable[bytes]) -> list[bytes]:
        """Those of the ids (full, or their first 16 bytes) that are not held, in their order."""
        wanted = list(dict.fromkeys(ids))
        held: set[bytes] = set()
        short = [each[:16] for each in wanted]
        for (found,) in rows_in(self._run, "SELECT short_id FROM object WHERE short_id", short):
            held.add(bytes(found))
        return [each for each in wanted if each[:16] not in held]

    def add(self, held: HeldObject, data: bytes, *, placed: bool | None) -> int | None:
        """Keep an object; its number, None when it is held already.

        `placed` is False for what this device has to put into the 置き場, True once it was seen there, None
        for what is another's.
        """
        number = self.note(held, len(data), placed=placed)
        if number is not None:
            self._run("INSERT INTO object_bytes(no, bytes) VALUES(?,?)", (number, data))
        return number

    def note(self, held: HeldObject, size: int, *, placed: bool | None) -> int | None:
        """The row of an object whose bytes are kept by `add`, or consist of others'; its number, if new."""
        row = self._run(
            "INSERT INTO object(oid, short_id, type, device, stream, sequence, epoch, size, state,"
            " place_name, placed) VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(oid) DO NOTHING RETURNING no",
            (
                held.id,
                held.id[:16],
                held.type,
                held.device,
                held.stream,
                held.sequence,
                held.epoch,
                size,
                int(held.state),
                held.place_name,
                placed if placed is None else int(placed),
            ),
        ).fetchone()
        if row is None:
            return None
        if held.type == _SEGMENT:
            self._note_in_stream(int(row[0]), held)
        return int(row[0])

    def _note_in_stream(self, number: int, held: HeldObject) -> None:
        """Keep the sum of a stream with it: whoever counted streams would read all of history every round."""
        place = (held.stream, held.device, held.sequence, number)
        is_number_new = (
            "NOT EXISTS(SELECT 1 FROM object"
            " WHERE stream=?1 AND sequence=?3 AND device=?2 AND type=1 AND no<>?4)"
        )
        self._run(
            "INSERT INTO held_stream(stream, device, held, sequence, newest, latest) VALUES(?1,?2,1,?3,?4,?4)"
            f" ON CONFLICT(stream, device) DO UPDATE SET held=held+({is_number_new}),"
            " newest=iif(excluded.sequence>sequence, excluded.newest, newest),"
            " sequence=max(excluded.sequence, sequence), latest=excluded.latest",
            place,
        )

    def bytes_of(self, number: int) -> bytes:
        """The sealed bytes of a held object."""
        row = self._run("SELECT bytes FROM object_bytes WHERE no=?", (number,)).fetchone()
        return bytes(row[0]) if row else whole_pack(self._connection, number)

    def members(self, ids: Sequence[bytes]) -> list[Member]:
        """Those of the ids that are held, with what a pack needs of them, in the order of the ids."""
        sql = "SELECT oid, no, device, sequence, size FROM object WHERE short_id"
        rows = rows_in(self._run, sql, [each[:16] for each in ids])
        found = {bytes(oid): Member(no, bytes(of), *more) for oid, no, of, *more in rows}
        return [found[each] for each in ids if each in found]

    def in_state(self, state: ObjectState) -> list[tuple[int, HeldObject]]:
        """Objects in a state with their numbers, oldest first."""
        return self._several("state=? ORDER BY no", int(state))

    def has_any(self, state: ObjectState) -> bool:
        """Whether any object is in a state."""
        sql = "SELECT EXISTS(SELECT 1 FROM object WHERE state=?)"
        return bool(self._run(sql, (int(state),)).fetchone()[0])

    def parked(self, epochs: Iterable[bytes]) -> list[int]:
        """Numbers of the objects that came before the keys of these epochs did, oldest first."""
        sql = f"SELECT no FROM object WHERE state={int(ObjectState.NO_KEY)} AND epoch"  # noqa: S608
        return sorted(number for (number,) in rows_in(self._run, sql, [*epochs]))

    def segments(self, devices: Iterable[bytes]) -> list[tuple[int, HeldObject]]:
        """The segments of some devices with their numbers, stream by stream."""
        found: list[tuple[int, HeldObject]] = []
        for device in devices:
            for stream, _ in self._run(_STREAMS_OF, (device,)).fetchall():
                found += self._several("stream=? AND type=1 AND device=?", stream, device)
        return found

    def of_type(self, kind: int, device: bytes | None = None) -> list[tuple[int, HeldObject]]:
        """Objects of a type other than segments with their numbers, oldest first; of one device or of all."""
        if kind == _SEGMENT:
            raise ValueError("segments are asked for by device")
        if device is None:
            return self._several("type<>1 AND type=? ORDER BY no", kind)
        return self._several("type<>1 AND type=? AND device=? ORDER BY no", kind, device)

    def ids_of_type(self, kind: int) -> frozenset[bytes]:
        """Ids of the objects of a type other than segments."""
        sql = "SELECT oid FROM object WHERE type<>1 AND type=?"
        return frozenset(bytes(oid) for (oid,) in self._run(sql, (kind,)).fetchall())

    def bytes_of_type(self, kind: int, but: Collection[bytes]) -> list[bytes]:
        """The sealed bytes of all but some objects of a type other than segments and packs, oldest first."""
        rows = self._run(
            "SELECT no, oid FROM object WHERE type<>1 AND type=? ORDER BY no", (kind,)
        ).fetchall()
        return [self.bytes_of(number) for number, oid in rows if bytes(oid) not in but]

    def _several(self, condition: str, *parameters: object) -> list[tuple[int, HeldObject]]:
        return [_held(row) for row in self._run(f"{_HELD} WHERE {condition}", parameters).fetchall()]

    def has_seen_place(self) -> bool:
        """Whether any object of the mirror was seen in a 置き場."""
        sql = "SELECT EXISTS(SELECT 1 FROM object WHERE placed IS NULL OR placed=1)"
        return bool(self._run(sql).fetchone()[0])

    def to_carry(self, after: int) -> list[ToCarry]:
        """All key-log entries and deposits, and the segments with greater numbers than `after`."""
        sql = (
            "SELECT no, oid, type, device, stream, sequence, epoch, size FROM object"
            " WHERE type IN (2, 9) OR (type=1 AND no>?) ORDER BY type DESC, no"
        )
        return [
            ToCarry(number, bytes(oid), kind, bytes(device), bytes(stream), sequence, bytes(epoch), size)
            for number, oid, kind, device, stream, sequence, epoch, size in self._run(
                sql, (after,)
            ).fetchall()
        ]

    def newest_number(self) -> int:
        """The number of the object that was kept last, 0 for none."""
        return int(self._run("SELECT coalesce(max(no), 0) FROM object").fetchone()[0])

    def set_state(self, numbers: Iterable[int], state: ObjectState) -> None:
        """Note what became of objects."""
        sql = "UPDATE object SET state=? WHERE no=?"
        self._run_many(sql, [(int(state), number) for number in numbers])

    def newest(self) -> dict[bytes, tuple[bytes, int, bytes]]:
        """Of each stream the (device, sequence, id) of its newest held object: the tips of this device."""
        sql = (
            "SELECT held_stream.stream, held_stream.device, max(held_stream.sequence), oid FROM held_stream"
            " JOIN object ON no=newest GROUP BY held_stream.stream"
        )
        return {
            bytes(stream): (bytes(device), sequence, bytes(oid))
            for stream, device, sequence, oid in self._run(sql)
        }

    def authors(self) -> frozenset[bytes]:
        """Devices of which any segment is held."""
        return frozenset(bytes(device) for (device,) in self._run("SELECT DISTINCT device FROM held_stream"))

    def number_at(self, device: bytes, stream: bytes, sequence: int) -> int | None:
        """The number of the held segment with this sequence number, if the device made it."""
        sql = "SELECT max(no) FROM object WHERE stream=? AND sequence=? AND type=1 AND device=?"
        return self._run(sql, (stream, sequence, device)).fetchone()[0]  # type: ignore[no-any-return]

    def newest_ids(self, stream: bytes, most: int) -> list[bytes]:
        """Ids of the newest objects of a stream, newest first."""
        sql = "SELECT oid FROM object WHERE stream=? AND type=1 ORDER BY sequence DESC LIMIT ?"
        return [bytes(oid) for (oid,) in self._run(sql, (stream, most))]

    def newest_segments(self) -> list[tuple[int, bytes, bytes]]:
        """(number, device, epoch) of the segment of each stream that arrived, or was made, last."""
        sql = "SELECT no, object.device, epoch FROM held_stream JOIN object ON no=latest"
        return [(number, bytes(device), bytes(epoch)) for number, device, epoch in self._run(sql)]

    # what is to be put into the 置き場

    def to_place(self) -> list[tuple[int, str, int]]:
        """(number, name, size) of own objects that were not seen in the 置き場 yet, as they were made."""
        sql = "SELECT no, place_name, size FROM object WHERE placed=0 ORDER BY no"
        return [(number, name, size) for number, name, size in self._run(sql).fetchall()]

    def placed(self, numbers: Iterable[int], *, seen: bool = True) -> None:
        """Note that objects were seen in the 置き場, or that they are gone from there."""
        rows = [(int(seen), number) for number in numbers]
        self._run_many("UPDATE object SET placed=? WHERE no=?", rows)

    def names(self) -> Iterator[tuple[int, bytes, str, int, int | None]]:
        """(number, device, name in the 置き場, size, placed) of everything that is held."""
        sql = "SELECT no, device, place_name, size, placed FROM object ORDER BY no"
        for number, device, name, size, placed in self._run(sql).fetchall():
            yield number, bytes(device), name, size, placed

    # own streams

    def own_stream(self, compartment: bytes) -> StreamEnd | None:
        """The stream in which this device writes to a compartment; None before its first segment."""
        sql = "SELECT id, next_sequence, last FROM stream WHERE compartment=? LIMIT 1"
        row = self._run(sql, (compartment,)).fetchone()
        return None if row is None else StreamEnd(bytes(row[0]), row[1], bytes(row[2]))

    def streams_of(self, device: bytes) -> dict[bytes, tuple[int, bytes, bytes]]:
        """(next sequence number, newest id, a compartment's epoch) of every stream of a device."""
        found = {bytes(stream): newest for stream, newest in self._run(_STREAMS_OF, (device,)).fetchall()}
        rows = rows_in(self._run, "SELECT no, sequence, oid, epoch FROM object WHERE no", [*found.values()])
        ends = {no: (sequence + 1, bytes(oid), bytes(epoch)) for no, sequence, oid, epoch in rows}
        return {stream: ends[newest] for stream, newest in found.items()}

    def count_all(self, stream: bytes) -> int:
        """How many numbers of a stream are held."""
        sql = "SELECT coalesce(max(held), 0) FROM held_stream WHERE stream=?"
        return int(self._run(sql, (stream,)).fetchone()[0])

    def count_in(self, stream: bytes, first: int, last: int) -> int:
        """How many numbers of a stream are held, from `first` to `last`; takes longer the further that is."""
        sql = (
            "SELECT count(DISTINCT sequence) FROM object"
            " WHERE stream=? AND sequence BETWEEN ? AND ? AND type=1"
        )
        return int(self._run(sql, (stream, first, last)).fetchone()[0])

    def own_streams(self) -> set[bytes]:
        """Every stream that this device goes on writing to."""
        return {bytes(stream) for (stream,) in self._run("SELECT id FROM stream").fetchall()}

    def write_on(self, compartment: bytes, end: StreamEnd) -> None:
        """Note where the own stream of a compartment goes on."""
        self._run("DELETE FROM stream WHERE compartment=?", (compartment,))
        sql = "INSERT INTO stream(id, compartment, next_sequence, last) VALUES(?,?,?,?)"
        self._run(sql, (end.stream, compartment, end.next_sequence, end.last))

    def leave_streams(self) -> None:
        """Go on in new streams: this device was rolled back or cloned."""
        self._run("DELETE FROM stream")

    # keys

    def epochs(self) -> dict[bytes, tuple[bytes, bytes]]:
        """(compartment, key) of each epoch that this device can open."""
        return {
            bytes(epoch): (bytes(compartment), bytes(key))
            for epoch, compartment, key in self._run("SELECT id, compartment, key FROM epoch")
        }

    def keep_epochs(self, epochs: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        """Keep keys: (epoch, compartment, key)."""
        sql = "INSERT INTO epoch(id, compartment, key) VALUES(?,?,?) ON CONFLICT(id) DO NOTHING"
        self._run_many(sql, list(epochs))


_STREAMS_OF = "SELECT stream, newest FROM held_stream WHERE device=?"
_HELD = "SELECT no, oid, type, device, stream, sequence, epoch, place_name, state FROM object"


def _held(row: Any) -> tuple[int, HeldObject]:
    number, oid, kind, device, stream, sequence, epoch, name, state = row
    ids = bytes(oid), kind, bytes(device), bytes(stream)
    return number, HeldObject(*ids, sequence, bytes(epoch), name, ObjectState(state))
