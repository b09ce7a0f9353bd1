"""From a secret to the 32 bytes that wrap the store key."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WRAPPING_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at a passphrase costs: KiB of memory, passes over it, lanes.

    A slot carries the cost it was made with, so later versions may raise it. The bounds keep a tampered
    file from asking for more than a small laptop has.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if any(type(part) is not int for part in (self.memory_kib, self.passes, self.lanes)):
            raise TypeError("a cost is counted in whole numbers")
        if not (
            1 <= self.passes <= 16 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1 << 20
        ):
            raise ValueError("a cost outside what this program computes")


PASSPHRASE_COST: Final = Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""About 140 ms on an office laptop (settled in design; RFC 9106 4 recommends this for less memory)."""


def passphrase_key(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """Argon2id of the passphrase in NFKC, so that width and composition of what is typed do not matter."""
    stretch = Argon2id(
        salt=salt,
        length=WRAPPING_KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return stretch.derive(unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass"))


def derived_key(secret: bytes, salt: bytes, purpose: str) -> bytes:
    """HKDF-SHA256 of a secret that is random already, kept apart by purpose."""
    return HKDF(SHA256(), WRAPPING_KEY_BYTES, salt, purpose.encode()).derive(secret)
