"""Which epoch to seal with, and what is missing until everybody entitled can read (design-sync 8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.state import Epoch, Membership


def sealing_epoch(membership: Membership, compartment: bytes) -> Epoch | None:
    """The epoch to seal with now, or None: then changes wait for an administrator's program.

    Of the valid epochs whose keys nobody has who may not have them, the one of greatest (depth, id). Nobody:
    removed, suspended, and for a company also those it was not given to or was taken from.
    """
    allowed = {device.id for device in membership.entitled(compartment)}
    allowed.update(root.root_id for root in membership.roots)
    usable = (epoch for epoch in membership.epochs_of(compartment) if epoch.holders <= allowed)
    return max(usable, key=age, default=None)


def age(epoch: Epoch) -> tuple[int, bytes]:
    """What orders epochs: depth, then id."""
    return epoch.depth, epoch.id


@dataclass(frozen=True, slots=True)
class Gap:
    """What one compartment lacks.

    `needs_epoch`: nothing can be sealed in it. Else `unserved` are the ids of entitled devices, and of the
    newest root, that were not given the key of its sealing epoch, and `uncarried` older epochs that a holder
    of it cannot reach.
    """

    compartment: bytes
    needs_epoch: bool
    unserved: tuple[bytes, ...] = ()
    uncarried: frozenset[bytes] = frozenset()


def gaps(membership: Membership) -> tuple[Gap, ...]:
    """Everything that an administrator's program has to mend, by compartment."""
    found = (gap_of(membership, compartment) for compartment in membership.compartments())
    return tuple(gap for gap in found if gap)


def gap_of(membership: Membership, compartment: bytes) -> Gap | None:
    """What one compartment lacks, or None. A company without anybody needs no epoch."""
    sealing = sealing_epoch(membership, compartment)
    if sealing is None:
        needed = compartment in {ROSTER, TEAM} or membership.entitled(compartment)
        return Gap(compartment, needs_epoch=True) if needed else None
    due = (*(device.id for device in membership.entitled(compartment)), membership.root.root_id)
    unserved = tuple(each for each in due if each not in sealing.holders)
    others = {epoch.id for epoch in membership.epochs_of(compartment)} - {sealing.id}
    uncarried = frozenset(others - reachable(membership, sealing))
    if not unserved and not uncarried:
        return None
    return Gap(compartment, needs_epoch=False, unserved=unserved, uncarried=uncarried)


def reachable(membership: Membership, epoch: Epoch) -> set[bytes]:
    """Ids of older epochs whose keys a holder of this one can open."""
    found: set[bytes] = set()
    ahead = set(epoch.carried)
    while ahead:
        found |= ahead
        ahead = set(_carried_by(membership, epoch.compartment, ahead)) - found
    return found


def without_administrator(membership: Membership, leaving: Iterable[bytes] = ()) -> tuple[bytes, ...]:
    """Companies whose keys no administrator could renew any more once these devices are gone."""
    gone = set(leaving)
    return tuple(
        compartment
        for compartment in membership.compartments()
        if all(device.id in gone for device in membership.administrators(compartment))
    )


def _carried_by(membership: Membership, compartment: bytes, epochs: Iterable[bytes]) -> Iterator[bytes]:
    for each in epochs:
        carrier = membership.epochs.get((compartment, each))
        if carrier:
            yield from carrier.carried
