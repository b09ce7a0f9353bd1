"""預かり: what a member who loses a company had not sent yet, for the company's administrators (settled 35).

The changes are sealed once under a fresh key, and the key is wrapped to every administrator of the company
and to the root, so that nothing is lost even if nobody holds the company any more.

Bytes: `u8 version || vault || compartment || author || deposit id || wraps || u32 length || sealed ||
Ed25519 signature` over all before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.sharing.membership import names
from app.sharing.membership.byte_fields import FieldReader, several, u32
from app.sharing.membership.keys import SIGNATURE_BYTES, PrivateKeys, PublicKeys, RandomBytes
from app.sharing.membership.names import ID_BYTES, KEY_BYTES
from app.sharing.membership.renewing import Recipients
from app.sharing.membership.state import Membership
from app.sharing.membership.wraps import LEAST_WRAP_BYTES, BadRecipient, Wrap, read_wrap, unwrap, wrap
from app.sharing.objects.malformed import MalformedObject, NewerFormat

MOST_DEPOSIT_BYTES: Final = 32 << 20
_VERSION: Final = 1
_ONE_NONCE: Final = bytes(12)

PublicOf = Callable[[bytes], PublicKeys | None]


@dataclass(frozen=True, slots=True)
class Deposit:
    """Sealed changes whose author is proven; only the recipients open them."""

    vault: bytes
    compartment: bytes
    author: bytes
    id: bytes
    wraps: tuple[Wrap, ...]
    sealed: bytes = field(repr=False)


def recipients_of(membership: Membership, compartment: bytes) -> Recipients:
    """Administrators who hold the company, else all administrators; and the root in any case."""
    chosen = membership.administrators(compartment) or membership.administrators()
    root = membership.root
    return {**{each.id: each.public for each in chosen}, root.root_id: root}


def seal_deposit(
    vault: bytes,
    compartment: bytes,
    changes: bytes,
    keys: PrivateKeys,
    recipients: Recipients,
    random_bytes: RandomBytes = os.urandom,
) -> bytes:
    """Seal changes, and sign what was sealed with the keys of the device that hands them over."""
    deposit, key = random_bytes(ID_BYTES), random_bytes(KEY_BYTES)
    bound = vault + compartment + keys.public.device_id + deposit
    wraps = []
    for recipient, public in sorted(recipients.items()):
        try:
            wraps.append(wrap(key, public, recipient, _info(bound, recipient)).packed())
        except BadRecipient:
            continue
    sealed = ChaCha20Poly1305(key).encrypt(_ONE_NONCE, changes, names.DEPOSIT + bound)
    data = bytes((_VERSION,)) + bound + several(wraps) + u32(len(sealed)) + sealed
    return data + keys.sign(names.DEPOSIT_SIGNATURE + data)


def read_deposit(data: bytes, public_of: PublicOf) -> Deposit:
    """Look at a deposit and prove its author. Raises MalformedObject, also for an unknown author."""
    if len(data) > MOST_DEPOSIT_BYTES or len(data) <= SIGNATURE_BYTES:
        raise MalformedObject("not a deposit")
    signed = data[:-SIGNATURE_BYTES]
    fields = FieldReader(signed, MOST_DEPOSIT_BYTES)
    version = fields.u8()
    if version != _VERSION:
        raise (NewerFormat if version > _VERSION else MalformedObject)("a deposit of another version")
    vault, compartment, author, deposit = fields.id(), fields.id(), fields.id(), fields.id()
    wraps = fields.several(lambda: read_wrap(fields), LEAST_WRAP_BYTES)
    sealed = fields.take(fields.u32())
    fields.end()
    public = public_of(author)
    if public is None or not public.has_signed(data[-SIGNATURE_BYTES:], names.DEPOSIT_SIGNATURE + signed):
        raise MalformedObject("not signed by its author")
    return Deposit(vault, compartment, author, deposit, wraps, sealed)


def open_deposit(deposit: Deposit, own_id: bytes, keys: PrivateKeys) -> bytes | None:
    """The changes, or None for whom they are not meant."""
    bound = deposit.vault + deposit.compartment + deposit.author + deposit.id
    for found in deposit.wraps:
        key = unwrap(found, keys, _info(bound, own_id)) if found.recipient == own_id else None
        if key is not None and len(key) == KEY_BYTES:
            return _opened(deposit, key, bound)
    return None


def _opened(deposit: Deposit, key: bytes, bound: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ONE_NONCE, deposit.sealed, names.DEPOSIT + bound)
    except InvalidTag:
        return None


def _info(bound: bytes, recipient: bytes) -> bytes:
    return names.DEPOSIT + bound + recipient
