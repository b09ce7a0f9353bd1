"""The key log as a device holds it: opened, proven, and judged, as far as its keys reach.

A newcomer meets the log in an odd order: the entry that admits it has the one key it can open, and only the
older entries that this key leads to prove who wrote it. So keys are taken from whatever opens, and an entry
counts from the moment its signature holds. That is safe: a key is what its epoch is named for, and a device
what its id is made of, whoever says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.sharing.membership import opening
from app.sharing.membership.entries import Entry, author_keys, read_entry
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.membership.names import ROSTER
from app.sharing.membership.state import Membership
from app.sharing.objects.malformed import MalformedObject


class SealedEntry(Protocol):
    """An entry as it lies in the 置き場: whole by its own account, opened and proven by its container."""

    @property
    def id(self) -> bytes:
        """The object's id, 32 bytes."""

    @property
    def author(self) -> bytes:
        """The device or root that the header names."""

    @property
    def epoch(self) -> bytes:
        """The roster epoch under which the body is sealed."""

    @property
    def extension(self) -> bytes:
        """The extension of the header, readable without a key."""

    def is_signed_by(self, key: bytes) -> bool:
        """Whether the holder of this Ed25519 public key sealed the object."""

    def body(self, epoch_key: bytes) -> bytes:
        """The body. Raises MalformedObject."""


class KeyLog:
    """Everything of the key log that has reached one device. It grows, and forgets nothing but damage."""

    def __init__(
        self,
        root: PublicKeys,
        ring: KeyRing,
        own_id: bytes,
        keys: PrivateKeys,
        proven: Iterable[Entry] = (),
    ) -> None:
        """Begin with the root that the vault file names and entries whose signatures held before."""
        self.ring = ring
        self._root = root
        self._own_id = own_id
        self._keys = keys
        self._proven = {entry.id: entry for entry in proven}
        self._sealed: dict[bytes, SealedEntry] = {}
        self._opened: dict[bytes, Entry] = {}
        self._damaged: set[bytes] = set()
        self._state: Membership | None = None

    def receive(self, sealed: Iterable[SealedEntry]) -> bool:
        """Take entries in, in any order and as often as they come; whether more of the log is known now."""
        for each in sealed:
            if each.id not in self._proven and each.id not in self._damaged:
                self._sealed[each.id] = each
                self._look_at_header(each)
        while self._open_bodies():
            opening.open_wraps(self.ring, self._own_id, self._keys, self._all_opened())
        return self._prove()

    @property
    def state(self) -> Membership:
        """The team, as the proven entries make it."""
        if self._state is None:
            self._state = evaluate(self._proven.values(), self._root)
        return self._state

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Entries whose signatures hold, for the store to keep."""
        return tuple(self._proven.values())

    @property
    def unread(self) -> frozenset[bytes]:
        """Ids of entries that this device has no key for, or whose author it does not know yet."""
        return frozenset(self._sealed)

    @property
    def damaged(self) -> frozenset[bytes]:
        """Ids of entries that are none, or that their author has not signed."""
        return frozenset(self._damaged)

    def _all_opened(self) -> tuple[Entry, ...]:
        return (*self._proven.values(), *self._opened.values())

    def _look_at_header(self, sealed: SealedEntry) -> None:
        try:
            opening.open_extension(self.ring, self._own_id, self._keys, sealed.epoch, sealed.extension)
        except MalformedObject:
            self._drop(sealed.id)

    def _open_bodies(self) -> bool:
        """Read what the ring opens and nobody has read; whether there was any."""
        found = False
        for sealed in list(self._sealed.values()):
            key = self.ring.key(ROSTER, sealed.epoch)
            if key is not None and sealed.id not in self._opened:
                found |= self._open_body(sealed, key)
        return found

    def _open_body(self, sealed: SealedEntry, key: bytes) -> bool:
        try:
            self._opened[sealed.id] = read_entry(
                sealed.id, sealed.author, sealed.epoch, sealed.body(key), sealed.extension
            )
        except MalformedObject:
            self._drop(sealed.id)
            return False
        return True

    def _prove(self) -> bool:
        """Check the signatures of opened entries whose authors are known; whether any holds."""
        keys = {self._root.root_id: self._root.signing, **author_keys(self._all_opened())}
        found = False
        for entry in list(self._opened.values()):
            if entry.author not in keys:
                continue
            if self._sealed[entry.id].is_signed_by(keys[entry.author]):
                self._proven[entry.id] = entry
                self._forget(entry.id)
                self._state = None
                found = True
            else:
                self._drop(entry.id)
        return found

    def _drop(self, entry: bytes) -> None:
        self._damaged.add(entry)
        self._forget(entry)

    def _forget(self, entry: bytes) -> None:
        self._sealed.pop(entry, None)
        self._opened.pop(entry, None)
