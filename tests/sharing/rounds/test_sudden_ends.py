"""`banso sync` is killed at any moment: what was saved arrives everywhere, and the stores are sound."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import create_store, open_workplace
from app.domain.terms import TeamRole
from app.paths import StoreFolder
from app.services.sharing import SharingService
from app.services.sharing_rounds import RoundWishes
from app.store_keys import new_practice_keys, unlock_practice
from app.workplace import Workplace
from db.change_log import unpack
from db.maintenance import page_faults
from tests.architecture.sources import ROOT
from tests.services.records import put
from tests.services.stores import CHEAP

LONGEST_WORK_S = 1.0


def opened(folder: StoreFolder) -> Workplace:
    return open_workplace(folder, unlock_practice(folder))


@pytest.fixture
def stores(tmp_path: Path) -> list[StoreFolder]:
    """Two members who share a company through a folder."""
    place = tmp_path / "place"
    place.mkdir()
    folders = [StoreFolder(tmp_path / name) for name in ("first", "second")]
    for number, folder in enumerate(folders):
        create_store(folder, new_practice_keys(f"0198a2b4-0000-7000-8000-{number:012}", cost=CHEAP))
    first, second = map(opened, folders)
    company = put(first, "company", name="北国工業")
    SharingService(first).create(str(place), "佐藤")
    letter = SharingService(first).invite().encode()
    digits = SharingService(second).join(letter, "伊藤")
    SharingService(first).approve(digits, TeamRole.MEMBER, [company])
    SharingService(second).synchronise()
    for workplace in (first, second):
        workplace.store.close()
    return folders


def killed_at_work(folder: StoreFolder, chance: random.Random) -> list[str]:
    """The values that the process had said to be saved."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.sharing.rounds.syncing_process", str(folder.path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # a buffer would keep what came with the first line from `communicate`
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    try:
        process.wait(timeout=chance.uniform(0, LONGEST_WORK_S))
    except subprocess.TimeoutExpired:
        process.kill()
    said, complaint = process.communicate()
    assert process.returncode != 0, "it was to be killed at work"
    assert not complaint
    lines = (first + said).decode().splitlines()
    return [line[1:] for line in lines if line.startswith("=") and line.count(" ") == 2]


def values(workplace: Workplace) -> set[object]:
    with workplace.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM change WHERE value IS NOT NULL").fetchall()
    return {value for (packed,) in rows if isinstance(value := unpack(packed), str)}


def shown(workplace: Workplace) -> list[tuple[object, ...]]:
    with workplace.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, deleted, conflicts, name FROM company ORDER BY id")
        return [tuple(row) for row in rows]


def all_agree(folders: list[StoreFolder], saved: set[str]) -> None:
    members = [opened(folder) for folder in folders]
    for _ in range(2):
        for workplace in members:
            SharingService(workplace).synchronise(wishes=RoundWishes(look_through=True))
    for folder, workplace in zip(folders, members, strict=True):
        assert saved - values(workplace) == set()
        assert workplace.store.check().faults == ()
        assert page_faults(folder.database, unlock_practice(folder).raw) == ()
    assert shown(members[0]) == shown(members[1])
    for workplace in members:
        workplace.store.close()


def killed_again_and_again(stores: list[StoreFolder], times: int, seed: int) -> None:
    chance = random.Random(seed)
    saved: set[str] = set()
    for number in range(times):
        saved.update(killed_at_work(stores[number % 2], chance))
    assert saved
    all_agree(stores, saved)


def test_whoever_is_killed_while_sharing_loses_nothing(stores: list[StoreFolder]) -> None:
    killed_again_and_again(stores, 4, 1)


@pytest.mark.long
def test_whoever_is_killed_hundreds_of_times_loses_nothing(stores: list[StoreFolder]) -> None:
    killed_again_and_again(stores, 300, 2)
