"""Tips: the newest object of each stream that a device holds (design-sync 6.4, 6.5, 8.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.sharing.objects.fields import MOST_WHOLE, raw
from app.sharing.objects.malformed import MalformedObject

STREAM_BYTES: Final = 16
BEGIN_BYTES: Final = 8
_TIP: Final = struct.Struct(">16sQ8s")


@dataclass(frozen=True, slots=True)
class Tip:
    """`begin` are the first 8 bytes of the id of the stream's object with that sequence number."""

    stream: bytes
    sequence: int
    begin: bytes


def pack_tips(tips: Iterable[Tip]) -> bytes:
    """Tips side by side, 32 bytes each. Raises ValueError for an id of another length."""
    tips = tuple(tips)
    if any(len(tip.stream) != STREAM_BYTES or len(tip.begin) != BEGIN_BYTES for tip in tips):
        raise ValueError("a tip of another length")
    return b"".join(_TIP.pack(tip.stream, tip.sequence, tip.begin) for tip in tips)


def read_tips(value: object) -> tuple[Tip, ...]:
    """Tips that lie side by side."""
    data = raw(value)
    if len(data) % _TIP.size:
        raise MalformedObject("not a binary of whole items")
    tips = tuple(Tip(*read) for read in _TIP.iter_unpack(data))
    if any(tip.sequence > MOST_WHOLE for tip in tips):
        raise MalformedObject("a number beyond its limit")
    return tips
