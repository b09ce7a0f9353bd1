"""Opening every epoch key that a device, or the root with its sheet, may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.sharing.membership.acts import Carry, NewEpoch
from app.sharing.membership.entries import Entry, read_extension
from app.sharing.membership.epochs import EpochKey, KeyRing, open_older, unwrap_epoch
from app.sharing.membership.keys import PrivateKeys
from app.sharing.membership.names import ROSTER


def open_extension(ring: KeyRing, own_id: bytes, keys: PrivateKeys, epoch: bytes, extension: bytes) -> bool:
    """Take a roster key out of a header before the body can be read; whether the ring has grown.

    Raises MalformedObject.
    """
    grown = False
    for wrap in read_extension(extension):
        if wrap.recipient == own_id and ring.key(ROSTER, epoch) is None:
            key = unwrap_epoch(ring.vault, (ROSTER, epoch), wrap, keys)
            grown |= key is not None and ring.add(ROSTER, epoch, key)
    return grown


def open_wraps(ring: KeyRing, own_id: bytes, keys: PrivateKeys, entries: Iterable[Entry]) -> bool:
    """Add every key that these entries hold for `own_id`, and what those carry; whether any was new.

    Also from entries that do not count: a key that opens something to read does no harm, and what its
    holder sealed is judged by author.
    """
    seen = tuple(entries)
    grown = False
    for entry in seen:
        for name, wrap in entry.wraps():
            if wrap.recipient == own_id and ring.key(*name) is None:
                key = unwrap_epoch(ring.vault, name, wrap, keys)
                grown |= key is not None and ring.add(*name, key)
    return open_carried(ring, seen) or grown


def open_carried(ring: KeyRing, entries: Sequence[Entry]) -> bool:
    """Open older keys under newer ones until no more come; whether any was new."""
    left = [
        act for entry in entries for act in entry.acts if isinstance(act, NewEpoch | Carry) and act.older.ids
    ]
    grown = False
    while True:
        ready = [act for act in left if ring.key(*act.epoch_name) is not None]
        if not ready:
            return grown
        left = [act for act in left if ring.key(*act.epoch_name) is None]
        for act in ready:
            grown |= _open_one(ring, act)


def _open_one(ring: KeyRing, act: NewEpoch | Carry) -> bool:
    key = ring.key(*act.epoch_name)
    if key is None:
        return False
    older = open_older(EpochKey(ring.vault, act.compartment, key), act.older)
    added = [ring.add(act.compartment, epoch, each) for epoch, each in older.items()]
    return any(added)
