"""A team of two: one with a window, the other a store without, or two windows; a folder between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workplace
from app.domain.terms import TeamRole
from app.services.sharing import SharingService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import put
from tests.services.stores import make_store
from tests.ui.program.house import START, House
from tests.ui.program.house import make_store as make_house_store
from tests.ui.sync.guests import guest as guest


class Team:
    """The window's member is 佐藤, the other 伊藤. Both may see 北国工業."""

    def __init__(self, house: House, other: Workplace, place: Path) -> None:
        self.house = house
        self.other = other
        self.place = place
        keys = make_house_store(house.folder, house.clock)
        first = open_workplace(house.folder, keys.key, clock=house.clock)
        SharingService(first).create(str(place), "佐藤")
        self.company = put(first, "company", name="北国工業", products="治具。")
        self.action = put(first, "action_item", self.company, title="弁理士に相談", due_on="2026-07-29")
        digits = SharingService(other).join(SharingService(first).invite().encode(), "伊藤")
        SharingService(first).approve(digits, TeamRole.MEMBER, [self.company])
        first.store.close()
        self.other_round()

    def other_round(self) -> None:
        """The other one synchronises."""
        SharingService(self.other).synchronise()


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("BANSO_HOME", str(tmp_path / "home"))
    made = House(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def team(house: House, tmp_path: Path) -> Iterator[Team]:
    place = tmp_path / "place"
    place.mkdir()
    store = make_store(tmp_path / "other", SteppingClock(START), "0198a2b4-0000-7000-8000-000000000002")
    other = store.opened()
    yield Team(house, other, place)
    other.store.close()
