"""Whatever happens to the bytes of a store, it opens as it was at some commit, or it is told."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from db.engine import StoreDamaged, StoreFileMissing, StoreFileUnreadable
from db.maintenance import page_faults
from db.reading import Reading
from db.store import Store, prepare
from tests.db.conftest import KEY, record_number
from tests.db.test_rebuilding import contents

COMMITS = 30
FEW, MANY = 20, 200
WAL = "-wal"
Tear = Callable[[bytearray, random.Random], bytearray]


def cut(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def flip(content: bytearray, chance: random.Random) -> bytearray:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def garble(content: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 5000))
    content[start:end] = chance.randbytes(end - start)
    return content


def blank(content: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 5000))
    content[start:end] = bytes(end - start)
    return content


TEARS: tuple[Tear, ...] = (cut, flip, garble, blank)


@pytest.fixture
def written(make_store: Callable[[str], Store], tmp_path: Path) -> tuple[bytes, bytes]:
    """A store file and its write-ahead log after 30 commits, as a process that died would leave them."""
    store = make_store("original.db")
    for number in range(COMMITS):
        company = record_number(number)
        with store.writing() as work:
            work.save("company", company, {"name": f"企業{number}", "city": "みどり市"}, compartment=company)
    return store.path.read_bytes(), store.path.with_name(store.path.name + WAL).read_bytes()


@pytest.fixture
def closed(make_store: Callable[[str], Store], written: tuple[bytes, bytes]) -> bytes:
    """The same store after it was closed."""
    store = make_store("original.db")
    store.close()
    return store.path.read_bytes()


def names(store: Store) -> list[str]:
    with store.reading() as connection:
        return [found["name"] for found in Reading(connection).records("company")]


def opened(
    make_store: Callable[[str], Store], tmp_path: Path, name: str, database: bytes, wal: bytes = b""
) -> Store:
    path = tmp_path / name
    path.write_bytes(database)
    if wal:
        path.with_name(name + WAL).write_bytes(wal)
    prepare(path, KEY, before_migrating=lambda: None)
    return make_store(name)


def torn_logs(
    make_store: Callable[[str], Store], tmp_path: Path, written: tuple[bytes, bytes], times: int
) -> list[int]:
    """How many commits were left after each tear; each store was found consistent."""
    database, wal = written
    chance = random.Random(7)
    left = []
    for number in range(times):
        torn = bytes(TEARS[number % len(TEARS)](bytearray(wal), chance))
        store = opened(make_store, tmp_path, f"torn{number}.db", database, torn)
        found = names(store)
        assert found == [f"企業{commit}" for commit in range(len(found))]
        assert store.check().faults == ()
        assert page_faults(store.path, KEY) == ()
        store.abandon()
        left.append(len(found))
    return left


def test_a_torn_log_leaves_the_commits_before_the_tear(
    make_store: Callable[[str], Store], tmp_path: Path, written: tuple[bytes, bytes]
) -> None:
    left = torn_logs(make_store, tmp_path, written, FEW)
    assert len(set(left)) > 5


@pytest.mark.long
def test_two_hundred_torn_logs_leave_the_commits_before_the_tear(
    make_store: Callable[[str], Store], tmp_path: Path, written: tuple[bytes, bytes]
) -> None:
    torn_logs(make_store, tmp_path, written, MANY)


def test_a_whole_log_keeps_every_commit(
    make_store: Callable[[str], Store], tmp_path: Path, written: tuple[bytes, bytes]
) -> None:
    assert len(names(opened(make_store, tmp_path, "whole.db", *written))) == COMMITS


def torn_stores(make_store: Callable[[str], Store], tmp_path: Path, closed: bytes, times: int) -> int:
    """How many tears were told; in the others nothing that can be read had changed."""
    chance = random.Random(11)
    whole = contents(opened(make_store, tmp_path, "whole.db", closed))
    told = 0
    for number in range(times):
        torn = bytes(TEARS[number % len(TEARS)](bytearray(closed), chance))
        try:
            store = opened(make_store, tmp_path, f"torn{number}.db", torn)
            found = contents(store)
            store.abandon()
        except (StoreDamaged, StoreFileUnreadable, StoreFileMissing):
            told += 1
        else:
            assert found == whole
    return told


def test_a_torn_store_is_told_and_never_reads_differently(
    make_store: Callable[[str], Store], tmp_path: Path, closed: bytes
) -> None:
    assert torn_stores(make_store, tmp_path, closed, 40) > 10


@pytest.mark.long
def test_four_hundred_torn_stores_never_read_differently(
    make_store: Callable[[str], Store], tmp_path: Path, closed: bytes
) -> None:
    torn_stores(make_store, tmp_path, closed, 400)


def test_every_damaged_page_is_found_by_the_check(
    make_store: Callable[[str], Store], tmp_path: Path, closed: bytes
) -> None:
    path = tmp_path / "torn.db"
    missed = []
    for page in range(len(closed) // 4096):
        torn = bytearray(closed)
        torn[page * 4096 + 1000] ^= 1
        path.write_bytes(torn)
        try:
            found = page_faults(path, KEY)
        except (StoreDamaged, StoreFileUnreadable):
            found = ("told",)
        if not found:
            missed.append(page)
    assert missed == []
