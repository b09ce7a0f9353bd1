"""Reading MessagePack that others wrote: bounded, and every field of the shape it must have.

A body is flat: equal-sized items lie side by side in one binary, never in an array of arrays. An array
costs memory as soon as its length is read, so depth times length has to stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from struct import iter_unpack
from typing import Any, Final

import msgpack

from app.sharing.objects.malformed import MalformedObject

MOST_ITEMS: Final = 4096
"""Of an array or map in a body."""
MOST_NAME_LENGTH: Final = 1024
MOST_WHOLE: Final = (1 << 63) - 1
"""What the store can hold."""
UNPACK_FAULTS: Final = (ValueError, TypeError, OverflowError, RecursionError)
"""What MessagePack's reader raises for bytes it does not like."""


def unpacked(data: bytes, least: int = 0) -> list[Any]:
    """The array of at least so many fields that the bytes are; further ones are a newer program's."""
    try:
        read = msgpack.unpackb(data, max_array_len=MOST_ITEMS, max_map_len=MOST_ITEMS, max_ext_len=0)
    except UNPACK_FAULTS:
        raise MalformedObject("not MessagePack within limits") from None
    if not isinstance(read, list) or len(read) < least:
        raise MalformedObject("not an array of all its fields")
    return read


def array(value: object, least: int = 0) -> list[Any]:
    """An array of at least so many fields."""
    if not isinstance(value, list) or len(value) < least:
        raise MalformedObject("not an array of all its fields")
    return value


def whole(value: object, most: int = MOST_WHOLE) -> int:
    """A whole number from 0 to `most`."""
    if type(value) is not int or not 0 <= value <= most:
        raise MalformedObject("not a whole number within limits")
    return value


def raw(value: object, size: int | None = None) -> bytes:
    """A binary, of exactly `size` bytes if given."""
    if not isinstance(value, bytes) or size not in {None, len(value)}:
        raise MalformedObject("not a binary of its length")
    return value


def name(value: object) -> str:
    """A short text."""
    if not isinstance(value, str) or len(value) > MOST_NAME_LENGTH:
        raise MalformedObject("not a short text")
    return value


def names(value: object) -> tuple[str, ...]:
    """Short texts."""
    return tuple(map(name, array(value)))


def pack_names(values: Sequence[str]) -> Sequence[str]:
    """Short texts as readers take them. Raises ValueError for others."""
    if len(values) > MOST_ITEMS or any(len(value) > MOST_NAME_LENGTH for value in values):
        raise ValueError("more or longer names than any device reads")
    return values


def items(value: object, size: int) -> tuple[bytes, ...]:
    """The items of `size` bytes each that lie side by side in a binary."""
    side_by_side = raw(value)
    if len(side_by_side) % size:
        raise MalformedObject("not a binary of whole items")
    return tuple(chain.from_iterable(iter_unpack(f"{size}s", side_by_side)))


def joined(values: Sequence[bytes], size: int) -> bytes:
    """Items side by side. Raises ValueError unless each has `size` bytes."""
    if any(len(value) != size for value in values):
        raise ValueError("an item of another length")
    return b"".join(values)


def packed(body: object) -> bytes:
    """MessagePack in its shortest form."""
    data: bytes = msgpack.packb(body)
    return data
