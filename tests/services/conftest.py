from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import create_store, open_workplace
from app.workplace import Workplace

KEY = bytes(range(48))
START = datetime(2025, 7, 22, 4, 0, tzinfo=UTC)
"""13:00 on Tuesday 22 July 2025 in Japan: 令和7年度."""


class SteppingClock:
    """Stands still until a test moves it; each look is a millisecond later, so that ids sort by making."""

    def __init__(self) -> None:
        self._now = START

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
    create_store(tmp_path, KEY, clock)
    opened = open_workplace(tmp_path, KEY, clock=clock)
    yield opened
    opened.store.close()
