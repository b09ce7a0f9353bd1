"""A team of devices in memory with real keys: each holds what has reached it, and reads what it can."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.sharing.membership.acts import Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Desk, Newcomer
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.founding import found_team
from app.sharing.membership.key_log import KeyLog
from app.sharing.membership.keys import PrivateKeys, PublicKeys, new_device_keys, root_keys
from app.sharing.membership.names import ROSTER
from app.sharing.membership.sealing import sealing_epoch
from app.sharing.membership.state import Membership
from app.sharing.objects.malformed import MalformedObject

VAULT = b"vault of a test."
NOW_MS = 1_780_000_000_000
SEED = bytes(range(32))


@dataclass(frozen=True)
class Sealed:
    """An entry as it lies in the 置き場: a stand-in for the container, encrypted and signed in earnest."""

    id: bytes
    author: bytes
    epoch: bytes
    extension: bytes
    sealed: bytes
    signature: bytes

    def is_signed_by(self, key: bytes) -> bool:
        return PublicKeys(key, b"").has_signed(self.signature, b"osy1 test" + self.id)

    def body(self, epoch_key: bytes) -> bytes:
        try:
            bound = self.author + self.epoch + self.extension
            return ChaCha20Poly1305(epoch_key).decrypt(bytes(12), self.sealed, bound)
        except InvalidTag:
            raise MalformedObject("does not open") from None


def seal(draft: Draft, epoch_key: bytes, keys: PrivateKeys) -> Sealed:
    bound = draft.author + draft.epoch + draft.extension
    sealed = ChaCha20Poly1305(epoch_key).encrypt(bytes(12), draft.body, bound)
    object_id = sha256(bound + sealed).digest()
    signature = keys.sign(b"osy1 test" + object_id)
    return Sealed(object_id, draft.author, draft.epoch, draft.extension, sealed, signature)


@dataclass
class Station:
    """One device, or the root with its sheet in hand."""

    id: bytes
    keys: PrivateKeys
    root: PublicKeys
    random_bytes: Callable[[int], bytes]

    def __post_init__(self) -> None:
        self.ring = KeyRing(VAULT)
        self.log = KeyLog(self.root, self.ring, self.id, self.keys)

    @property
    def state(self) -> Membership:
        return self.log.state

    @property
    def desk(self) -> Desk:
        return Desk(self.state, self.ring, self.id, NOW_MS, self.random_bytes)

    def can_seal(self, compartment: bytes) -> bool:
        """Whether it may seal changes now, with a key that it holds."""
        epoch = sealing_epoch(self.state, compartment)
        return epoch is not None and self.ring.key(*epoch.name) is not None

    def holds_all(self, compartment: bytes) -> bool:
        """Whether it can read all that was ever sealed in the compartment."""
        known = {epoch for held, epoch in self.state.epochs if held == compartment}
        return known <= self.ring.epochs_of(compartment)


class Team:
    """A vault with its storage, a root, and a first administrator."""

    def __init__(self, seed: int = 0) -> None:
        self.rng = random.Random(seed)
        sheet = root_keys(SEED)
        self.root = Station(sheet.public.root_id, sheet, sheet.public, self.rng.randbytes)
        self.storage: list[Sealed] = []
        keys = new_device_keys(self.rng.randbytes)
        self.first = self._station(keys)
        draft = found_team(VAULT, self.root.root, self.newcomer(keys, "佐藤"), NOW_MS, self.rng.randbytes)
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
        epoch_key = author.ring.key(ROSTER, draft.epoch)
        assert epoch_key is not None
        sealed = seal(draft, epoch_key, author.keys)
        self.storage.append(sealed)
        author.log.receive([sealed])
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
            each.log.receive(self.storage)

    def act(self, author: Station, draft: Draft | None, *others: Station) -> Sealed:
        """Publish, and let the author and others read everything."""
        sealed = self.publish(author, draft)
        self.sync(author, *others)
        return sealed

    def _station(self, keys: PrivateKeys) -> Station:
        return Station(keys.public.device_id, keys, self.root.root, self.rng.randbytes)
