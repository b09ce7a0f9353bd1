"""Whatever the 置き場 does and whatever happens to laptops: all agree, nothing is lost, the place is whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import engine
from tests.sharing.rounds.team_of_stores import Team

NewTeam = Callable[..., Team]
FEW = range(8)
MANY = range(1000, 3000)
EVENTS = 40


@pytest.fixture
def new_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewTeam]:
    # No power is cut in these tests, and waiting for the disk is most of their time.
    quick = [each for each in engine._PRAGMAS if not each.startswith("synchronous")]
    monkeypatch.setattr(engine, "_PRAGMAS", (*quick, "synchronous=OFF"))
    teams: list[Team] = []

    def make(seed: int, members: int = 3, rate: float = 0.15) -> Team:
        path = tmp_path / str(len(teams))
        path.mkdir()
        teams.append(Team(path, seed, members, rate))
        return teams[-1]

    yield make
    for team in teams:
        team.close()


@pytest.mark.parametrize("seed", FEW)
def test_all_agree_and_nothing_is_lost(new_team: NewTeam, seed: int) -> None:
    team = new_team(seed)
    team.live(EVENTS)
    team.grow_quiet()
    assert team.complaints() == []
