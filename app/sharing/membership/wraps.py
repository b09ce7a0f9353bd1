"""Keys wrapped to one recipient: HPKE (RFC 9180), base mode, HKDF-SHA-256, ChaCha20-Poly1305.

Suite 1 is DHKEM(X25519). Suite 2 is ML-KEM-768 with X25519, still a draft standard: the number of the suite
stands beside each wrap, so that it can be replaced by wrapping again (design-sync 8.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from app.sharing.membership.byte_fields import FieldReader, short
from app.sharing.membership.keys import SUITE_HYBRID, SUITE_X25519, PrivateKeys, PublicKeys
from app.sharing.membership.names import ID_BYTES

LEAST_WRAP_BYTES: Final = ID_BYTES + 1 + 2

_SUITES: Final = {
    SUITE_X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
    SUITE_HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
}


class BadRecipient(Exception):
    """Nothing can be wrapped to these public keys: they are no keys."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """A secret for `recipient` alone, in a suite that this program may not know."""

    recipient: bytes
    suite: int
    sealed: bytes = field(repr=False)

    def packed(self) -> bytes:
        """The wrap as bytes."""
        return self.recipient + bytes((self.suite,)) + short(self.sealed)


def read_wrap(fields: FieldReader) -> Wrap:
    """Read what `packed` gives. Raises MalformedObject."""
    return Wrap(fields.id(), fields.u8(), fields.short())


def wrap(secret: bytes, to: PublicKeys, recipient: bytes, info: bytes) -> Wrap:
    """Wrap with the strongest suite that the recipient has keys for. Raises BadRecipient.

    `info` must name everything the secret is for, the recipient included.
    """
    suite = SUITE_HYBRID if to.ml_kem else SUITE_X25519
    return Wrap(recipient, suite, sealed_to(secret, to, suite, info))


def unwrap(found: Wrap, keys: PrivateKeys, info: bytes) -> bytes | None:
    """The secret, or None when these keys, this suite or this info do not open the wrap."""
    return opened_by(found.sealed, keys, found.suite, info)


def sealed_to(secret: bytes, to: PublicKeys, suite: int, info: bytes) -> bytes:
    """Encapsulation and ciphertext in one. Raises BadRecipient."""
    try:
        return _SUITES[suite].encrypt(secret, _public(to, suite), info)
    except ValueError:
        raise BadRecipient from None


def opened_by(sealed: bytes, keys: PrivateKeys, suite: int, info: bytes) -> bytes | None:
    """What was sealed, or None when it does not open."""
    if suite not in _SUITES:
        return None
    try:
        return _SUITES[suite].decrypt(sealed, _private(keys, suite), info)
    except (InvalidTag, ValueError):
        return None


def _public(to: PublicKeys, suite: int) -> X25519PublicKey | MLKEM768X25519PublicKey:
    x25519 = X25519PublicKey.from_public_bytes(to.x25519)
    if suite == SUITE_X25519:
        return x25519
    return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(to.ml_kem), x25519)


def _private(keys: PrivateKeys, suite: int) -> X25519PrivateKey | MLKEM768X25519PrivateKey:
    if suite == SUITE_X25519:
        return keys.x25519_key
    return MLKEM768X25519PrivateKey(keys.ml_kem_key, keys.x25519_key)
