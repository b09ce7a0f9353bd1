from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.crypto.key_slots import StoreKey
from app.ids import record_id
from app.paths import StoreFolder
from app.workplace import Workplace
from db import store as db_store

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
