"""Reading what is too large to hold: in pieces, and never past an end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from app.sharing.objects.malformed import MalformedObject

PIECE_BYTES: Final = 1 << 20


def pieces(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, a MiB at a time. Raises MalformedObject if the file ends sooner."""
    for at in range(start, end, PIECE_BYTES):
        yield read_at(source, at, min(PIECE_BYTES, end - at))


def read_at(source: BinaryIO, at: int, size: int) -> bytes:
    """Exactly so many bytes. Raises MalformedObject if the file ends sooner."""
    source.seek(at)
    data = source.read(size)
    if len(data) != size:
        raise MalformedObject("shorter than it was")
    return data


def size_of(source: BinaryIO) -> int:
    """How many bytes there are."""
    return source.seek(0, 2)
