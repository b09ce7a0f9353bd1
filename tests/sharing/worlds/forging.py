"""A member whose program is not ours: references to anything, in circles, to itself, to nothing (19)."""

from __future__ import annotations

from dataclasses import replace

from app.sync import merge
from app.sync.merge import LoggedChange
from tests.sharing.worlds.members import Member
from tests.sharing.worlds.world import SharedWorld
from tests.sync.invariants import forged
from tests.sync.model import RECORDS, Key

GREATEST_TIME = 2**63 - 1
"""What a segment can carry."""


def breaches_by_forgery(seed: int, transport: str) -> SharedWorld:
    """What one member forges reaches all by real rounds; no cell is emptied and no round ends early."""
    world = SharedWorld(seed, transport)
    forger = world.rng.choice(world.members)
    for _ in range(3):
        key = (world.rng.choice(RECORDS), world.rng.choice(("name", "memo", "_deleted")))
        _forge(world, forger, key)
    forger.round()
    for _ in range(2):
        world.transport.settle()
        for member in world.members:
            if member.round() is None:
                world.breach(19, "a round has ended early")
    for member in world.members:
        _judge(world, member)
    return world


def _forge(world: SharedWorld, forger: Member, key: Key) -> None:
    held = [*forger.store.log.get(key, {})]
    names = [*held, *(merge.change_id(world.rng.randbytes(8), index) for index in range(4))]
    known = {*names, merge.change_id(world.rng.randbytes(8), 0)}
    with forger.store.writing_raw():
        for identity in names[len(held) :]:
            change = forged(world, identity, names)
            change = replace(
                change,
                seen=change.seen & known,
                known=change.known & known,
                covers=change.covers & known,
                time=min(change.time, GREATEST_TIME),
                value=_plain(change),
            )
            forger.store.insert(key, change, forger.store.author)
        forger.store.view([key])


def _plain(change: LoggedChange) -> object:
    """A value that comes back as it went: an acknowledgement has none, and no number equals nothing."""
    is_odd = change.kind == merge.ACK or change.value != change.value
    return None if is_odd else change.value


def _judge(world: SharedWorld, member: Member) -> None:
    if member.store.log != world.members[0].store.log:
        world.breach(19, "not everybody has what was forged")
    for key, changes in member.store.log.items():
        view = member.store.views[key]
        counted: list[LoggedChange] = [each for each in changes.values() if each.kind == merge.SET]
        if counted and (not view.heads or (view.winner is None and not view.conflicts)):
            world.breach(19, f"{key} is empty, of {len(counted)} writes")
    for record in RECORDS:
        member.record(record)
