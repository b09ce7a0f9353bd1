"""The keys of a device and of the team's root: Ed25519 to sign, X25519 and ML-KEM-768 to receive.

A device is named by its public keys, so an id cannot be used again with other keys, and whoever has an
entry that admits a device can check that device's signatures without trusting the entry. The root's private
keys exist only while the 32 bytes of the recovery sheet are in hand (design-sync 8.2).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sharing.membership import names
from app.sharing.membership.names import ID_BYTES, KEY_BYTES, digest
from app.sharing.objects.malformed import MalformedObject

SUITE_X25519: Final = 1
SUITE_HYBRID: Final = 2
"""ML-KEM-768 with X25519."""
SEED_BYTES: Final = 32
"""Of the recovery sheet: 24 words."""
SIGNATURE_BYTES: Final = 64
ML_KEM_PUBLIC_BYTES: Final = 1184
ML_KEM_SEED_BYTES: Final = 64
PLAIN_PUBLIC_BYTES: Final = 2 * KEY_BYTES
HYBRID_PUBLIC_BYTES: Final = PLAIN_PUBLIC_BYTES + ML_KEM_PUBLIC_BYTES
PRIVATE_BYTES: Final = 2 * KEY_BYTES + ML_KEM_SEED_BYTES

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True)
class PublicKeys:
    """What everybody may know of a device or root. `ml_kem` is empty where it has no such key."""

    signing: bytes
    x25519: bytes
    ml_kem: bytes = b""

    @cached_property
    def raw(self) -> bytes:
        """Ed25519, X25519, ML-KEM-768: 64 or 1248 bytes."""
        return self.signing + self.x25519 + self.ml_kem

    @classmethod
    def from_raw(cls, raw: bytes) -> Self:
        """Read what `raw` gives. Raises MalformedObject. Whether points lie on curves shows at first use."""
        if len(raw) not in {PLAIN_PUBLIC_BYTES, HYBRID_PUBLIC_BYTES}:
            raise MalformedObject("not public keys")
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:PLAIN_PUBLIC_BYTES], raw[PLAIN_PUBLIC_BYTES:])

    @property
    def hpke_keys(self) -> tuple[tuple[int, bytes], ...]:
        """The keys to wrap to, by suite, as a vault file lists them; that of suite 2 is both in one."""
        plain = (SUITE_X25519, self.x25519)
        return (plain, (SUITE_HYBRID, self.ml_kem + self.x25519)) if self.ml_kem else (plain,)

    @classmethod
    def from_hpke_keys(cls, signing: bytes, keys: Iterable[tuple[int, bytes]]) -> Self:
        """Read what `hpke_keys` gives; keys of unknown suites are left out. Raises MalformedObject."""
        by_suite = dict(keys)
        x25519, hybrid = by_suite.get(SUITE_X25519, b""), by_suite.get(SUITE_HYBRID, b"")
        if hybrid and hybrid[ML_KEM_PUBLIC_BYTES:] != x25519:
            raise MalformedObject("keys that contradict each other")
        return cls.from_raw(signing + x25519 + hybrid[:ML_KEM_PUBLIC_BYTES])

    @cached_property
    def device_id(self) -> bytes:
        """The 16 bytes that name the device with these keys."""
        return digest(names.DEVICE_ID, self.raw)[:ID_BYTES]

    @cached_property
    def root_fingerprint(self) -> bytes:
        """The 32 bytes that name the root with these keys in vault files and invitations."""
        return digest(names.ROOT_ID, self.raw)

    @property
    def root_id(self) -> bytes:
        """The root as author of entries and recipient of wraps."""
        return self.root_fingerprint[:ID_BYTES]

    def has_signed(self, signature: bytes, signed: bytes) -> bool:
        """Whether the holder of these keys made the signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class PrivateKeys:
    """What a device or root keeps to itself: two keys of 32 bytes and the seed of an ML-KEM-768 key."""

    signing: bytes = field(repr=False)
    x25519: bytes = field(repr=False)
    ml_kem_seed: bytes = field(repr=False)

    @property
    def raw(self) -> bytes:
        """Ed25519, X25519, ML-KEM-768 seed: 128 bytes, for the encrypted store only."""
        return self.signing + self.x25519 + self.ml_kem_seed

    @classmethod
    def from_raw(cls, raw: bytes) -> Self:
        """Read what `raw` gives. Raises MalformedObject."""
        if len(raw) != PRIVATE_BYTES:
            raise MalformedObject("not private keys")
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES : 2 * KEY_BYTES], raw[2 * KEY_BYTES :])

    @cached_property
    def x25519_key(self) -> X25519PrivateKey:
        """The key that opens wraps of suite 1, and half of that for suite 2."""
        return X25519PrivateKey.from_private_bytes(self.x25519)

    @cached_property
    def ml_kem_key(self) -> MLKEM768PrivateKey:
        """The other half of the key for suite 2."""
        return MLKEM768PrivateKey.from_seed_bytes(self.ml_kem_seed)

    @cached_property
    def public(self) -> PublicKeys:
        """The keys that others may know."""
        return PublicKeys(
            Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
            self.x25519_key.public_key().public_bytes_raw(),
            self.ml_kem_key.public_key().public_bytes_raw(),
        )

    def sign(self, signed: bytes) -> bytes:
        """An Ed25519 signature. What is signed must begin with a context string of its own."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(signed)


def new_device_keys(random_bytes: RandomBytes = os.urandom) -> PrivateKeys:
    """Fresh keys: for a new device, also when a person comes back with the old laptop."""
    return PrivateKeys.from_raw(random_bytes(PRIVATE_BYTES))


def root_keys(seed: bytes) -> PrivateKeys:
    """The root's keys of the 32 bytes on the recovery sheet: HKDF-SHA-256 (RFC 5869), one info per key."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a recovery sheet spells {SEED_BYTES} bytes")
    return PrivateKeys(
        _derived(seed, names.ROOT_SIGNING, KEY_BYTES),
        _derived(seed, names.ROOT_X25519, KEY_BYTES),
        _derived(seed, names.ROOT_ML_KEM, ML_KEM_SEED_BYTES),
    )


def _derived(seed: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=info).derive(seed)
