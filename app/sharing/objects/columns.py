"""Columns of whole numbers as binaries: big-endian, all of one width, one entry for every row.

Far quicker than MessagePack's numbers, which are read and checked one by one, and of a size that is known
before anything is allocated.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import Final

from app.sharing.objects.fields import MOST_WHOLE, raw
from app.sharing.objects.malformed import MalformedObject

_UNSIGNED: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SIGNED: Final = {1: "b", 2: "h", 4: "i", 8: "q"}


def pack_column(values: Sequence[int]) -> bytes:
    """Numbers from 0 to 2^63 - 1 in the least width that holds them all."""
    return _packed(values, _UNSIGNED, max(values, default=0))


def column(value: object, rows: int, most: int) -> tuple[int, ...]:
    """Numbers from 0 to `most`, one for every row."""
    data = raw(value)
    read = _unpacked(data, rows, _UNSIGNED)
    # A narrow column is often within the limit by its width alone.
    if read and 256 ** (len(data) // rows) > most + 1 and max(read) > most:
        raise MalformedObject("a number beyond its limit")
    return read


def pack_steps(values: Sequence[int]) -> bytes:
    """Numbers that are near their predecessors, as differences; that of the first is 0."""
    steps = [0, *map(sub, values[1:], values)]
    # A negative number reaches one further than a positive one of the same width.
    reach = max(max(steps), -1 - min(steps)) * 2
    return _packed(steps, _SIGNED, reach)


def steps(value: object, rows: int, first: int) -> tuple[int, ...]:
    """Numbers from 0 to 2^63 - 1 that follow from the first and their differences."""
    differences = _unpacked(raw(value), rows, _SIGNED)
    if differences[0]:
        raise MalformedObject("a first difference that is not 0")
    read = tuple(accumulate(differences[1:], initial=first))
    if min(read) < 0 or max(read) > MOST_WHOLE:
        raise MalformedObject("a number beyond its limit")
    return read


def _packed(values: Sequence[int], codes: dict[int, str], reach: int) -> bytes:
    width = next(width for width in codes if reach < 1 << 8 * width)
    return struct.pack(f">{len(values)}{codes[width]}", *values)


def _unpacked(data: bytes, rows: int, codes: dict[int, str]) -> tuple[int, ...]:
    if not rows:
        return ()
    width, odd = divmod(len(data), rows)
    if odd or width not in codes:
        raise MalformedObject("a column of another length")
    return struct.unpack(f">{rows}{codes[width]}", data)
