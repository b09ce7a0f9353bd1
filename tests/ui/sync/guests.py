"""A window whose device is a member of a team that somebody else made and looks after."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.terms import TeamRole
from app.services.sharing import SharingService
from tests.services.records import change, put, stored
from tests.services.stores import make_store
from tests.ui.program.house import House
from tests.ui.sync.waiting import a_round

OTHER_STORE = "0198a2b4-0000-7000-8000-000000000009"


class Guest:
    """Both see 北国工業."""

    def __init__(self, house: House, path: Path) -> None:
        self.house = house
        (path / "place").mkdir()
        self.other = make_store(path / "other", house.clock, OTHER_STORE).opened()
        self.company = put(self.other, "company", name="北国工業")
        self.sharing.create(str(path / "place"), "佐藤")
        house.make_store()
        self.program = house.start_and_open()
        digits = self.place.join(self.sharing.invite().encode(), "伊藤")
        self.sharing.approve(digits, TeamRole.MEMBER, [self.company])
        self.round()

    @property
    def sharing(self) -> SharingService:
        """Of the administrator, who sits elsewhere."""
        return SharingService(self.other)

    @property
    def place(self) -> SharingService:
        """Of the window's device."""
        assert self.program.services is not None
        return self.program.services.sharing

    @property
    def device(self) -> str:
        return next(each.id for each in self.place.overview().devices if each.is_own)

    def write(self, city: str) -> None:
        assert self.program.services is not None
        change(self.program.services.place, "company", self.company, city=city)

    def city(self) -> object:
        assert self.program.services is not None
        return stored(self.program.services.place, "company", self.company)["city"]

    def round(self) -> None:
        watch = self.program.sharing_watch
        assert watch is not None
        watch.read()
        self.house.wait_until(lambda: watch.state is not None)
        a_round(self.house)


@pytest.fixture
def guest(house: House, tmp_path: Path) -> Iterator[Guest]:
    made = Guest(house, tmp_path)
    yield made
    made.other.store.close()
