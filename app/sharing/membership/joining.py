"""Asking to join, and the digits that both sides compare (design-sync 8.4, settled 34).

A request is sealed to the inviter, carries a MAC under the invitation's secret and a signature under the
newcomer's own key. The 20 digits are a hash of the request, the root and the inviter: were any of them
exchanged on the way, the two screens show different digits.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sharing.membership import names
from app.sharing.membership.act_bytes import MOST_NAME
from app.sharing.membership.byte_fields import FieldReader, exactly, short
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.invitations import Invitation
from app.sharing.membership.keys import SIGNATURE_BYTES, SUITE_X25519, PrivateKeys, PublicKeys
from app.sharing.membership.names import ID_BYTES, KEY_BYTES, digest
from app.sharing.membership.wraps import opened_by, sealed_to
from app.sharing.objects.malformed import MalformedObject, NewerFormat

DIGITS: Final = 20
GROUP: Final = 4
MOST_REQUEST_BYTES: Final = 4096
_VERSION: Final = 1
_MAC_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A newcomer's keys and name, and the digits that its screen shows."""

    newcomer: Newcomer
    digits: str


@dataclass(frozen=True, slots=True)
class SealedRequest:
    """A request as it lies in the 置き場, and the digits for the newcomer's own screen."""

    data: bytes = field(repr=False)
    digits: str


class NotInvited(Exception):
    """The request opens, and does not know the secret of the invitation it names."""


def request_to_join(invitation: Invitation, keys: PrivateKeys, user: bytes, name: str) -> SealedRequest:
    """Ask to join as `user`: a new person's own new id, or one's old id with a second device.

    Raises ValueError when the name is too long, BadRecipient for an invitation with broken keys.
    """
    exactly(ID_BYTES, (user,))
    if len(name) > MOST_NAME:
        raise ValueError(f"a name has at most {MOST_NAME} characters")
    body = invitation.id + user + short(keys.public.raw) + short(name.encode())
    proof = keys.sign(_proven(invitation.vault, invitation.inviter, body))
    plain = body + proof + _mac(invitation, body + proof)
    info = _info(invitation.vault, invitation.inviter)
    sealed = sealed_to(plain, invitation.recipient, SUITE_X25519, info)
    return SealedRequest(
        bytes((_VERSION, SUITE_X25519)) + sealed,
        check_digits(plain, invitation.root_fingerprint, invitation.inviter),
    )


def read_request(data: bytes, invitations: list[Invitation], keys: PrivateKeys) -> JoinRequest | None:
    """A request that answers one of this device's invitations, or None if it is for another device.

    Raises MalformedObject for damage, NotInvited when it names no invitation of this list or does not know
    its secret: then somebody tries to get in, and the administrator is told.
    """
    if len(data) > MOST_REQUEST_BYTES or len(data) < 2:
        raise MalformedObject("not a join request")
    if data[0] != _VERSION:
        raise (NewerFormat if data[0] > _VERSION else MalformedObject)("a request of another version")
    for inviter, vault in sorted({(each.inviter, each.vault) for each in invitations}):
        plain = opened_by(data[2:], keys, data[1], _info(vault, inviter))
        if plain is not None:
            return _read_plain(plain, invitations)
    return None


def check_digits(request: bytes, root_fingerprint: bytes, inviter: bytes) -> str:
    """20 digits of the opened request, in groups of four."""
    hashed = digest(names.CHECK_DIGITS, root_fingerprint, inviter, request)
    digits = f"{int.from_bytes(hashed) % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def _read_plain(plain: bytes, invitations: list[Invitation]) -> JoinRequest:
    fields = FieldReader(plain, MOST_REQUEST_BYTES)
    named, user = fields.id(), fields.id()
    public = PublicKeys.from_raw(fields.short())
    name = fields.text(MOST_NAME)
    body = plain[: len(plain) - fields.left]
    proof, mac = fields.take(SIGNATURE_BYTES), fields.take(_MAC_BYTES)
    fields.end()
    invitation = next((each for each in invitations if each.id == named), None)
    if invitation is None or not hmac.compare_digest(_mac(invitation, body + proof), mac):
        raise NotInvited
    if not public.has_signed(proof, _proven(invitation.vault, invitation.inviter, body)):
        raise NotInvited
    digits = check_digits(plain, invitation.root_fingerprint, invitation.inviter)
    return JoinRequest(Newcomer(public, user, name, invitation.id), digits)


def _mac(invitation: Invitation, body: bytes) -> bytes:
    key = HKDF(SHA256(), KEY_BYTES, salt=None, info=names.JOIN_MAC).derive(invitation.secret)
    bound = names.JOIN_MAC + invitation.vault + invitation.inviter + body
    return hmac.digest(key, bound, sha256)


def _proven(vault: bytes, inviter: bytes, body: bytes) -> bytes:
    return names.JOIN_PROOF + vault + inviter + body


def _info(vault: bytes, inviter: bytes) -> bytes:
    return names.JOIN_REQUEST + vault + inviter
