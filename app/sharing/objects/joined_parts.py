"""A carry file as one file to read, wherever its parts lie; nothing is written anew (specification 8)."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import BinaryIO

from app.sharing.objects.parts import (
    MAGIC,
    PART_HEADER_BYTES,
    Part,
    PartsMissing,
    check_share,
    missing,
    read_part,
)
from app.sharing.objects.pieces import read_at, size_of


def is_part(source: BinaryIO) -> bool:
    """Whether an open file begins like a part of a carry file."""
    return size_of(source) >= len(MAGIC) and read_at(source, 0, len(MAGIC)) == MAGIC


def open_joined(sources: Sequence[BinaryIO]) -> BinaryIO:
    """The carry file of open parts, given in any order; a part may be there twice.

    Every share is compared with its hash. Raises PartsMissing, PartDamaged, MalformedObject. The parts must
    stay open while it is read.
    """
    parts = [(read_part(source), source) for source in sources]
    if gone := missing([part for part, _ in parts]):
        raise PartsMissing(gone, parts[0][0].count)
    by_number = {part.number: (part, source) for part, source in parts}
    ordered = [by_number[number] for number in sorted(by_number)]
    for part, source in ordered:
        check_share(part, source)
    return io.BufferedReader(_Joined(ordered), buffer_size=1 << 16)


class _Joined(io.RawIOBase):
    """Parts in their order as one file."""

    def __init__(self, parts: Sequence[tuple[Part, BinaryIO]]) -> None:
        self._sources = [source for _, source in parts]
        self._starts = list(accumulate((part.size for part, _ in parts), initial=0))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._starts[-1]}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        number = bisect_right(self._starts, self._at) - 1
        if number >= len(self._sources):
            return 0
        within, left = self._at - self._starts[number], self._starts[number + 1] - self._at
        source = self._sources[number]
        source.seek(PART_HEADER_BYTES + within)
        data = source.read(min(left, len(buffer)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
