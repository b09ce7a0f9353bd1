"""Fixed names of the format: sizes of ids, context strings, and compartments that every vault has.

Every signed, hashed or derived value carries a context of its own (design-sync 8.1), so that bytes made for
one purpose are worth nothing for another. None of these may ever change.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

ID_BYTES: Final = 16
"""Of a vault, device, user, compartment, epoch, stream or invitation."""
OBJECT_ID_BYTES: Final = 32
KEY_BYTES: Final = 32

ROSTER: Final = b"osy1 roster".ljust(ID_BYTES, b"\0")
"""The compartment of key-log bodies and heads: every device of the team reads it."""
TEAM: Final = b"osy1 team".ljust(ID_BYTES, b"\0")
"""The compartment of what the whole team shares."""

DEVICE_ID: Final = b"osy1 device id"
ROOT_ID: Final = b"osy1 root id"
ROOT_SIGNING: Final = b"osy1 root signing"
ROOT_X25519: Final = b"osy1 root x25519"
ROOT_ML_KEM: Final = b"osy1 root ml-kem-768"
EPOCH_ID: Final = b"osy1 epoch id"
OLDER_KEYS: Final = b"osy1 older keys"
WRAP: Final = b"osy1 wrap"
INVITATION_ID: Final = b"osy1 invitation id"
INVITATION_SUM: Final = b"osy1 invitation sum"
JOIN_REQUEST: Final = b"osy1 join request"
JOIN_MAC: Final = b"osy1 join mac"
JOIN_PROOF: Final = b"osy1 join proof"
CHECK_DIGITS: Final = b"osy1 check digits"
DEPOSIT: Final = b"osy1 deposit"
DEPOSIT_SIGNATURE: Final = b"osy1 deposit signature"


def digest(context: bytes, *parts: bytes) -> bytes:
    """SHA-256 of the context and the parts. At most the last part may vary in length."""
    hashed = sha256(context)
    for part in parts:
        hashed.update(part)
    return hashed.digest()
