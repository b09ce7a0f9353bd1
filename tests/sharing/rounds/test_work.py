"""What a round asks of a real store does not grow with history (21 of design-sync 11), counted and not timed.

`tests.sharing.worlds` counts what goes to the 置き場; here are the tables of records, search and files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from app.services import sharing_outbox
from app.sharing.rounds.packing import PackRules
from db.blobs import Blobs
from db.mirror import Mirror
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team

OLD = 65
"""Segments of history in one company; a head names 64."""
SOME_STEPS = 50
"""Less than one for each segment more, which nothing that looks at them can do with."""


@pytest.fixture
def team(new_team: NewTeam, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(sharing_outbox, "MOST_CHANGES", 1)
    made = new_team(members=2)
    made.packs = PackRules()
    return made


def steps_of(device: Device, act: Callable[[], object]) -> int:
    """Instructions of SQLite's machine, on whichever of the store's connections."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    pool = device.workplace.store._reader.pool
    listeners = {
        "checkout": lambda connection, *_: connection.set_progress_handler(count, 1),
        "checkin": lambda connection, *_: connection.set_progress_handler(None, 1),
    }
    for name, listener in listeners.items():
        event.listen(pool, name, listener)
    act()
    for name, listener in listeners.items():
        event.remove(pool, name, listener)
    return steps


def grow(team: Team) -> None:
    """Many small segments more, and as many files that lie in the place already."""
    writer = team.devices[0]
    for _ in range(OLD):
        team.write(writer, *team.records[1])
    for device in team.devices:
        with device.workplace.store.writing_raw() as connection:
            for _ in range(OLD):
                Blobs(connection).hold(team.rng.randbytes(32), 1, placed=True)
    for device in (*team.devices, *team.devices):
        device.sharing.synchronise()


def steps_of_rounds(team: Team) -> dict[str, int]:
    writer, reader = team.devices
    rounds = {
        "idle, of who wrote": steps_of(writer, writer.sharing.synchronise),
        "idle, of who reads": steps_of(reader, reader.sharing.synchronise),
    }
    team.write(writer, *team.records[1])
    rounds["that sends"] = steps_of(writer, writer.sharing.synchronise)
    rounds["that receives"] = steps_of(reader, reader.sharing.synchronise)
    writer.sharing.synchronise()
    return rounds


def growing(team: Team) -> set[str]:
    """The rounds that take more steps with twice the history."""
    grow(team)
    short = steps_of_rounds(team)
    grow(team)
    long = steps_of_rounds(team)
    return {name for name, steps in long.items() if steps > short[name] + SOME_STEPS}


def test_no_round_takes_more_steps_of_the_store_with_more_history(team: Team) -> None:
    assert growing(team) == set()


def counts_anew(self: Mirror, stream: bytes) -> int:
    return self.count_in(stream, 0, 2**63 - 1)


def reads_all(self: Blobs) -> list[object]:
    return [each for each in self.all().values() if each.placed is False]


@pytest.mark.parametrize(
    ("owner", "function", "mutant"), [(Mirror, "count_all", counts_anew), (Blobs, "to_place", reads_all)]
)
def test_steps_that_grow_with_history_are_noticed(
    owner: type, function: str, mutant: Any, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, function, mutant)
    assert growing(team)
