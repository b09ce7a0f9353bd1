"""Which objects that are held do not count, decided anew where the key log bounds their authors otherwise.

Looking at every object with every entry would cost more the longer the team lives. So the store remembers
how the key log bounded whom when it was looked at last; only what differs is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.services.sharing_standing import Standing
from app.sharing.membership.quarantine import StreamObject, quarantined, ways_bounded
from app.sharing.objects.container import read_header
from db.base import Connection
from db.mirror import HeldObject, Mirror, ObjectState
from db.store import Store, read_marker, write_marker

_BOUNDS = "sharing_bounds"


def settle_quarantine(
    store: Store, connection: Connection, standing: Standing, also: Iterable[bytes] = ()
) -> frozenset[tuple[str, str]]:
    """Decide anew which objects count (design-sync 8.6), of devices that are bounded otherwise than before.

    `also` are devices of which something has come since. Returns (type, id) of the records that follow.
    """
    mirror = Mirror(connection)
    bounds, due = _bounds(mirror, standing), due_for_settling(connection, standing)
    held = [
        (number, each)
        for number, each in mirror.segments(due.union(also))
        if each.state in {ObjectState.APPLIED, ObjectState.QUARANTINED}
    ]
    apart = quarantined(standing.membership, [_in_stream(mirror, standing, *each) for each in held])
    moved = {number for number, each in held if (each.id in apart) != _is_apart(each)}
    for number, each in held:
        if number in moved:
            state = ObjectState.APPLIED if _is_apart(each) else ObjectState.QUARANTINED
            mirror.set_state([number], state)
    if due:
        write_marker(connection, _BOUNDS, bounds)
    return store.settle_again(connection, moved) if moved else frozenset()


def due_for_settling(connection: Connection, standing: Standing) -> set[bytes]:
    """Devices that the key log bounds otherwise than when it was settled what of theirs counts."""
    mirror = Mirror(connection)
    now, before = _bounds(mirror, standing), _kept(connection)
    due = {device for device in now.keys() | before.keys() if now.get(device) != before.get(device)}
    if b"" in due:
        due |= {each.device for each in mirror.members(sorted(standing.membership.accepted))}
        due |= {each.device for _, each in mirror.in_state(ObjectState.QUARANTINED)}
    return due


def _bounds(mirror: Mirror, standing: Standing) -> dict[bytes, bytes]:
    """By author, in what way its work is bounded; under no name what administrators let in."""
    return ways_bounded(standing.membership, mirror.authors())


def _kept(connection: Connection) -> dict[bytes, bytes]:
    kept: Any = read_marker(connection, _BOUNDS)
    return dict(kept or {})


def _is_apart(held: HeldObject) -> bool:
    return held.state is ObjectState.QUARANTINED


def _in_stream(mirror: Mirror, standing: Standing, number: int, held: HeldObject) -> StreamObject:
    data = mirror.bytes_of(number)
    previous = read_header(data, len(data), standing.identity.vault).previous
    compartment = standing.compartments.get(held.epoch, (None, b""))[0]
    return StreamObject(held.id, held.device, held.stream, previous, compartment)
