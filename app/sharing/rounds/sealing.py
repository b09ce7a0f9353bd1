"""What this device puts into the 置き場: entries, segments, packs and heads, sealed and signed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.sharing.membership.batch import Draft
from app.sharing.membership.epochs import EpochName
from app.sharing.membership.keys import PrivateKeys, RandomBytes
from app.sharing.objects import container, heads, segment
from app.sharing.objects.container import NO_OBJECT, SALT_BYTES, Header, ObjectType, SealedObject, parse
from app.sharing.objects.heads import Head
from app.sharing.objects.packs import Enclosed, Frame, framed, packing
from app.sharing.objects.segment import Changes, Segment
from app.sharing.objects.tips import Tip


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which stream a segment goes: its number, and the object before it."""

    stream: bytes
    sequence: int = 0
    previous: bytes = NO_OBJECT


@dataclass(frozen=True, slots=True)
class Program:
    """What made an object, as others are told."""

    app: str
    schema: int


class Sealer:
    """Seals in the name of one device of one vault; `keys` may be the root's for its own entries."""

    def __init__(
        self, vault: bytes, keys: PrivateKeys, program: Program, random_bytes: RandomBytes = os.urandom
    ) -> None:
        self._vault = vault
        self._keys = keys
        self.program = program
        self._random_bytes = random_bytes

    def entry(self, draft: Draft, roster_key: bytes) -> SealedObject:
        """A key-log entry under the roster epoch of its draft."""
        header = self._header(
            ObjectType.KEY_LOG_ENTRY, draft.author, epoch=draft.epoch, extensions=draft.extension
        )
        return self._sealed(header, draft.body, roster_key)

    def segment(
        self, changes: Changes, at: Place, epoch: EpochName, key: bytes, now_ms: int, tips: Sequence[Tip] = ()
    ) -> SealedObject:
        """A segment of changes. Raises SaveTooLarge."""
        body = segment.encode(Segment(now_ms, self.program.app, self.program.schema, changes, tuple(tips)))
        header = Header(
            ObjectType.SEGMENT,
            self._vault,
            self._keys.public.device_id,
            self._random_bytes(SALT_BYTES),
            at.stream,
            at.sequence,
            at.previous,
            epoch[1],
        )
        return self._sealed(header, body, key)

    def head(self, head: Head, epoch: bytes, roster_key: bytes) -> SealedObject:
        """The device's head."""
        header = self._header(ObjectType.HEAD, self._keys.public.device_id, epoch=epoch)
        return self._sealed(header, heads.encode(head), roster_key)

    def pack(self, segments: Sequence[bytes]) -> Frame:
        """What makes a pack of own segments."""
        return framed(self._header(ObjectType.PACK, self._keys.public.device_id), segments, self._keys.sign)

    def carrying(self, objects: Sequence[Enclosed]) -> Iterator[bytes]:
        """A carry file of objects, in pieces to be written one after the other."""
        header = self._header(ObjectType.CARRY_FILE, self._keys.public.device_id)
        return packing(header, objects, self._keys.sign)

    def join_request(self, request: bytes) -> SealedObject:
        """A request, whose bytes are sealed to the inviter already."""
        header = self._header(ObjectType.JOIN_REQUEST, self._keys.public.device_id)
        return parse(container.assemble(header, request, self._keys.sign), self._vault)

    def deposit(self, deposit: bytes) -> SealedObject:
        """A deposit, whose bytes are sealed to administrators already."""
        header = self._header(ObjectType.DEPOSIT, self._keys.public.device_id)
        return parse(container.assemble(header, deposit, self._keys.sign), self._vault)

    def _header(
        self, kind: ObjectType, device: bytes, *, epoch: bytes = container.NO_ID, extensions: bytes = b""
    ) -> Header:
        salt = self._random_bytes(SALT_BYTES)
        return Header(kind, self._vault, device, salt, epoch=epoch, extensions=extensions)

    def _sealed(self, header: Header, body: bytes, key: bytes) -> SealedObject:
        return parse(container.seal(header, body, key, self._keys.sign), self._vault)
