from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.crypto.key_slots import StoreKey
from app.ids import record_id
from app.paths import StoreFolder
from app.services.sharing import SharingService
from app.workplace import Workplace
from db import store as db_store
from tests.services.stores import make_store
from tests.services.teams import NewMember

KEY = StoreKey(bytes(range(48)))
START = datetime(2025, 7, 22, 4, 0, tzinfo=UTC)
"""13:00 on Tuesday 22 July 2025 in Japan: 令和7年度."""


class SteppingClock:
    """Stands still until a test moves it; each look is a millisecond later, so that ids sort by making."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def move(self, **ahead: int) -> None:
        self._now += timedelta(**ahead)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def place(tmp_path: Path, clock: SteppingClock) -> Iterator[Workplace]:
    """A workplace on a new encrypted store, made without the slow derivation of a real passphrase."""
    folder = StoreFolder(tmp_path)
    ids = {name: record_id(clock.now()) for name in (TEAM, USER, DEVICE)}
    db_store.create(folder.database, KEY.raw, ids)
    opened = open_workplace(folder, KEY, clock=clock)
    yield opened
    opened.store.close()


@pytest.fixture
def new_member(tmp_path: Path, clock: SteppingClock) -> Iterator[NewMember]:
    made: list[Workplace] = []

    def make() -> Workplace:
        number = len(made) + 1
        store_id = f"0198a2b4-0000-7000-8000-{number:012}"
        made.append(make_store(tmp_path / f"member{number}", clock, store_id).opened())
        return made[-1]

    yield make
    for workplace in made:
        workplace.store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


@pytest.fixture
def first(new_member: NewMember, folder: Path) -> Workplace:
    """Who made the team."""
    workplace = new_member()
    SharingService(workplace).create(str(folder), "佐藤")
    return workplace
