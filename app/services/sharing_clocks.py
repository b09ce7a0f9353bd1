"""Whether the clock of this device goes wrong, as far as the 置き場 and the others show (design-sync 5).

A server tells its time with a listing. Where none does, heads are witnesses: an author wrote a head after
this device had sealed the newest work that the head says to hold, and before this device read it. So the
clock there was ahead of the one here by no less than `clock_ms - now` and by no more than
`clock_ms - held_ms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median_high, median_low

from app.rows.sharing import ClockWitness, Contact
from app.services.sharing_looking import SeenHead
from app.services.sharing_standing import Standing
from app.sharing.objects import segment
from app.sharing.objects.container import parse
from app.sharing.objects.heads import Head
from app.sharing.objects.malformed import MalformedObject
from db.base import Connection
from db.mirror import Mirror

SLACK_MS = 5 * 60 * 1000
"""Clocks that are no further apart than this are not spoken of."""
_Finding = tuple[int, ClockWitness]
RIGHT: _Finding = (0, ClockWitness.NOBODY)


def contact_of(connection: Connection, standing: Standing, seen: SeenHead) -> Contact:
    """What a head tells of its device."""
    device = standing.membership.devices[seen.device]
    head = seen.head
    held_ms = _held_ms(connection, standing, head)
    return Contact(device.id.hex(), device.name, head.clock_ms, held_ms, head.app, head.schema)


def clock_off(contacts: Iterable[Contact], now_ms: int, server_off_ms: int | None) -> _Finding:
    """How far the clock here is ahead (below 0: behind) in ms, and who says so.

    One device that goes wrong must not put all others in the wrong: more than half of them have to agree.
    """
    if server_off_ms is not None:
        return (server_off_ms, ClockWitness.PLACE) if abs(server_off_ms) > SLACK_MS else RIGHT
    off = [-_ahead_there(each, now_ms) for each in contacts]
    if not off:
        return RIGHT
    witness = ClockWitness.DEVICES if len(off) > 1 else ClockWitness.ONE_DEVICE
    if (ahead := median_low(off)) > 0:
        return ahead, witness
    if (behind := median_high(off)) < 0:
        return behind, witness
    return RIGHT


def _ahead_there(contact: Contact, now_ms: int) -> int:
    """The least that the other clock must be ahead of this one (below 0: behind), 0 where both may be right.

    What was sealed here in what is now the future was sealed before this clock was set right: that proves
    nothing.
    """
    least = contact.clock_ms - now_ms
    if least > SLACK_MS:
        return least
    most = contact.clock_ms - contact.held_ms
    return most if most < -SLACK_MS and contact.held_ms <= now_ms + SLACK_MS else 0


def _held_ms(connection: Connection, standing: Standing, head: Head) -> int:
    """When this device sealed the newest of its segments that the head says to hold; 0 for none."""
    mirror, own = Mirror(connection), standing.identity.device
    held = [mirror.number_at(own, tip.stream, tip.sequence) for tip in head.tips]
    numbers = [each for each in held if each is not None]
    return _sealed_ms(mirror, standing, max(numbers)) if numbers else 0


def _sealed_ms(mirror: Mirror, standing: Standing, number: int) -> int:
    sealed = parse(mirror.bytes_of(number), standing.identity.vault)
    _, key = standing.compartments.get(sealed.header.epoch, (b"", b""))
    try:
        return segment.sealed_ms_of(sealed.open_body(key)) if key else 0
    except MalformedObject:
        return 0
