"""The process is killed in the middle of its work: what it had acknowledged is there, all else is whole."""

import random
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from app.bootstrap import create_store, open_workplace
from app.crypto.wrapping_keys import Argon2Cost
from app.paths import StoreFolder
from app.services.backups import KEPT as KEPT_BACKUPS
from app.services.backups import backups_in, complete_restore, is_sound
from app.services.self_checks import SelfCheckService
from app.store_keys import NewKeys, new_practice_keys, open_keys, unlock_practice
from app.workplace import Workplace
from db.engine import connect
from db.maintenance import page_faults
from db.migrating import schema_number
from tests.architecture.sources import ROOT
from tests.services.working_process import ACTS, LINES, TABLES, TAKEN

CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
FEW = [
    ("saves", 5),
    ("undo", 3),
    ("backup", 2),
    ("rebuild", 2),
    ("export", 2),
    ("take_in", 1),
    ("restore", 2),
    ("bring_back", 1),
    ("self_check", 1),
    ("migrate", 2),
    ("print_files", 1),
]
LONGEST_WORK_S = 0.25


@dataclass(frozen=True)
class Work:
    """What a killed process had said: finished values in order, and the one it was at."""

    done: list[str]
    at: str


def work_and_die(act: str, folder: StoreFolder, chance: random.Random) -> Work:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.working_process", act, str(folder.path)],
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
    done = [line[2:] for line in lines if line.startswith("=")]
    begun = [line[2:] for line in lines if line.startswith(">")]
    return Work(done, begun[-1] if len(begun) > len(done) else "")


@pytest.fixture
def folder(tmp_path: Path) -> StoreFolder:
    made = StoreFolder(tmp_path / "store")
    create_store(made, new_practice_keys("0198a2b4-0000-7000-8000-000000000001", cost=CHEAP))
    return made


def require_kept(act: str, folder: StoreFolder, work: Work) -> None:
    """Reopen the store; what the process had said to be done must be there, and nothing by halves."""
    key = unlock_practice(folder)
    if act == "migrate":
        steps_are_whole(folder, work)
        return
    complete_restore(folder)
    place = open_workplace(folder, key)
    try:
        assert act == "self_check" or place.store.check().faults == ()
        assert page_faults(folder.database, key.raw) == ()
        KEPT.get(act, lambda *_: None)(place, folder, work)
    finally:
        place.store.close()
    assert all(is_sound(backup.path, key) for backup in backups_in(folder))


def saves_are_kept(place: Workplace, folder: StoreFolder, work: Work) -> None:
    with place.reading() as reading:
        sessions = {found["id"] for found in reading.records("support_session")}
        lines = Counter(found["support_session_id"] for found in reading.records("note_line"))
    assert set(work.done) <= sessions <= {*work.done, work.at}
    assert lines == dict.fromkeys(sessions, LINES)


def the_last_value_is_kept(place: Workplace, folder: StoreFolder, work: Work) -> None:
    with place.reading() as reading:
        (company,) = reading.records("company")
    last = work.done[-1] if work.done else "名0"
    assert company["name"] in {last, work.at}


def backups_are_kept(place: Workplace, folder: StoreFolder, work: Work) -> None:
    assert len(backups_in(folder)) >= min(len(work.done), KEPT_BACKUPS)


def bundles_are_kept(place: Workplace, folder: StoreFolder, work: Work) -> None:
    for number in work.done:
        with zipfile.ZipFile(folder.path / f"{number}.zip") as bundle:
            assert bundle.testzip() is None
    assert {path.stem for path in folder.path.glob("*.zip")} <= {*work.done, work.at}


def bundles_are_taken_in_whole(place: Workplace, folder: StoreFolder, work: Work) -> None:
    for number in (each for each in (*work.done, work.at) if each):
        empty = StoreFolder(folder.path / f"empty{number}")
        taken = open_workplace(empty, unlock_practice(empty))
        with taken.reading() as reading:
            found = len(reading.records("company"))
        assert taken.store.check().differing == ()
        taken.store.close()
        assert found in ({TAKEN} if number in work.done else {0, TAKEN})


def one_backup_or_the_other_is_in_place(place: Workplace, folder: StoreFolder, work: Work) -> None:
    with place.reading() as reading:
        (company,) = reading.records("company")
    assert company["name"] in {work.done[-1] if work.done else "名1", work.at}
    assert not list(folder.path.glob("store.restoring*"))


def all_items_are_back_or_none(place: Workplace, folder: StoreFolder, work: Work) -> None:
    with place.reading() as reading:
        names = {found["name"] for found in reading.records("company")}
    assert len(names) == 1
    assert names <= {work.done[-1] if work.done else "前", work.at}


def all_is_mended_or_nothing(place: Workplace, folder: StoreFolder, work: Work) -> None:
    checks = SelfCheckService(place, folder, unlock_practice(folder))
    assert len(place.store.check().differing) in {0, 20}
    checks.settle(checks.look())
    assert place.store.check().differing == ()


def files_are_whole(place: Workplace, folder: StoreFolder, work: Work) -> None:
    for path in folder.path.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages)
    assert {path.stem for path in folder.path.glob("*.pdf")} >= set(work.done)


def steps_are_whole(folder: StoreFolder, work: Work) -> None:
    """The schema is that of a step with all its tables, and the backups before the steps are sound."""
    key = unlock_practice(folder)
    connection = connect(folder.database, key.raw)
    number = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name GLOB 'later_*'")
    }
    connection.close()
    reached = {int(work.done[-1]) if work.done else schema_number(), int(work.at or 0)}
    assert number in reached
    steps = range(schema_number() + 1, number + 1)
    assert tables == {f"later_{step}_{part}" for step in steps for part in range(TABLES)}
    assert page_faults(folder.database, key.raw) == ()
    assert all(is_sound(backup.path, key) for backup in backups_in(folder))


KEPT = {
    "saves": saves_are_kept,
    "undo": the_last_value_is_kept,
    "backup": backups_are_kept,
    "export": bundles_are_kept,
    "take_in": bundles_are_taken_in_whole,
    "restore": one_backup_or_the_other_is_in_place,
    "bring_back": all_items_are_back_or_none,
    "self_check": all_is_mended_or_nothing,
    "print_files": files_are_whole,
}


@pytest.mark.parametrize(("act", "times"), FEW)
def test_a_process_killed_at_work_loses_nothing_it_acknowledged(
    folder: StoreFolder, act: str, times: int
) -> None:
    chance = random.Random(act)
    for _ in range(times):
        require_kept(act, folder, work_and_die(act, folder, chance))
        folder = anew(folder)


@pytest.mark.long
@pytest.mark.parametrize("act", ACTS)
def test_two_hundred_killed_processes_lose_nothing(folder: StoreFolder, act: str) -> None:
    test_a_process_killed_at_work_loses_nothing_it_acknowledged(folder, act, 200)


def anew(folder: StoreFolder) -> StoreFolder:
    """Another empty store with the same keys, beside the last one."""
    other = StoreFolder(folder.path.with_name(f"{folder.path.name}x"))
    key = unlock_practice(folder)
    create_store(other, NewKeys(open_keys(folder), key, ()))
    return other
