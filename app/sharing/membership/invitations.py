"""Invitations: one short text that is the file, the mail and the QR code alike (design-sync 8.4).

`BANSO1:` and base32 (RFC 4648, without padding), which a QR code holds in its alphanumeric mode. What is
typed or scanned may come in small letters, with spaces and line breaks; of a mail, what people wrote above
and below it is passed over.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from app.sharing.membership import names
from app.sharing.membership.byte_fields import FieldReader, exactly, short, u64
from app.sharing.membership.keys import PublicKeys, RandomBytes
from app.sharing.membership.names import ID_BYTES, KEY_BYTES, OBJECT_ID_BYTES, digest
from app.sharing.objects.malformed import MalformedObject, NewerFormat

SECRET_BYTES: Final = 16
VALID_MS: Final = 7 * 24 * 60 * 60 * 1000
"""Settled 34: seven days, or until used."""
MOST_HINT: Final = 300
"""Characters of the place hint."""
MOST_INVITER: Final = 100
"""Characters of the inviter's name."""
MOST_FILE_BYTES: Final = 8192
_PREFIX: Final = "BANSO"
_IN_A_MAIL: Final = re.compile(r"^BANSO[0-9]{1,3}:[A-Z2-7]+(?:\n[A-Z2-7]+)*$", re.MULTILINE)
_VERSION: Final = 1
_SUM_BYTES: Final = 4
_MOST_BYTES: Final = 2048


class InvitationState(StrEnum):
    """Whether somebody may join with an invitation."""

    USABLE = "usable"
    EXPIRED = "expired"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a newcomer needs to find the team and to be recognised; whoever has it can ask, not join.

    `inviter` has the keys to which the request is sealed; `expires_ms` counts from 1970, UTC. `place_hint`
    says where the 置き場 is, and never holds a password. `inviter_name` is for people, and proves nothing.
    """

    vault: bytes
    root_fingerprint: bytes
    secret: bytes = field(repr=False)
    inviter: bytes
    inviter_x25519: bytes
    expires_ms: int
    place_hint: str
    inviter_name: str = ""

    @property
    def id(self) -> bytes:
        """What the admitting entry marks as spent: a hash of the secret."""
        return digest(names.INVITATION_ID, self.secret)[:ID_BYTES]

    @property
    def recipient(self) -> PublicKeys:
        """The inviter's keys as far as they fit into a QR code: without ML-KEM."""
        return PublicKeys(signing=bytes(KEY_BYTES), x25519=self.inviter_x25519)

    def state(self, now_ms: int, spent: Collection[bytes]) -> InvitationState:
        """Whether it can still be used. A clock that is wrong by days errs on the inviter's side only."""
        if self.id in spent:
            return InvitationState.SPENT
        return InvitationState.USABLE if now_ms < self.expires_ms else InvitationState.EXPIRED


def new_invitation(
    vault: bytes,
    root: PublicKeys,
    inviter: PublicKeys,
    place_hint: str,
    now_ms: int,
    random_bytes: RandomBytes = os.urandom,
    *,
    inviter_name: str = "",
) -> Invitation:
    """An invitation that only the device `inviter` can answer. Raises ValueError for too long a hint."""
    if len(place_hint) > MOST_HINT:
        raise ValueError(f"a place hint has at most {MOST_HINT} characters")
    return Invitation(
        vault,
        root.root_fingerprint,
        random_bytes(SECRET_BYTES),
        inviter.device_id,
        inviter.x25519,
        now_ms + VALID_MS,
        place_hint,
        inviter_name[:MOST_INVITER],
    )


def text_of(invitation: Invitation) -> str:
    """The invitation as text: about 220 characters and 1.6 for each byte of the hint."""
    exactly(ID_BYTES, (invitation.vault, invitation.inviter))
    fields = (
        invitation.vault,
        invitation.root_fingerprint,
        invitation.secret,
        invitation.inviter,
        invitation.inviter_x25519,
        u64(invitation.expires_ms),
        short(invitation.place_hint.encode()),
        *((short(invitation.inviter_name.encode()),) if invitation.inviter_name else ()),
    )
    raw = b"".join(fields)
    return f"{_PREFIX}{_VERSION}:{_encoded(raw + _sum(raw))}"


def read_text(text: str) -> Invitation:
    """The invitation that `text_of` gave. Raises MalformedObject, also for a slip in typing."""
    raw = _decoded(text)
    fields = FieldReader(raw, _MOST_BYTES)
    body = fields.take(fields.left - _SUM_BYTES) if fields.left > _SUM_BYTES else b""
    if not hmac.compare_digest(_sum(body), fields.take(_SUM_BYTES)):
        raise MalformedObject("not an invitation, or mistyped")
    fields = FieldReader(body, _MOST_BYTES)
    invitation = Invitation(
        fields.id(),
        fields.take(OBJECT_ID_BYTES),
        fields.take(SECRET_BYTES),
        fields.id(),
        fields.take(KEY_BYTES),
        fields.u64(),
        fields.text(MOST_HINT),
    )
    if fields.left:
        invitation = replace(invitation, inviter_name=fields.text(MOST_INVITER))
        if not invitation.inviter_name:
            raise MalformedObject("a name of nobody")
    fields.end()
    return invitation


def read_file(data: bytes) -> Invitation:
    """The invitation in a file. Raises MalformedObject."""
    if len(data) > MOST_FILE_BYTES:
        raise MalformedObject("longer than an invitation")
    return read_text(data.decode("utf-8", errors="replace"))


def _decoded(text: str) -> bytes:
    if len(text) > MOST_FILE_BYTES:
        raise MalformedObject("longer than an invitation")
    prefix, colon, letters = _letter(text).partition(":")
    version = prefix.removeprefix(_PREFIX)
    if not colon or not prefix.startswith(_PREFIX) or not (version.isascii() and version.isdigit()):
        raise MalformedObject("not an invitation")
    if version != str(_VERSION):
        raise NewerFormat("an invitation of a newer program")
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        raise MalformedObject("not base32") from None
    if _encoded(raw) != letters:
        raise MalformedObject("not base32 as it is written")
    return raw


def _letter(text: str) -> str:
    """The invitation in capitals: all of the text, or the lines of a mail from `BANSO` on that are base32."""
    whole = "".join(text.split()).upper()
    if _IN_A_MAIL.fullmatch(whole):
        return whole
    lines = (line.lstrip("> \t\u3000") for line in text.upper().splitlines())
    found = _IN_A_MAIL.search("\n".join("".join(line.split()) for line in lines))
    return found.group().replace("\n", "") if found else whole


def _encoded(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _sum(raw: bytes) -> bytes:
    return digest(names.INVITATION_SUM, raw)[:_SUM_BYTES]
