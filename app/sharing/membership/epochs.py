"""Epoch keys: 32 random bytes for one generation of one compartment, and how they are handed on.

An epoch is named by a hash of its key. The name commits to the key: whoever publishes an epoch cannot give
two people different keys under one name. Each new epoch carries the older keys of its compartment, sealed
under itself, so that a newcomer needs one wrap per compartment (design-sync 8.2).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sharing.membership import names
from app.sharing.membership.byte_fields import FieldReader, several, u32
from app.sharing.membership.keys import PrivateKeys, PublicKeys, RandomBytes
from app.sharing.membership.names import ID_BYTES, KEY_BYTES, digest
from app.sharing.membership.wraps import Wrap, unwrap, wrap

EpochName = tuple[bytes, bytes]
"""Compartment and epoch id."""

_SALT_BYTES: Final = 32
_ONE_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class EpochKey:
    """A key with what it is the key of."""

    vault: bytes
    compartment: bytes
    key: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """The 16 bytes that name the epoch and commit to its key."""
        return epoch_id(self.vault, self.compartment, self.key)

    @property
    def name(self) -> EpochName:
        """Compartment and epoch id."""
        return self.compartment, self.id


@dataclass(frozen=True, slots=True)
class OlderKeys:
    """Older epochs of a compartment by id, and their keys in this order, sealed under a newer one.

    The ids are readable by whoever reads the entry; they tell what a holder of the newer key can reach.
    """

    ids: tuple[bytes, ...]
    sealed: bytes = field(repr=False)

    def packed(self) -> bytes:
        """The keys as bytes: a count, the ids, and what is sealed with its length in four bytes."""
        return several(self.ids) + u32(len(self.sealed)) + self.sealed


NO_OLDER_KEYS: Final = OlderKeys((), b"")


def read_older_keys(fields: FieldReader) -> OlderKeys:
    """Read what `packed` gives. Raises MalformedObject."""
    ids = fields.several(fields.id, ID_BYTES)
    return OlderKeys(ids, fields.take(fields.u32()))


class KeyRing:
    """The epoch keys that a device holds of one vault. Kept by the encrypted store, and nowhere else."""

    def __init__(self, vault: bytes, keys: Mapping[EpochName, bytes] | None = None) -> None:
        """Begin with keys that were opened before."""
        self.vault = vault
        self._keys = dict(keys or {})
        self._compartments = {epoch: compartment for compartment, epoch in self._keys}
        self._by_compartment: dict[bytes, list[bytes]] = {}
        for compartment, epoch in self._keys:
            self._by_compartment.setdefault(compartment, []).append(epoch)

    def key(self, compartment: bytes, epoch: bytes) -> bytes | None:
        """The 32 bytes of an epoch, or None where this device was not given it."""
        return self._keys.get((compartment, epoch))

    def epochs_of(self, compartment: bytes) -> frozenset[bytes]:
        """The ids of the epochs of a compartment that this device can read."""
        return frozenset(self._by_compartment.get(compartment, ()))

    def keys_of(self, compartment: bytes) -> list[EpochKey]:
        """Every key of a compartment."""
        epochs = self._by_compartment.get(compartment, ())
        return [EpochKey(self.vault, compartment, self._keys[compartment, epoch]) for epoch in epochs]

    def compartment_of(self, epoch: bytes) -> bytes | None:
        """The compartment that an epoch in an object's header belongs to, if its key is held."""
        return self._compartments.get(epoch)

    def all(self) -> Mapping[EpochName, bytes]:
        """Everything held, for the store."""
        return self._keys

    def add(self, compartment: bytes, epoch: bytes, key: bytes) -> bool:
        """Keep a key if it is the one its epoch is named for; whether the ring has grown."""
        name = (compartment, epoch)
        if name in self._keys or epoch_id(self.vault, compartment, key) != epoch:
            return False
        self._keys[name] = key
        self._compartments[epoch] = compartment
        self._by_compartment.setdefault(compartment, []).append(epoch)
        return True


def epoch_id(vault: bytes, compartment: bytes, key: bytes) -> bytes:
    """The name of the epoch with this key."""
    return digest(names.EPOCH_ID, vault, compartment, key)[:ID_BYTES]


def new_epoch_key(vault: bytes, compartment: bytes, random_bytes: RandomBytes = os.urandom) -> EpochKey:
    """The next generation of a compartment; its number is nowhere."""
    return EpochKey(vault, compartment, random_bytes(KEY_BYTES))


def wrap_epoch(epoch: EpochKey, to: PublicKeys, recipient: bytes) -> Wrap:
    """The epoch's key for one device or root. Raises BadRecipient."""
    return wrap(epoch.key, to, recipient, _info(epoch.vault, epoch.name, recipient))


def unwrap_epoch(vault: bytes, name: EpochName, found: Wrap, keys: PrivateKeys) -> bytes | None:
    """The key in a wrap, or None when it does not open. Whether it is the epoch's, `KeyRing.add` tells."""
    return unwrap(found, keys, _info(vault, name, found.recipient))


def seal_older(
    epoch: EpochKey, older: Iterable[EpochKey], random_bytes: RandomBytes = os.urandom
) -> OlderKeys:
    """Older keys of the same compartment, for whoever holds the newer epoch."""
    in_order = sorted(older, key=lambda each: each.id)
    if not in_order:
        return NO_OLDER_KEYS
    ids = tuple(each.id for each in in_order)
    salt = random_bytes(_SALT_BYTES)
    plain = b"".join(each.key for each in in_order)
    cipher = ChaCha20Poly1305(_carrying_key(epoch.key, salt))
    return OlderKeys(ids, salt + cipher.encrypt(_ONE_NONCE, plain, _carried(epoch.vault, epoch.name, ids)))


def open_older(epoch: EpochKey, older: OlderKeys) -> Mapping[bytes, bytes]:
    """The keys by epoch id; empty when they do not open."""
    salt, sealed = older.sealed[:_SALT_BYTES], older.sealed[_SALT_BYTES:]
    cipher = ChaCha20Poly1305(_carrying_key(epoch.key, salt))
    try:
        plain = cipher.decrypt(_ONE_NONCE, sealed, _carried(epoch.vault, epoch.name, older.ids))
    except InvalidTag:
        return {}
    if len(plain) != KEY_BYTES * len(older.ids):
        return {}
    return {each: plain[at * KEY_BYTES : (at + 1) * KEY_BYTES] for at, each in enumerate(older.ids)}


def _info(vault: bytes, name: EpochName, recipient: bytes) -> bytes:
    return names.WRAP + vault + name[0] + name[1] + recipient


def _carrying_key(key: bytes, salt: bytes) -> bytes:
    """A key used once: its salt is fresh, so the nonce may be fixed."""
    return HKDF(SHA256(), KEY_BYTES, salt, names.OLDER_KEYS).derive(key)


def _carried(vault: bytes, name: EpochName, ids: tuple[bytes, ...]) -> bytes:
    return names.OLDER_KEYS + vault + name[0] + name[1] + b"".join(ids)
