"""The body of a head: what a device has written and holds (design-sync 6.5; specification 6).

A head is a hint. Who misses it, or has an old one, lists directories instead.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final

from app.sharing.objects.container import ID_BYTES, MOST_SEQUENCE, NAME_ID_BYTES, OBJECT_ID_BYTES
from app.sharing.objects.fields import MOST_ITEMS, array, items, joined, name, packed, raw, unpacked, whole
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.tips import Tip, pack_tips, read_tips

VERSION: Final = 1
MOST_HEAD_BYTES: Final = 4 << 20
MOST_NEWEST: Final = 64
_FIELDS: Final = 8
_STREAM_FIELDS: Final = 6
_PACK: Final = struct.Struct(">QQ16s")


@dataclass(frozen=True, slots=True)
class PackTip:
    """A pack with segments of a stream: their first and last sequence number, and what its id begins with."""

    first: int
    last: int
    id: bytes


@dataclass(frozen=True, slots=True)
class StreamTip:
    """What the device has written to one stream of its own.

    `newest` are the first 16 bytes of the ids of its newest segments, up to 64, the very newest first: that
    of number `next_sequence - 1`. `last` is the whole id of the same.
    """

    stream: bytes
    compartment: bytes
    next_sequence: int
    last: bytes
    newest: tuple[bytes, ...] = ()
    packs: tuple[PackTip, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """`counter` grows with every head of the device; `key_log` are the ids of the newest entries it knows.

    `deposits` are the first 16 bytes of the ids of what it handed over as 預かり and nobody answered yet.
    """

    counter: int
    clock_ms: int
    app: str
    schema: int
    streams: tuple[StreamTip, ...] = ()
    tips: tuple[Tip, ...] = ()
    key_log: tuple[bytes, ...] = ()
    deposits: tuple[bytes, ...] = ()


def encode(head: Head) -> bytes:
    """The body. Raises ValueError for an id of another length, or more than any device reads."""
    body = packed(
        [
            VERSION,
            head.counter,
            head.clock_ms,
            head.app,
            head.schema,
            [_packed_stream(each) for each in head.streams],
            pack_tips(head.tips),
            joined(head.key_log, OBJECT_ID_BYTES),
            *([joined(head.deposits, NAME_ID_BYTES)] if head.deposits else []),
        ]
    )
    if len(body) > MOST_HEAD_BYTES or len(head.streams) > MOST_ITEMS:
        raise ValueError("a head beyond what any device reads")
    return body


def decode(body: bytes) -> Head:
    """A head. Raises MalformedObject, or NewerFormat for a body that only needs a newer program."""
    if len(body) > MOST_HEAD_BYTES:
        raise MalformedObject("more than such a body may hold")
    read = unpacked(body, 1)
    if whole(read[0]) > VERSION:
        raise NewerFormat("a head of a newer program")
    if read[0] != VERSION or len(read) < _FIELDS:
        raise MalformedObject("not a head")
    _, counter, clock_ms, app, schema, streams, tips, key_log = read[:_FIELDS]
    return Head(
        counter=whole(counter),
        clock_ms=whole(clock_ms),
        app=name(app),
        schema=whole(schema),
        streams=tuple(map(_stream, array(streams))),
        tips=read_tips(tips),
        key_log=items(key_log, OBJECT_ID_BYTES),
        deposits=items(read[_FIELDS], NAME_ID_BYTES) if len(read) > _FIELDS else (),
    )


def _packed_stream(tip: StreamTip) -> list[Any]:
    return [
        joined([tip.stream], ID_BYTES),
        joined([tip.compartment], ID_BYTES),
        tip.next_sequence,
        joined([tip.last], OBJECT_ID_BYTES),
        joined(tip.newest[:MOST_NEWEST], NAME_ID_BYTES),
        b"".join(_PACK.pack(each.first, each.last, joined([each.id], NAME_ID_BYTES)) for each in tip.packs),
    ]


def _stream(value: object) -> StreamTip:
    stream, compartment, next_sequence, last, newest, packs = array(value, _STREAM_FIELDS)[:_STREAM_FIELDS]
    tip = StreamTip(
        stream=raw(stream, ID_BYTES),
        compartment=raw(compartment, ID_BYTES),
        next_sequence=whole(next_sequence, MOST_SEQUENCE + 1),
        last=raw(last, OBJECT_ID_BYTES),
        newest=items(newest, NAME_ID_BYTES),
        packs=_packs(raw(packs)),
    )
    if len(tip.newest) > tip.next_sequence:
        raise MalformedObject("more segments than a stream has")
    return tip


def _packs(data: bytes) -> tuple[PackTip, ...]:
    if len(data) % _PACK.size:
        raise MalformedObject("not a binary of whole items")
    packs = tuple(PackTip(*read) for read in _PACK.iter_unpack(data))
    if any(not each.first <= each.last <= MOST_SEQUENCE for each in packs):
        raise MalformedObject("a pack that ends before it begins")
    return packs
