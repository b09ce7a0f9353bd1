"""A team of devices in memory with real keys: each holds what has reached it, and reads what it can."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from app.sharing.membership import opening
from app.sharing.membership.acts import Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Desk, Newcomer
from app.sharing.membership.entries import Entry, read_entry
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.founding import found_team
from app.sharing.membership.keys import PrivateKeys, PublicKeys, new_device_keys, root_keys
from app.sharing.membership.names import ROSTER
from app.sharing.membership.sealing import sealing_epoch
from app.sharing.membership.state import Membership

VAULT = b"vault of a test."
SEED = bytes(range(32))


@dataclass(frozen=True)
class Sealed:
    """An entry as it lies in the 置き場. Whoever lacks the epoch's key looks at the header only."""

    id: bytes
    draft: Draft


@dataclass
class Station:
    """One device, or the root with its sheet in hand."""

    id: bytes
    keys: PrivateKeys
    root: PublicKeys
    random_bytes: Callable[[int], bytes]
    received: dict[bytes, Sealed] = field(default_factory=dict)
    entries: dict[bytes, Entry] = field(default_factory=dict)
    ring: KeyRing = field(default_factory=lambda: KeyRing(VAULT))

    @property
    def state(self) -> Membership:
        return evaluate(self.entries.values(), self.root)

    @property
    def desk(self) -> Desk:
        return Desk(self.state, self.ring, self.id, self.random_bytes)

    def receive(self, objects: Iterable[Sealed]) -> None:
        self.received.update({each.id: each for each in objects})
        while self._read_what_opens():
            pass

    def can_seal(self, compartment: bytes) -> bool:
        """Whether it may seal changes now, with a key that it holds."""
        epoch = sealing_epoch(self.state, compartment)
        return epoch is not None and self.ring.key(*epoch.name) is not None

    def holds_all(self, compartment: bytes) -> bool:
        """Whether it can read all that was ever sealed in the compartment."""
        known = {epoch for held, epoch in self.state.epochs if held == compartment}
        return known <= self.ring.epochs_of(compartment)

    def _read_what_opens(self) -> bool:
        grown = False
        for each in self.received.values():
            if each.id in self.entries:
                continue
            draft = each.draft
            opening.open_extension(self.ring, self.id, self.keys, draft.epoch, draft.extension)
            if self.ring.key(ROSTER, draft.epoch) is not None:
                entry = read_entry(each.id, draft.author, draft.epoch, draft.body, draft.extension)
                self.entries[each.id] = entry
                grown = True
        opening.open_wraps(self.ring, self.id, self.keys, self.entries.values())
        return grown


class Team:
    """A vault with its storage, a root, and a first administrator."""

    def __init__(self, seed: int = 0) -> None:
        self.rng = random.Random(seed)
        self.root = Station(b"", root_keys(SEED), root_keys(SEED).public, self.rng.randbytes)
        self.root.id = self.root.keys.public.root_id
        self.storage: list[Sealed] = []
        keys = new_device_keys(self.rng.randbytes)
        self.first = self._station(keys)
        draft = found_team(VAULT, self.root.root, self.newcomer(keys, "佐藤"), self.rng.randbytes)
        self.publish(self.root, draft)
        self.sync(self.first)

    def newcomer(self, keys: PrivateKeys, name: str, user: bytes | None = None) -> Newcomer:
        return Newcomer(keys.public, user or self.user(name), name)

    @staticmethod
    def user(name: str) -> bytes:
        return sha256(name.encode()).digest()[:16]

    def publish(self, author: Station, draft: Draft | None) -> Sealed:
        assert draft is not None
        assert draft.author == author.id
        for key in draft.keys:
            author.ring.add(key.compartment, key.id, key.key)
        object_id = sha256(draft.author + draft.epoch + draft.body + draft.extension).digest()
        sealed = Sealed(object_id, draft)
        self.storage.append(sealed)
        author.receive([sealed])
        return sealed

    def join(
        self, name: str, role: Role = Role.MEMBER, by: Station | None = None, companies: Iterable[bytes] = ()
    ) -> Station:
        """A new device of a person, synchronised."""
        inviter = by or self.first
        keys = new_device_keys(self.rng.randbytes)
        self.sync(inviter)
        self.publish(inviter, inviter.desk.approve(self.newcomer(keys, name), role, companies))
        station = self._station(keys)
        self.sync(station, inviter)
        return station

    def sync(self, *stations: Station) -> None:
        for each in stations:
            each.receive(self.storage)

    def act(self, author: Station, draft: Draft | None, *others: Station) -> Sealed:
        """Publish, and let the author and others read everything."""
        sealed = self.publish(author, draft)
        self.sync(author, *others)
        return sealed

    def _station(self, keys: PrivateKeys) -> Station:
        return Station(keys.public.device_id, keys, self.root.root, self.rng.randbytes)
