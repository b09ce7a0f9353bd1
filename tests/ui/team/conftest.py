"""Two houses in one process, and a folder between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.program.house import House
from tests.ui.program.house import house as house
from tests.ui.team.teams import Other, make_other


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The 置き場."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def other_house(tmp_path: Path, qtbot: QtBot, house: House) -> Iterator[House]:
    """Somebody else's program, with a store of its own."""
    path = tmp_path / "other"
    path.mkdir()
    other = House(path, qtbot)
    yield other
    other.close()


@pytest.fixture
def others(tmp_path: Path, house: House) -> Iterator[list[Other]]:
    """Two people with stores of their own, in no team yet."""
    made = [make_other(tmp_path / f"member{number}", house.clock, number) for number in (1, 2)]
    yield made
    for each in made:
        each.workplace.store.close()
