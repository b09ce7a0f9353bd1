"""A store's key and the slots that wrap it: secrets in, bytes of `store.keys.json` out; no files here.

The store key is never written. Each slot wraps it with AES-256-GCM under a key of its own, bound to the
store's id and the slot's type, so that any one secret opens the store: the passphrase, the 24 words, or
the bytes that the system's key ring keeps. Format and reasons: build_spec/decisions/040-store-keys.md.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.wrapping_keys import PASSPHRASE_COST, Argon2Cost, derived_key, passphrase_key
from app.errors import KeyFileDamaged

STORE_KEY_BYTES: Final = 48
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = STORE_KEY_BYTES + 16

RandomBytes = Callable[[int], bytes]


class SlotType(StrEnum):
    """What opens a slot. The codes are in every key file and in what the slots are bound to."""

    PASSPHRASE = "passphrase"  # noqa: S105 (the name of a kind, not a secret)
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class StoreKey:
    """What opens a store file: 32 bytes of key and 16 of salt, kept out of every `repr`."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != STORE_KEY_BYTES:
            raise ValueError(f"a store key has {STORE_KEY_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Slot:
    """The store key, wrapped for one secret. `cost` is set for the passphrase only."""

    type: SlotType
    salt: bytes
    nonce: bytes
    wrapped: bytes
    cost: Argon2Cost | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All that is written about a store's key.

    `check` proves a key, and with it that `is_practice` is what the store was made with: no store changes
    from one kind to the other.
    """

    store_id: str
    is_practice: bool
    check: bytes
    slots: tuple[Slot, ...]

    def __post_init__(self) -> None:
        types = [slot.type for slot in self.slots]
        if len(types) != len(set(types)):
            raise ValueError("a key file has one slot of each type")
        if not set(types) - {SlotType.KEYRING}:
            raise ValueError("a key file keeps a slot that does not hang on the key ring")

    def slot(self, wanted: SlotType) -> Slot | None:
        """The slot of that type, if there is one."""
        return next((slot for slot in self.slots if slot.type == wanted), None)

    def with_slot(self, new: Slot) -> KeyFile:
        """The same file with `new` in the place of the slot of its type."""
        return replace(self, slots=(*(slot for slot in self.slots if slot.type != new.type), new))

    def without_keyring(self) -> KeyFile:
        """The same file without the key ring's slot. The other slots can only be replaced, never removed."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.type != SlotType.KEYRING))


class SlotWriter:
    """Makes the slots of one store. `cost` and `random_bytes` are set by tests only."""

    def __init__(
        self,
        store_id: str,
        key: StoreKey,
        *,
        cost: Argon2Cost = PASSPHRASE_COST,
        random_bytes: RandomBytes = os.urandom,
    ) -> None:
        self._store_id = store_id
        self._key = key
        self._cost = cost
        self._random_bytes = random_bytes

    def for_passphrase(self, passphrase: str) -> Slot:
        """A slot that the passphrase opens."""
        salt = self._random_bytes(SALT_BYTES)
        wrapping = passphrase_key(passphrase, salt, self._cost)
        return self._wrap(SlotType.PASSPHRASE, salt, wrapping, self._cost)

    def for_words(self, entropy: bytes) -> Slot:
        """A slot that the 32 bytes spelled by the 24 words open."""
        return self._for_random_secret(SlotType.RECOVERY, entropy)

    def for_keyring(self, secret: bytes) -> Slot:
        """A slot that the 32 bytes in the system's key ring open."""
        return self._for_random_secret(SlotType.KEYRING, secret)

    def _for_random_secret(self, slot_type: SlotType, secret: bytes) -> Slot:
        salt = self._random_bytes(SALT_BYTES)
        return self._wrap(slot_type, salt, derived_key(secret, salt, slot_type), None)

    def _wrap(self, slot_type: SlotType, salt: bytes, wrapping: bytes, cost: Argon2Cost | None) -> Slot:
        nonce = self._random_bytes(NONCE_BYTES)
        wrapped = AESGCM(wrapping).encrypt(nonce, self._key.raw, _bound(self._store_id, slot_type))
        return Slot(slot_type, salt, nonce, wrapped, cost)


def check_value(key: StoreKey, *, is_practice: bool) -> bytes:
    """What proves the key and the kind of its store."""
    return hmac.digest(key.raw, b"check practice" if is_practice else b"check", sha256)


def open_with_passphrase(file: KeyFile, passphrase: str) -> StoreKey | None:
    """The store key, or None when the passphrase does not open its slot. Raises KeyFileDamaged."""
    slot = file.slot(SlotType.PASSPHRASE)
    if slot is None or slot.cost is None:
        return None
    return _unwrap(file, slot, passphrase_key(passphrase, slot.salt, slot.cost))


def open_with_words(file: KeyFile, entropy: bytes) -> StoreKey | None:
    """The store key, or None when the words do not open their slot. Raises KeyFileDamaged."""
    return _open_with_random_secret(file, SlotType.RECOVERY, entropy)


def open_with_keyring(file: KeyFile, secret: bytes) -> StoreKey | None:
    """The store key, or None when the key ring's bytes do not open their slot. Raises KeyFileDamaged."""
    return _open_with_random_secret(file, SlotType.KEYRING, secret)


def _open_with_random_secret(file: KeyFile, slot_type: SlotType, secret: bytes) -> StoreKey | None:
    slot = file.slot(slot_type)
    return _unwrap(file, slot, derived_key(secret, slot.salt, slot_type)) if slot else None


def _unwrap(file: KeyFile, slot: Slot, wrapping: bytes) -> StoreKey | None:
    try:
        raw = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound(file.store_id, slot.type))
    except InvalidTag:
        return None
    key = StoreKey(raw)
    if not hmac.compare_digest(check_value(key, is_practice=file.is_practice), file.check):
        raise KeyFileDamaged
    return key


def _bound(store_id: str, slot_type: SlotType) -> bytes:
    return f"{store_id}{slot_type}".encode()
