"""A segment enters the store in turns: whoever saves something waits for one of them, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from app.services import sharing_inbox
from app.services.sharing_rounds import RoundWishes
from db.base import Connection
from db.change_columns import ChangeColumns
from db.store import Store
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team

SAVES, TURN = 30, 7


class EndsError(Exception):
    """The program is no more."""


class Turns:
    """The changes that each transaction brought; after `left` more that bring any, the program ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[int] = []
        self.left: int | None = None
        self._brought = 0
        apply, writing = Store.apply, Store.writing_raw

        def applying(store: Store, connection: Connection, segments: Any) -> Any:
            applied = apply(store, connection, segments)
            self._brought += applied.new
            if applied.new and self.left is not None:
                self.left -= 1
                if self.left < 0:
                    raise EndsError
            return applied

        @contextmanager
        def writing_raw(store: Store) -> Iterator[Connection]:
            self._brought = 0
            with writing(store) as connection:
                yield connection
            if self._brought:
                self.sizes.append(self._brought)

        monkeypatch.setattr(Store, "apply", applying)
        monkeypatch.setattr(Store, "writing_raw", writing_raw)


@pytest.fixture
def team(new_team: NewTeam) -> Team:
    """One segment with many saves waits in the place."""
    made = new_team(members=2)
    for _ in range(SAVES):
        made.write(made.devices[0], *made.records[1])
    made.devices[0].sharing.synchronise()
    return made


@pytest.fixture
def turns(team: Team, monkeypatch: pytest.MonkeyPatch) -> Turns:
    return Turns(monkeypatch)


def receive(team: Team) -> Device:
    reader = team.devices[1]
    reader.sharing.synchronise(wishes=RoundWishes(packs=team.packs, most_changes=TURN))
    return reader


def most_at_once(team: Team, turns: Turns) -> int:
    receive(team)
    assert sum(turns.sizes) == SAVES
    return max(turns.sizes)


def test_no_transaction_brings_more_than_a_turn(team: Team, turns: Turns) -> None:
    assert most_at_once(team, turns) <= TURN


def whole(columns: ChangeColumns, _: int) -> Iterator[ChangeColumns]:
    yield columns


def test_a_segment_that_enters_whole_is_noticed(
    team: Team, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing_inbox, "parts_of", whole)
    assert most_at_once(team, turns) > TURN


def complaints_after_an_end(team: Team, turns: Turns, after: int) -> list[str]:
    """What is amiss once the program ended after some turns, and was begun again."""
    turns.left = after
    with suppress(EndsError):
        receive(team)
    turns.left = None
    reader = team.devices[1]
    assert sum(turns.sizes) == after * TURN
    reader.close()
    team._reopen(reader)
    receive(team)
    return team.complaints()


@pytest.mark.parametrize("after", range(5))
def test_the_rest_of_a_segment_enters_after_the_program_ended_between_turns(
    team: Team, turns: Turns, after: int
) -> None:
    assert complaints_after_an_end(team, turns, after) == []
    assert sum(turns.sizes) == SAVES
    assert receive(team).values() >= team.written


def begins_nothing(_connection: Connection, _number: int) -> None: ...


def test_a_rest_that_nobody_remembers_is_noticed(
    team: Team, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing_inbox, "begin", begins_nothing)
    assert complaints_after_an_end(team, turns, 2)


def test_what_a_person_saves_between_turns_stands(team: Team, turns: Turns) -> None:
    turns.left = 2
    with suppress(EndsError):
        receive(team)
    turns.left = None
    reader = team.devices[1]
    mine = team.write(reader, *team.records[1])
    receive(team)
    team.grow_quiet()
    assert team.complaints() == []
    assert all(mine in device.values() for device in team.devices)
    assert all(mine in {row[-1] for row in device.view()} for device in team.devices)
