import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.log_rules import RULES
from db import store as db_store
from db.store import Author, Store

KEY = bytes(range(48))
TEAM = "01900000-0000-7000-8000-000000000001"
AUTHOR = Author("01900000-0000-7000-8000-000000000002", "01900000-0000-7000-8000-000000000003")


def record_number(number: int) -> str:
    """A record id that tests can tell apart."""
    return f"01900000-0000-7000-8000-{number:012d}"


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []
    noise, stamps = random.Random(7), iter(range(1 << 40, 1 << 41))

    def make(name: str = "store.db") -> Store:
        path = tmp_path / name
        if not path.exists():
            db_store.create(path, KEY, {})
        store = Store(
            path, KEY, RULES, AUTHOR, tick=lambda: next(stamps), new_save_id=lambda: noise.randbytes(8)
        )
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.abandon()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
