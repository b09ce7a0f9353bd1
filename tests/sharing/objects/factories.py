"""Headers, keys and signatures for tests, made from small numbers."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.sharing.objects.container import Header, ObjectType


def drawn(length: int, seed: str) -> bytes:
    """So many bytes that look random and are the same each time."""
    return b"".join(sha256(f"{seed} {number}".encode()).digest() for number in range(-(-length // 32)))[
        :length
    ]


VAULT, OTHER_VAULT = drawn(16, "vault"), drawn(16, "other vault")
DEVICE, STREAM, EPOCH = drawn(16, "device"), drawn(16, "stream"), drawn(16, "epoch")
EPOCH_KEY, OTHER_KEY = drawn(32, "epoch key"), drawn(32, "other epoch key")
AUTHOR = Ed25519PrivateKey.from_private_bytes(drawn(32, "author"))
AUTHOR_KEY = AUTHOR.public_key().public_bytes_raw()
STRANGER_KEY = Ed25519PrivateKey.from_private_bytes(drawn(32, "stranger")).public_key().public_bytes_raw()


def header(kind: int = ObjectType.SEGMENT, **fields: Any) -> Header:
    """A header of the vault's one device."""
    return Header(
        **{"type": kind, "vault": VAULT, "device": DEVICE, "salt": drawn(32, f"salt {kind}"), **fields}
    )
