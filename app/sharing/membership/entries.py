"""Entries of the key log: body and header extension as plain bytes, sealed and signed by others.

An entry is known by the id of the object that holds it. Its body is `u8 version || u64 time || parents ||
acts`, the last two a count and its items. The extension of its header holds wraps of the roster epoch that
the body is sealed under, for devices that were not given it yet: a newcomer reads nothing else at first
(design-sync 6.3; byte by byte in build_spec/specification/key-log.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.sharing.membership.act_bytes import LEAST_ACT_BYTES, packed, read_act
from app.sharing.membership.acts import Act, Add, EndorseRoot, NewEpoch, ShareEpoch
from app.sharing.membership.byte_fields import FieldReader, exactly, several, u32, u64
from app.sharing.membership.epochs import EpochName
from app.sharing.membership.names import ID_BYTES, OBJECT_ID_BYTES, ROSTER
from app.sharing.membership.wraps import LEAST_WRAP_BYTES, Wrap, read_wrap
from app.sharing.objects.malformed import MalformedObject, NewerFormat

VERSION: Final = 1
MOST_BODY_BYTES: Final = 16 << 20
"""New keys for 100 companies and 100 devices take 12 MiB."""
MOST_EXTENSION_BYTES: Final = 0xFFFF - 168
"""What is left of the longest header of a container."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. `epoch` is the roster epoch that its body was sealed under.

    `time_ms` is when its author says it was written, since 1970, UTC: to be shown, never to judge by.
    """

    id: bytes
    author: bytes
    epoch: bytes
    parents: tuple[bytes, ...]
    acts: tuple[Act, ...]
    time_ms: int = 0
    roster_wraps: tuple[Wrap, ...] = ()

    def wraps(self) -> Iterator[tuple[EpochName, Wrap]]:
        """Every wrap in the entry, with the epoch whose key it holds."""
        for found in self.roster_wraps:
            yield (ROSTER, self.epoch), found
        for act in self.acts:
            if isinstance(act, NewEpoch | ShareEpoch):
                yield from ((act.epoch_name, found) for found in act.wraps)


def body_of(time_ms: int, parents: Sequence[bytes], acts: Sequence[Act]) -> bytes:
    """The bytes to be sealed."""
    exactly(OBJECT_ID_BYTES, parents)
    start = bytes((VERSION,)) + u64(time_ms)
    body = start + several(sorted(parents)) + several([packed(act) for act in acts])
    if len(body) > MOST_BODY_BYTES:
        raise ValueError("more acts than one entry holds")
    return body


def extension_of(wraps: Sequence[Wrap]) -> bytes:
    """The bytes for the header's extension; empty if nobody needs one."""
    if not wraps:
        return b""
    wrapped = several([each.packed() for each in wraps])
    return bytes((VERSION,)) + u32(len(wrapped)) + wrapped


def read_extension(extension: bytes) -> tuple[Wrap, ...]:
    """The wraps of the header's roster epoch, readable before the body is. Raises MalformedObject."""
    if not extension:
        return ()
    fields = FieldReader(extension, MOST_EXTENSION_BYTES)
    _check_version(fields)
    length = fields.u32()
    fields = FieldReader(fields.take(length), length)
    return fields.several(lambda: read_wrap(fields), LEAST_WRAP_BYTES)


def read_entry(entry_id: bytes, author: bytes, epoch: bytes, body: bytes, extension: bytes = b"") -> Entry:
    """An entry of its object's id, author and epoch, and of its bytes. Raises MalformedObject."""
    if len(entry_id) != OBJECT_ID_BYTES or len(author) != ID_BYTES or len(epoch) != ID_BYTES:
        raise MalformedObject("not an id")
    fields = FieldReader(body, MOST_BODY_BYTES)
    _check_version(fields)
    time_ms = fields.u64()
    parents = fields.several(fields.object_id, OBJECT_ID_BYTES)
    acts = fields.several(lambda: read_act(fields), LEAST_ACT_BYTES)
    return Entry(entry_id, author, epoch, parents, acts, time_ms, read_extension(extension))


def author_keys(entries: Iterable[Entry]) -> Mapping[bytes, bytes]:
    """Ed25519 public keys by id of device or later root, to check signatures with.

    Taken from every entry, valid or not: an id follows from its keys, so no entry can name wrong ones.
    """
    keys: dict[bytes, bytes] = {}
    for entry in entries:
        for act in entry.acts:
            if isinstance(act, Add):
                keys[act.device] = act.public.signing
            elif isinstance(act, EndorseRoot):
                keys[act.public.root_id] = act.public.signing
    return keys


def _check_version(fields: FieldReader) -> None:
    version = fields.u8()
    if version != VERSION:
        raise (NewerFormat if version > VERSION else MalformedObject)("of another version")
