"""What the parsers of membership are fed: each takes any bytes, and may raise nothing but MalformedObject.

A target goes past what chance would never hit, a sum or a signature, by making it right first. What a parser
accepts must also come out the same when it is written and read again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from app.sharing.membership import joining, names
from app.sharing.membership.acts import Add
from app.sharing.membership.byte_fields import FieldReader
from app.sharing.membership.deposits import open_deposit, read_deposit
from app.sharing.membership.entries import Entry, body_of, extension_of, read_entry, read_extension
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.invitations import Invitation, read_text, text_of
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.membership.names import digest
from app.sharing.membership.sealing import gaps
from app.sharing.membership.wraps import SUITE_X25519, sealed_to

CORPUS = Path(__file__).parent / "corpus"
KEYS = PrivateKeys.from_raw(bytes(range(128)))
VAULT = b"vault of vectors"
INVITATION = Invitation(
    VAULT, bytes(32), bytes(16), KEYS.public.device_id, KEYS.public.x25519, 1_780_000_000_000, ""
)
_MOST_BYTES = 1 << 20
_NO_PARENTS = bytes((1,)) + bytes(8) + bytes(2)


def entry(data: bytes) -> None:
    """Any bytes as the body of an entry."""
    read = read_entry(bytes(32), bytes(16), bytes(16), data)
    again = read_entry(bytes(32), bytes(16), bytes(16), body_of(read.time_ms, read.parents, read.acts))
    assert (again.acts, set(again.parents)) == (read.acts, set(read.parents))


def extension(data: bytes) -> None:
    """Any bytes as the extension of an entry's header."""
    read = read_extension(data)
    assert read_extension(extension_of(read)) == read


def key_log(data: bytes) -> None:
    """Any acts by the root and by whoever they admit: `author, parent, acts` again and again."""
    fields = FieldReader(data, _MOST_BYTES)
    authors, log = [KEYS.public.root_id], list[Entry]()
    while fields.left:
        author, back, body = authors[fields.u8() % len(authors)], fields.u8(), fields.short()
        parents = (log[-1 - back % len(log)].id,) if log else ()
        acts = read_entry(bytes(32), author, bytes(16), _NO_PARENTS + body).acts if body else ()
        log.append(Entry(sha256(bytes([len(log) % 256]) + body).digest(), author, bytes(16), parents, acts))
        authors += [act.device for act in acts if isinstance(act, Add)]
    state = evaluate(log, KEYS.public)
    assert evaluate(log[::-1], KEYS.public) == state
    gaps(state)


def invitation(data: bytes) -> None:
    """Any bytes as an invitation, its sum made right."""
    whole = data + digest(names.INVITATION_SUM, data)[:4]
    read = read_text("BANSO1:" + base64.b32encode(whole).decode().rstrip("="))
    assert read_text(text_of(read)) == read


def invitation_text(data: bytes) -> None:
    """Any text as an invitation."""
    read_text(data.decode(errors="replace"))


def join_request(data: bytes) -> None:
    """Any bytes as a request that opens."""
    info = names.JOIN_REQUEST + VAULT + INVITATION.inviter
    sealed = bytes((1, SUITE_X25519)) + sealed_to(data, KEYS.public, SUITE_X25519, info)
    try:
        joining.read_request(sealed, [INVITATION], KEYS)
    except joining.NotInvited:
        return


def deposit(data: bytes) -> None:
    """Any bytes as a deposit, its signature made right."""
    signed = data + KEYS.sign(names.DEPOSIT_SIGNATURE + data)
    read = read_deposit(signed, lambda _: KEYS.public)
    open_deposit(read, KEYS.public.device_id, KEYS)


def public_keys(data: bytes) -> None:
    """Any bytes as public keys to wrap to and to check with."""
    read = PublicKeys.from_raw(data)
    assert PublicKeys.from_hpke_keys(read.signing, read.hpke_keys) == read
    read.has_signed(bytes(64), b"osy1 test")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "key-log-entry": entry,
    "key-log-extension": extension,
    "key-log": key_log,
    "invitation": invitation,
    "invitation-text": invitation_text,
    "join-request": join_request,
    "deposit": deposit,
    "public-keys": public_keys,
}
