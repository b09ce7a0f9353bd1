"""Sealed key-log entries as the key log takes them, and what a device makes of all that it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.sharing.membership import key_log
from app.sharing.membership.entries import MOST_BODY_BYTES, Entry, author_keys
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.membership.state import Membership
from app.sharing.objects.container import SealedObject
from app.sharing.objects.malformed import MalformedObject


@dataclass(frozen=True, slots=True)
class KeyLog:
    """Proven entries, what they make of the team, and the Ed25519 keys of everybody they name."""

    entries: Mapping[bytes, Entry]
    membership: Membership
    signers: Mapping[bytes, bytes]


NOTHING_READ: Final[Mapping[bytes, Entry]] = {}


@dataclass(frozen=True, slots=True)
class EntryObject:
    """An entry in its container. `was_proven`: its author was proven before, and is not asked again."""

    sealed: SealedObject
    was_proven: bool

    @property
    def id(self) -> bytes:
        """The object's id."""
        return self.sealed.id

    @property
    def author(self) -> bytes:
        """The device or root that the header names."""
        return self.sealed.header.device

    @property
    def epoch(self) -> bytes:
        """The roster epoch under which the body is sealed."""
        return self.sealed.header.epoch

    @property
    def extension(self) -> bytes:
        """The extension of the header."""
        return self.sealed.header.extensions

    def is_signed_by(self, key: bytes) -> bool:
        """Whether the holder of this key sealed the object."""
        try:
            if not self.was_proven:
                self.sealed.check_signature(key)
        except MalformedObject:
            return False
        return True

    def body(self, epoch_key: bytes) -> bytes:
        """The body. Raises MalformedObject."""
        return self.sealed.open_body(epoch_key, MOST_BODY_BYTES)


def read_key_log(
    objects: Iterable[SealedObject],
    ring: KeyRing,
    keys: PrivateKeys,
    root: PublicKeys,
    proven: Collection[bytes] = (),
    own_id: bytes = b"",
    read: Mapping[bytes, Entry] = NOTHING_READ,
) -> KeyLog:
    """Open whatever opens with the ring, which grows by every key found on the way.

    `proven` are ids of objects whose author was proven before; `read` are entries that were opened and proven
    before, of objects that need not be given again. `own_id` is whose keys these are: a root's when a sheet
    opens the log, else the device's that the keys make.
    """
    log = key_log.KeyLog(root, ring, own_id or keys.public.device_id, keys, read.values())
    log.receive(EntryObject(each, each.id in proven) for each in objects)
    signers = {root.root_id: root.signing, **author_keys(log.entries)}
    return KeyLog({entry.id: entry for entry in log.entries}, log.state, signers)
