from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import engine
from tests.sharing.rounds.team_of_stores import Team

NewTeam = Callable[..., Team]


@pytest.fixture
def new_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewTeam]:
    # No power is cut in these tests, and waiting for the disk is most of their time.
    quick = [each for each in engine._PRAGMAS if not each.startswith("synchronous")]
    monkeypatch.setattr(engine, "_PRAGMAS", (*quick, "synchronous=OFF"))
    teams: list[Team] = []

    def make(seed: int = 0, members: int = 3) -> Team:
        path = tmp_path / str(len(teams))
        path.mkdir()
        teams.append(Team(path, seed, members))
        return teams[-1]

    yield make
    for team in teams:
        team.close()
