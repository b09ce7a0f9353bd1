"""From sealed key-log entries to the state of the team, as far as they open here (design-sync 8.3).

Bodies are opened before their signature is checked: an author's key may stand in an entry that only another
entry's wraps open. Until then they give nothing but keys to read with, which do no harm; what counts is
taken from entries whose author is proven.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.sharing.membership.entries import MOST_BODY_BYTES, Entry, author_keys, read_entry
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.evaluation import evaluate
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.membership.names import ROSTER
from app.sharing.membership.opening import open_extension, open_wraps
from app.sharing.membership.state import Membership
from app.sharing.objects.container import SealedObject
from app.sharing.objects.malformed import MalformedObject


@dataclass(frozen=True, slots=True)
class KeyLog:
    """Proven entries, what they make of the team, and the Ed25519 keys of everybody they name."""

    entries: Mapping[bytes, Entry]
    membership: Membership
    signers: Mapping[bytes, bytes]


def read_key_log(
    objects: Iterable[SealedObject],
    ring: KeyRing,
    keys: PrivateKeys,
    root: PublicKeys,
    proven: Collection[bytes] = (),
) -> KeyLog:
    """Open whatever opens with the ring, which grows by every key found on the way.

    `proven` are ids of objects whose author was proven before.
    """
    sealed = {each.id: each for each in objects}
    opened: dict[bytes, Entry] = {}
    own = keys.public.device_id
    while found := _opened([sealed[each] for each in sealed.keys() - opened], ring, keys, own):
        opened.update(found)
        open_wraps(ring, own, keys, opened.values())
    signers = {root.root_id: root.signing, **author_keys(opened.values())}
    kept = {
        each: entry for each, entry in opened.items() if each in proven or _is_proven(sealed[each], signers)
    }
    return KeyLog(kept, evaluate(kept.values(), root), signers)


def _is_proven(sealed: SealedObject, signers: Mapping[bytes, bytes]) -> bool:
    key = signers.get(sealed.header.device)
    try:
        if key is not None:
            sealed.check_signature(key)
    except MalformedObject:
        return False
    return key is not None


def _opened(
    waiting: Iterable[SealedObject], ring: KeyRing, keys: PrivateKeys, own: bytes
) -> dict[bytes, Entry]:
    found = {}
    for sealed in waiting:
        try:
            entry = _open(sealed, ring, keys, own)
        except MalformedObject:
            continue
        if entry:
            found[sealed.id] = entry
    return found


def _open(sealed: SealedObject, ring: KeyRing, keys: PrivateKeys, own: bytes) -> Entry | None:
    header = sealed.header
    open_extension(ring, own, keys, header.epoch, header.extensions)
    key = ring.key(ROSTER, header.epoch)
    if key is None:
        return None
    body = sealed.open_body(key, MOST_BODY_BYTES)
    return read_entry(sealed.id, header.device, header.epoch, body, header.extensions)
