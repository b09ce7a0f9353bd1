"""Packs and carry files: original objects, an index, one signature (design-sync 6.6, 6.7; specification 7).

Objects lie side by side without a gap, so that an index can neither overlap them nor point elsewhere. A pack
holds no pack: whoever reads one goes one level deep.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import BinaryIO, Final

from app.sharing.objects.container import (
    MOST_WHOLE_BYTES,
    OBJECT_ID_BYTES,
    Header,
    ObjectType,
    Sign,
    signed_bytes,
)
from app.sharing.objects.fields import MOST_WHOLE, items, joined, packed, raw, unpacked, whole
from app.sharing.objects.large import LargeObject, parse_large
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.pieces import pieces, read_at

VERSION: Final = 1
PACKS: Final = frozenset((ObjectType.PACK, ObjectType.CARRY_FILE))
MOST_INDEX_BYTES: Final = 16 << 20
_LENGTH: Final = struct.Struct(">I")
_TYPE_AT: Final = 9


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An object to be packed: its id, how long it is, and its bytes in pieces."""

    id: bytes
    size: int
    pieces: Iterable[bytes]

    @classmethod
    def of(cls, data: bytes) -> Enclosed:
        """An object that is at hand."""
        return cls(sha256(data).digest(), len(data), (data,))


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an object lies in its pack."""

    id: bytes
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What a pack has besides its objects: the header before them, index and signature behind."""

    id: bytes
    head: bytes = field(repr=False)
    tail: bytes = field(repr=False)


def framed(header: Header, objects: Sequence[bytes], sign: Sign) -> Frame:
    """The frame of a new pack of objects that are at hand."""
    data = b"".join(packing(header, [Enclosed.of(each) for each in objects], sign))
    end = header.size + sum(map(len, objects))
    return Frame(sha256(data).digest(), data[: header.size], data[end:])


def frame_of(pack: LargeObject, held: Sequence[Entry]) -> Frame:
    """The frame of a pack that was read, with all its entries."""
    start, end = pack.header.size, pack.header.size + sum(each.size for each in held)
    return Frame(pack.id, read_at(pack.source, 0, start), read_at(pack.source, end, pack.size - end))


def packing(header: Header, objects: Sequence[Enclosed], sign: Sign) -> Iterator[bytes]:
    """The pack in pieces, to be written one after the other.

    Raises ValueError, after which what was written is worthless, if an object is not as long as it said.
    """
    index = _index(objects)
    hashed = sha256()
    for piece in _before_signature(header, objects, index):
        hashed.update(piece)
        yield piece
    yield sign(signed_bytes(header.type, hashed.digest()))


def open_pack(source: BinaryIO, vault: bytes, name_id: bytes | None = None) -> LargeObject:
    """A pack or carry file in an open file; `entries` may be asked once its signature was checked."""
    return parse_large(source, vault, PACKS, name_id)


def entries(pack: LargeObject) -> tuple[Entry, ...]:
    """What the pack holds, in its order. Raises MalformedObject."""
    index_end = pack.content_end - _LENGTH.size
    if index_end < pack.header.size:
        raise MalformedObject("a pack without an index")
    (index_bytes,) = _LENGTH.unpack(read_at(pack.source, index_end, _LENGTH.size))
    start = index_end - index_bytes
    if index_bytes > MOST_INDEX_BYTES or start < pack.header.size:
        raise MalformedObject("an index beyond its pack")
    found = _entries(read_at(pack.source, start, index_bytes), pack.header.size)
    if (found[-1].offset + found[-1].size if found else pack.header.size) != start:
        raise MalformedObject("an index that leaves something out")
    return found


def read_entry(pack: LargeObject, entry: Entry) -> bytes:
    """One object as a whole. Raises MalformedObject if it is another, too large to hold, or a pack."""
    if entry.size > MOST_WHOLE_BYTES:
        raise MalformedObject("more bytes than an object has")
    return b"".join(entry_pieces(pack, entry))


def entry_pieces(pack: LargeObject, entry: Entry) -> Iterator[bytes]:
    """One object in pieces. Only when none is left it is known to be the one of its id."""
    hashed = sha256()
    for number, piece in enumerate(pieces(pack.source, entry.offset, entry.offset + entry.size)):
        if not number and piece[_TYPE_AT : _TYPE_AT + 1] in {bytes((kind,)) for kind in PACKS}:
            raise MalformedObject("a pack in a pack")
        hashed.update(piece)
        yield piece
    if hashed.digest() != entry.id:
        raise MalformedObject("not the object of its name")


def _index(objects: Sequence[Enclosed]) -> bytes:
    sizes = struct.pack(f">{len(objects)}Q", *(each.size for each in objects))
    index = packed([VERSION, joined([each.id for each in objects], OBJECT_ID_BYTES), sizes])
    if len(index) > MOST_INDEX_BYTES:
        raise ValueError("more objects than a pack holds")
    return index


def _before_signature(header: Header, objects: Sequence[Enclosed], index: bytes) -> Iterator[bytes]:
    yield header.packed(sum(each.size for each in objects) + len(index) + _LENGTH.size)
    for each in objects:
        yield from _of_its_size(each)
    yield index + _LENGTH.pack(len(index))


def _of_its_size(enclosed: Enclosed) -> Iterator[bytes]:
    left = enclosed.size
    for piece in enclosed.pieces:
        left -= len(piece)
        yield piece
    if left:
        raise ValueError("an object that is not as long as it was")


def _entries(index: bytes, start: int) -> tuple[Entry, ...]:
    read = unpacked(index, 1)
    if whole(read[0]) > VERSION:
        raise NewerFormat("an index of a newer program")
    if read[0] != VERSION or len(read) < 3:
        raise MalformedObject("not an index")
    ids, sizes = items(read[1], OBJECT_ID_BYTES), _sizes(read[2])
    if len(ids) != len(sizes) or sum(sizes) > MOST_WHOLE or 0 in sizes:
        raise MalformedObject("an index that contradicts itself")
    return tuple(map(Entry, ids, accumulate(sizes, initial=start), sizes))


def _sizes(value: object) -> tuple[int, ...]:
    data = raw(value)
    if len(data) % 8:
        raise MalformedObject("not a binary of whole items")
    return struct.unpack(f">{len(data) // 8}Q", data)
