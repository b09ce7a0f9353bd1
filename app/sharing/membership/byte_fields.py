"""Fields of foreign bytes, read one after the other and never beyond what is there.

Numbers are big-endian. A count is compared with what is left before anything is made of it, so no length
in the bytes can ask for more memory than the bytes themselves take.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from app.sharing.membership.names import ID_BYTES, OBJECT_ID_BYTES
from app.sharing.objects.malformed import MalformedObject

T = TypeVar("T")

_U16: Final = struct.Struct(">H")
_U32: Final = struct.Struct(">I")
_U64: Final = struct.Struct(">Q")


class FieldReader:
    """A place in bytes that moves on with each field. Every method raises MalformedObject."""

    def __init__(self, data: bytes, most: int) -> None:
        """Begin with `data`, which must not be longer than `most` bytes."""
        if len(data) > most:
            raise MalformedObject("longer than allowed")
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read."""
        return len(self._data) - self._at

    def take(self, length: int) -> bytes:
        """The next `length` bytes."""
        end = self._at + length
        if end > len(self._data):
            raise MalformedObject("cut short")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def u8(self) -> int:
        """A number in one byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """A number in two bytes."""
        number: int = _U16.unpack(self.take(2))[0]
        return number

    def u32(self) -> int:
        """A number in four bytes."""
        number: int = _U32.unpack(self.take(4))[0]
        return number

    def u64(self) -> int:
        """A number in eight bytes."""
        number: int = _U64.unpack(self.take(8))[0]
        return number

    def id(self) -> bytes:
        """An id of 16 bytes."""
        return self.take(ID_BYTES)

    def object_id(self) -> bytes:
        """The id of an object, 32 bytes."""
        return self.take(OBJECT_ID_BYTES)

    def short(self) -> bytes:
        """Bytes with their length in two bytes."""
        return self.take(self.u16())

    def text(self, most: int) -> str:
        """UTF-8 of at most `most` characters, with its length in two bytes."""
        try:
            text = self.short().decode()
        except UnicodeDecodeError:
            raise MalformedObject("not UTF-8") from None
        if len(text) > most:
            raise MalformedObject("a text that is too long")
        return text

    def several(self, one: Callable[[], T], least: int) -> tuple[T, ...]:
        """A count in two bytes and so many fields, each of at least `least` bytes."""
        count = self.u16()
        if count * least > self.left:
            raise MalformedObject("more than is there")
        return tuple(one() for _ in range(count))

    def end(self) -> None:
        """Nothing may be left."""
        if self.left:
            raise MalformedObject("something follows")


def u16(number: int) -> bytes:
    """A number in two bytes."""
    return _U16.pack(number)


def u32(number: int) -> bytes:
    """A number in four bytes."""
    return _U32.pack(number)


def u64(number: int) -> bytes:
    """A number in eight bytes."""
    return _U64.pack(number)


def short(raw: bytes) -> bytes:
    """Bytes with their length in two bytes."""
    return u16(len(raw)) + raw


def several(parts: Sequence[bytes]) -> bytes:
    """A count in two bytes and the parts."""
    return u16(len(parts)) + b"".join(parts)


def exactly(length: int, values: Iterable[bytes]) -> None:
    """Raise ValueError unless each value is so long: our own ids, on their way out."""
    if any(len(value) != length for value in values):
        raise ValueError(f"an id has {length} bytes")
