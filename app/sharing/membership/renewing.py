"""The acts that hand on epoch keys: a new epoch, a key for further devices, older keys for holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.sharing.membership.acts import Carry, NewEpoch, ShareEpoch
from app.sharing.membership.epochs import EpochKey, KeyRing, new_epoch_key, seal_older, wrap_epoch
from app.sharing.membership.keys import PublicKeys, RandomBytes
from app.sharing.membership.state import Epoch
from app.sharing.membership.wraps import BadRecipient, Wrap

Recipients = Mapping[bytes, PublicKeys]
"""Public keys by the id of a device or root."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A new epoch: the act that publishes it, and its key."""

    act: NewEpoch
    key: EpochKey


def renewal(ring: KeyRing, compartment: bytes, recipients: Recipients, random_bytes: RandomBytes) -> Renewal:
    """A new epoch of a compartment that carries every older key this device holds."""
    key = new_epoch_key(ring.vault, compartment, random_bytes)
    older = seal_older(key, ring.keys_of(compartment), random_bytes)
    return Renewal(NewEpoch(compartment, key.id, wraps_of(key, recipients), older), key)


def sharing(ring: KeyRing, epoch: Epoch, recipients: Recipients) -> ShareEpoch | None:
    """The key of an epoch for further devices; None if it is not held here or nobody can take it."""
    key = ring.key(*epoch.name)
    if key is None:
        return None
    wraps = wraps_of(EpochKey(ring.vault, epoch.compartment, key), recipients)
    return ShareEpoch(*epoch.name, wraps) if wraps else None


def carrying(ring: KeyRing, epoch: Epoch, wanted: Iterable[bytes], random_bytes: RandomBytes) -> Carry | None:
    """Older keys for the holders of an epoch: those of `wanted` that are held; None if there are none."""
    key = ring.key(*epoch.name)
    chosen = set(wanted) - {epoch.id}
    older = [each for each in ring.keys_of(epoch.compartment) if each.id in chosen]
    if key is None or not older:
        return None
    return Carry(*epoch.name, seal_older(EpochKey(ring.vault, epoch.compartment, key), older, random_bytes))


def wraps_of(key: EpochKey, recipients: Recipients) -> tuple[Wrap, ...]:
    """A wrap for each recipient. One whose keys are no keys is left out, and stays unserved."""
    wraps = []
    for recipient, public in sorted(recipients.items()):
        try:
            wraps.append(wrap_epoch(key, public, recipient))
        except BadRecipient:
            continue
    return tuple(wraps)
