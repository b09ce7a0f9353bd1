"""Which sealed objects do not count: those of removed devices beyond their cut marks (design-sync 8.6).

Cut marks name objects; what counts is the chain of predecessors that hangs before them. A number in a
header proves nothing: a removed device could write another object with a number from before its removal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.names import ID_BYTES, OBJECT_ID_BYTES
from app.sharing.membership.state import Membership

_FIRST = bytes(OBJECT_ID_BYTES)


@dataclass(frozen=True, slots=True)
class StreamObject:
    """A signed object that carries changes, as its header tells it.

    `compartment` is None as long as its epoch is not known here.
    """

    id: bytes
    device: bytes
    stream: bytes
    previous: bytes
    compartment: bytes | None


def is_bounded(membership: Membership, author: bytes) -> bool:
    """Whether any work of a device may be quarantined: only then must its objects be looked at again."""
    device = membership.devices.get(author)
    if device is None or device.cuts is not None or device.role is Role.VIEWER:
        return True
    return any(withdrawal.user == device.user for withdrawal in membership.withdrawals)


def ways_bounded(membership: Membership, authors: Iterable[bytes]) -> dict[bytes, bytes]:
    """A digest, by author, of all that decides which of its work counts; none of who is not bounded.

    Under no name stands one of what was let in after all.
    """
    found = {author: _way_bounded(membership, author) for author in authors if is_bounded(membership, author)}
    return {**found, b"": _digest(sorted(membership.accepted))}


def _way_bounded(membership: Membership, author: bytes) -> bytes:
    device = membership.devices.get(author)
    if device is None:
        return b""
    cuts = [] if device.cuts is None else [b"cut", *sorted(_packed(device.cuts))]
    taken = [each for each in membership.withdrawals if each.user == device.user]
    lost = [part for each in taken for part in (each.compartment, *sorted(_packed(each.cuts)))]
    return _digest([bytes((device.role,)), *cuts, b"lost", *lost])


def _packed(cuts: Iterable[CutMark]) -> list[bytes]:
    return [each.stream + each.object_id for each in cuts]


def _digest(parts: Iterable[bytes]) -> bytes:
    return sha256(b"".join(len(each).to_bytes(2, "big") + each for each in parts)).digest()[:ID_BYTES]


def quarantined(membership: Membership, objects: Iterable[StreamObject]) -> frozenset[bytes]:
    """Ids of objects that are kept but do not count.

    Of devices that never validly joined, nothing counts; of bounded ones, what hangs before a cut mark.
    A chain with a gap counts up to the gap, and further once the missing object arrives.
    """
    by_device: defaultdict[bytes, list[StreamObject]] = defaultdict(list)
    for each in objects:
        by_device[each.device].append(each)
    bounded = {device for device in by_device if is_bounded(membership, device)}
    held: set[bytes] = set()
    for device in bounded:
        held.update(_held_of(membership, device, by_device[device]))
    return frozenset(held - membership.accepted)


def _held_of(membership: Membership, author: bytes, objects: list[StreamObject]) -> set[bytes]:
    device = membership.devices.get(author)
    everything = {each.id for each in objects}
    if device is None:
        return everything
    held: set[bytes] = set()
    if device.cuts is not None:
        held |= everything - _before(objects, device.cuts)
    elif device.role is Role.VIEWER:
        held |= everything
    for withdrawal in membership.withdrawals:
        if withdrawal.user == device.user:
            within = {each.id for each in objects if each.compartment == withdrawal.compartment}
            held |= within - _before(objects, withdrawal.cuts)
    return held


def _before(objects: Iterable[StreamObject], cuts: Iterable[CutMark]) -> set[bytes]:
    """Ids of objects on a chain that ends in a cut mark, within one stream."""
    by_id: Mapping[bytes, StreamObject] = {each.id: each for each in objects}
    found: set[bytes] = set()
    for cut in cuts:
        at = cut.object_id
        while at != _FIRST and at not in found:
            each = by_id.get(at)
            if each is None or each.stream != cut.stream:
                break
            found.add(at)
            at = each.previous
    return found
