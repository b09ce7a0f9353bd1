"""The vault file: which vault a place belongs to, and the public keys of its root (specification 10).

The only object that anybody can read: it is written once, holds nothing but public keys, and is signed with
the key it names. Whether that is the root which the reader trusts, its fingerprint says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.sharing.objects.container import (
    ID_BYTES,
    KEY_BYTES,
    NO_ID,
    Header,
    ObjectType,
    Sign,
    assemble,
    parse,
)
from app.sharing.objects.fields import array, packed, raw, unpacked, whole
from app.sharing.objects.malformed import MalformedObject, NewerFormat

VERSION: Final = 1
MOST_VAULT_FILE_BYTES: Final = 64 << 10
MOST_WRAPPING_KEYS: Final = 16
_VAULT_AT: Final = 24


@dataclass(frozen=True, slots=True)
class VaultFile:
    """`root_key` is the root's Ed25519 public key, `wrapping_keys` its HPKE keys by suite."""

    vault: bytes
    root_key: bytes
    wrapping_keys: tuple[tuple[int, bytes], ...]


def make(file: VaultFile, salt: bytes, sign: Sign) -> bytes:
    """The complete object; `sign` signs with the root's key."""
    header = Header(ObjectType.VAULT_FILE, file.vault, NO_ID, salt)
    return assemble(header, packed([VERSION, file.root_key, file.wrapping_keys]), sign)


def read(data: bytes, vault: bytes | None = None) -> VaultFile:
    """The vault file of this vault, or of any if the reader has none yet. Raises MalformedObject."""
    if len(data) > MOST_VAULT_FILE_BYTES:
        raise MalformedObject("more bytes than a vault file has")
    parsed = parse(data, data[_VAULT_AT : _VAULT_AT + ID_BYTES] if vault is None else vault)
    if parsed.header.type != ObjectType.VAULT_FILE:
        raise MalformedObject("an object of another type")
    fields = unpacked(parsed.content, 1)
    if whole(fields[0]) > VERSION:
        raise NewerFormat("a vault file of a newer program")
    if fields[0] != VERSION or len(fields) < 3:
        raise MalformedObject("not a vault file")
    root_key = raw(fields[1], KEY_BYTES)
    parsed.check_signature(root_key)
    return VaultFile(parsed.header.vault, root_key, _wrapping_keys(fields[2]))


def _wrapping_keys(value: object) -> tuple[tuple[int, bytes], ...]:
    pairs = [array(pair, 2) for pair in array(value)]
    if len(pairs) > MOST_WRAPPING_KEYS:
        raise MalformedObject("more keys than a root has")
    return tuple((whole(pair[0], 255), raw(pair[1])) for pair in pairs)
