"""How much work a round is, counted and not timed: verbs, bytes, and steps of the database (21)."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.sharing_rounds import Round, RoundWishes
from app.sharing.places.stopping import Stop
from tests.sharing.worlds.members import Member
from tests.sharing.worlds.world import SharedWorld
from tests.sync.model import PARENT
from tests.sync.play import save


@dataclass(frozen=True)
class Amount:
    """What one round that took in a single change asked of the place, read from it, and asked of the store.

    Steps are instructions of SQLite's machine.
    """

    verbs: int
    read: int
    steps: int


def amount_after(history: int, transport: str) -> Amount:
    """The work of taking in one change, with so many segments of history behind."""
    world = SharedWorld(1, transport)
    world.packs = world.members[0].packs
    writer, reader = world.members[:2]
    for number in range(history):
        _write(writer, f"値{number}")
        writer.round()
        world.transport.settle()
    for member in (reader, writer, reader):
        member.round(look_through=True)
        world.transport.settle()
    _write(writer, "最後")
    writer.round()
    world.transport.settle()
    return _counted(reader)


def _write(writer: Member, value: str) -> None:
    save(writer, writer.load(PARENT), {"name": value})


def _counted(reader: Member) -> Amount:
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    reader.store.raw.set_progress_handler(count, 1)
    asked, read = reader.access.asked, reader.access.read
    wishes = RoundWishes(packs=reader.packs)
    report = Round(reader.place, reader.identity, reader.access, Stop(), wishes).run()
    reader.store.raw.set_progress_handler(None, 1)
    assert report.received == 1
    return Amount(reader.access.asked - asked, reader.access.read - read, steps)
