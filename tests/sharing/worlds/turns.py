"""People who work strictly one after the other, with everything exchanged between; and who has only parts."""

from __future__ import annotations

from tests.sharing.worlds.light_store import LightStore
from tests.sharing.worlds.members import Member
from tests.sharing.worlds.team import HOMES
from tests.sharing.worlds.transports import Access
from tests.sharing.worlds.world import SharedWorld, begun
from tests.sync.model import DELETED, RECORDS
from tests.sync.play import IN_TURN, edit, undo

STEPS = 8


def breaches_in_turn(seed: int, transport: str) -> SharedWorld:
    """5: under any clocks nothing is listed and nobody is asked. 18: nor where only parts arrive."""
    world = SharedWorld(seed, transport)
    rng = world.rng
    acts = (edit, edit, undo) if seed % 2 else IN_TURN
    for _ in range(STEPS):
        world.true_ms += rng.choice((0, 1, 60_000))
        member = rng.choice(world.members)
        rng.choice(acts)(world, member)
        member.round()
        world.transport.settle()
        for other in world.members:
            if other is not member:
                other.round()
    for member in world.members:
        listed = [key for key, view in member.store.views.items() if view.conflicts]
        flagged = [record for record in RECORDS if member.record(record).needs_decision]
        if listed or flagged:
            world.breach(5, f"{listed} {flagged}")
    if seed % 2:
        _judge_parts(world)
    return world


def _judge_parts(world: SharedWorld) -> None:
    """Segments reach a device in any choice: what refers to others waits, and nobody is asked."""
    start = begun(world.size)
    for number in range(2):
        store = LightStore(HOMES, start.stores[number])
        chosen: dict[str, bool] = {}

        def is_hidden(name: str, chosen: dict[str, bool] = chosen) -> bool:
            return name[:2] in {"s/", "p/"} and chosen.setdefault(name, world.rng.random() < 0.4)

        access = Access(world.transport, object(), hidden=is_hidden)
        part = Member(world, is_new=True, skew_ms=0, store=store, user=start.users[number], access=access)
        part.round(look_through=True)
        world.transport.settle()
        part.round(look_through=True)
        for key, view in store.views.items():
            if view.needs_decision and key[1] != DELETED:
                world.breach(18, f"{key} asks about {view.conflicts}")
