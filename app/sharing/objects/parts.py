"""A carry file in numbered parts, each small enough for a mail (design-sync 6.7; specification 8)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Final

from app.sharing.objects.container import OBJECT_ID_BYTES
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.pieces import pieces, read_at, size_of

MAGIC: Final = b"\x89OSYP\r\n\x1a"
FORMAT: Final = 1
MOST_PARTS: Final = 10_000
_FIXED: Final = struct.Struct(">8sB3sIIIQ32s32s")
PART_HEADER_BYTES: Final = _FIXED.size


class PartsMissing(MalformedObject):
    """Of `count` parts, those with these numbers (from 1) are not there."""

    def __init__(self, numbers: tuple[int, ...], count: int) -> None:
        super().__init__("parts are missing")
        self.numbers = numbers
        self.count = count


class PartDamaged(MalformedObject):
    """The part with this number (from 1) is not as it was made."""

    def __init__(self, number: int) -> None:
        super().__init__("a part is damaged")
        self.number = number


@dataclass(frozen=True, slots=True)
class Part:
    """What a part says of itself: which carry file it is of, and which stretch of it it holds.

    `number` counts from 1. Every part holds `share` bytes of the `total`, the last one the rest.
    """

    carry_id: bytes
    number: int
    share: int
    total: int
    digest: bytes

    @property
    def count(self) -> int:
        """How many parts there are."""
        return -(-self.total // self.share)

    @property
    def size(self) -> int:
        """Bytes of the carry file in this part."""
        return min(self.share, self.total - (self.number - 1) * self.share)

    @property
    def belongs_to(self) -> tuple[bytes, int, int]:
        """Alike for all parts of one cut."""
        return self.carry_id, self.share, self.total

    def packed(self) -> bytes:
        """The 96 bytes that stand before the part's share."""
        return _FIXED.pack(
            MAGIC, FORMAT, b"", self.number, self.count, self.share, self.total, self.carry_id, self.digest
        )


def split(source: BinaryIO, carry_id: bytes, part_bytes: int) -> Iterator[bytes]:
    """Cut a carry file into parts of at most `part_bytes` each. Raises ValueError for too many parts."""
    total, share = size_of(source), part_bytes - PART_HEADER_BYTES
    if share <= 0 or -(-total // share) > MOST_PARTS or len(carry_id) != OBJECT_ID_BYTES:
        raise ValueError("parts too small for what is to be carried")
    for number, start in enumerate(range(0, total, share), 1):
        held = read_at(source, start, min(share, total - start))
        yield Part(carry_id, number, share, total, sha256(held).digest()).packed() + held


def read_part(source: BinaryIO) -> Part:
    """What an open file is a part of. Raises MalformedObject, PartDamaged if it was cut short."""
    size = size_of(source)
    if size < PART_HEADER_BYTES:
        raise MalformedObject("shorter than any part")
    magic, version, zero, number, count, share, total, carry_id, digest = _FIXED.unpack(
        read_at(source, 0, PART_HEADER_BYTES)
    )
    if magic != MAGIC:
        raise MalformedObject("does not begin like a part")
    if version != FORMAT:
        raise (NewerFormat if version > FORMAT else MalformedObject)("of another format")
    if zero != bytes(3) or not share or not 1 <= number <= count <= MOST_PARTS:
        raise MalformedObject("a part that contradicts itself")
    part = Part(carry_id, number, share, total, digest)
    if part.count != count:
        raise MalformedObject("a part that contradicts itself")
    if part.size != size - PART_HEADER_BYTES:
        raise PartDamaged(number)
    return part


def missing(parts: Collection[Part]) -> tuple[int, ...]:
    """The numbers that are not there. Raises MalformedObject if there are parts of several carry files."""
    if len({part.belongs_to for part in parts}) != 1:
        raise MalformedObject("parts that do not belong together")
    have = {part.number for part in parts}
    count = next(iter(parts)).count
    return tuple(number for number in range(1, count + 1) if number not in have)


def join(sources: Iterable[BinaryIO]) -> Iterator[bytes]:
    """The carry file in pieces, from open parts in any order; a part may be there twice.

    Raises PartsMissing before the first piece, PartDamaged at the part that is not as it was made. That it
    is the carry file of its id is for `open_pack` to say.
    """
    parts = [(read_part(source), source) for source in sources]
    if gone := missing([part for part, _ in parts]):
        raise PartsMissing(gone, parts[0][0].count)
    by_number = {part.number: (part, source) for part, source in parts}
    for _, (part, source) in sorted(by_number.items()):
        yield from _share(part, source)


def check_share(part: Part, source: BinaryIO) -> None:
    """Raise PartDamaged unless the share is the one of the part's hash."""
    for _ in _share(part, source):
        pass


def _share(part: Part, source: BinaryIO) -> Iterator[bytes]:
    hashed = sha256()
    for piece in pieces(source, PART_HEADER_BYTES, PART_HEADER_BYTES + part.size):
        hashed.update(piece)
        yield piece
    if hashed.digest() != part.digest:
        raise PartDamaged(part.number)
