"""Bytes sealed under a key made from the store key, for what must lie outside the store for a while."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.key_slots import StoreKey
from app.crypto.wrapping_keys import derived_key

NONCE_BYTES: Final = 12


def seal(plain: bytes, key: StoreKey, purpose: str) -> bytes:
    """AES-256-GCM under a key of this purpose only; the nonce comes first."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(key, purpose)).encrypt(nonce, plain, purpose.encode())


def unseal(sealed: bytes, key: StoreKey, purpose: str) -> bytes | None:
    """What was sealed; None when it was sealed under another key, or is not whole."""
    try:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(_key(key, purpose)).decrypt(nonce, rest, purpose.encode())
    except (InvalidTag, ValueError):
        return None


def _key(key: StoreKey, purpose: str) -> bytes:
    return derived_key(key.raw, b"", purpose)
