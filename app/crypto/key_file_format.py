"""`store.keys.json` as text: version 1, with a checksum that tells damage from a wrong secret."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from app.crypto.key_slots import NONCE_BYTES, SALT_BYTES, WRAPPED_BYTES, KeyFile, Slot, SlotType
from app.crypto.wrapping_keys import Argon2Cost
from app.errors import KeyFileDamaged, KeyFileTooNew

VERSION: Final = 1
CHECK_BYTES: Final = 32
_ARGON2ID: Final = "argon2id"
_HKDF: Final = "hkdf-sha256"


@dataclass(frozen=True, slots=True)
class ReadKeyFile:
    """A key file that could be read; `is_intact` unless its checksum says that something in it changed."""

    file: KeyFile
    is_intact: bool


def to_bytes(file: KeyFile) -> bytes:
    """The key file as it is written."""
    content = {
        "v": VERSION,
        "store_id": file.store_id,
        "practice": file.is_practice,
        "check": _text(file.check),
        "slots": [_slot_to_json(slot) for slot in file.slots],
    }
    return json.dumps(content | {"sum": _checksum(content)}, indent=1).encode()


def from_bytes(written: bytes) -> ReadKeyFile:
    """A key file as far as it can be read. Raises KeyFileDamaged or KeyFileTooNew."""
    try:
        content = json.loads(written)
        version = content["v"]
        if isinstance(version, int) and version > VERSION:
            raise KeyFileTooNew(file_version=version)
        claimed = content.pop("sum", None)
        return ReadKeyFile(_file_from_json(content), is_intact=claimed == _checksum(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeyFileDamaged from None


def _file_from_json(content: dict[str, Any]) -> KeyFile:
    if content["v"] != VERSION or not isinstance(content["store_id"], str):
        raise ValueError("not a key file of this version")
    return KeyFile(
        store_id=content["store_id"],
        is_practice=content["practice"] is True,
        check=_bytes(content["check"], CHECK_BYTES),
        slots=tuple(_readable_slots(content["slots"])),
    )


def _readable_slots(slots: list[dict[str, Any]]) -> Iterator[Slot]:
    """Leave out slots that cannot be read: while one is left, nobody is locked out."""
    for slot in slots:
        with suppress(ValueError, KeyError, TypeError):
            yield _slot_from_json(slot)


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    cost = slot.cost
    return {
        "type": slot.type.value,
        "kdf": _ARGON2ID if cost else _HKDF,
        "salt": _text(slot.salt),
        "params": {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes} if cost else {},
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }


def _slot_from_json(slot: dict[str, Any]) -> Slot:
    slot_type = SlotType(slot["type"])
    if slot["kdf"] != (_ARGON2ID if slot_type is SlotType.PASSPHRASE else _HKDF):
        raise ValueError("a slot of this type is not derived so")
    return Slot(
        type=slot_type,
        salt=_bytes(slot["salt"], SALT_BYTES),
        nonce=_bytes(slot["nonce"], NONCE_BYTES),
        wrapped=_bytes(slot["wrapped"], WRAPPED_BYTES),
        cost=Argon2Cost(**slot["params"]) if slot_type is SlotType.PASSPHRASE else None,
    )


def _checksum(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as broken:
        raise ValueError("not base64") from broken
    if len(raw) != length:
        raise ValueError("not of the length it should have")
    return raw
