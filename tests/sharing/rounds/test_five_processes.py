"""Five members at work at once in one folder: processes are killed, and files befall what befalls files.

Each process is the program itself (`banso sync` in a loop, with saves between). At the end all exports say
the same, and every word that a process said to be saved is in them.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.bootstrap import create_store, open_workplace
from app.domain.terms import TeamRole
from app.paths import HOME_VARIABLE, StoreFolder
from app.services.sharing import SharingService
from app.store_keys import new_practice_keys, unlock_practice
from db.maintenance import page_faults
from tests.architecture.sources import ROOT
from tests.services.records import put
from tests.services.stores import CHEAP
from ui.command_line.running import run

MEMBERS = 5
LONGEST_WORK_S = 0.8
BETWEEN_MISHAPS_S = 0.02
COMPANIES = ("北国工業", "南国窯業", "西国木工")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def stores(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> list[StoreFolder]:
    """Five members of one team who share three companies."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    folders = [StoreFolder(tmp_path / f"member{number}") for number in range(MEMBERS)]
    for number, folder in enumerate(folders):
        create_store(folder, new_practice_keys(f"0198a2b4-0000-7000-8000-{number:012}", cost=CHEAP))
    first, *others = [open_workplace(folder, unlock_practice(folder)) for folder in folders]
    companies = [put(first, "company", name=name) for name in COMPANIES]
    SharingService(first).create(str(place), "佐藤")
    for number, other in enumerate(others):
        letter = SharingService(first).invite().encode()
        digits = SharingService(other).join(letter, f"伊藤{number}")
        SharingService(first).approve(digits, TeamRole.MEMBER, companies)
        SharingService(other).synchronise()
    for workplace in (first, *others):
        workplace.store.close()
    return folders


class Mishaps:
    """What befalls the files of a folder: cut short, deleted, doubled, altered, or old ones back again."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self._old: list[tuple[Path, bytes]] = []
        self.happened = 0

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Now and then something, in a thread beside."""
        ended = threading.Event()

        def befall() -> None:
            while not ended.wait(BETWEEN_MISHAPS_S):
                with suppress(OSError):
                    self.happened += self._one()

        thread = threading.Thread(target=befall)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _one(self) -> bool:
        files = sorted(path for path in self._folder.rglob("*.osy") if path.is_file())
        if not files:
            return False
        path = self._chance.choice(files)
        content = path.read_bytes()
        self._old.append((path, content))
        doing = self._chance.randrange(5)
        if doing == 0:
            path.unlink()
        elif doing == 1:
            os.truncate(path, self._chance.randrange(len(content) + 1))
        elif doing == 2:
            shutil.copy(path, path.with_name(f"{path.stem} (2).osy"))
        elif doing == 3 and content:
            at = self._chance.randrange(len(content))
            path.write_bytes(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :])
        else:
            back, old = self._chance.choice(self._old)
            back.write_bytes(old)
        return True


def at_work(folder: StoreFolder) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.sharing.rounds.syncing_process", str(folder.path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # a buffer would keep what came with the first line from `communicate`
    )


def killed_together(folders: list[StoreFolder], mishaps: Mishaps, chance: random.Random) -> set[str]:
    """All work at once and are killed one after the other; what they said to be saved."""
    processes = [at_work(folder) for folder in folders]
    firsts = [process.stdout.readline() for process in processes if process.stdout]
    saved: set[str] = set()
    with mishaps.going_on():
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.uniform(0, LONGEST_WORK_S / MEMBERS))
            process.kill()
    for first, process in zip(firsts, processes, strict=True):
        said, complaint = process.communicate()
        assert not complaint.strip(), complaint.decode()
        lines = (first + said).decode().splitlines()
        saved |= {line[1:] for line in lines if line.startswith("=") and line.count(" ") == 2}
    return saved


def grown_quiet(folders: list[StoreFolder]) -> None:
    """Rounds without any mishap, as people would run them."""
    for _ in range(3):
        for folder in folders:
            assert run(["sync", "--store", str(folder.path), "--look-through", "--refill"]) == 0


def exported(folder: StoreFolder, out: Path) -> tuple[set[str], dict[str, list[object]]]:
    """The log, line by line, and every record, as `banso export` writes them."""
    assert run(["export", "--store", str(folder.path), "--out", str(out), "--include-secret"]) == 0
    with zipfile.ZipFile(out) as bundle:
        log = set(bundle.read("log.jsonl").decode().splitlines())
        names = sorted(name for name in bundle.namelist() if name.endswith(".json") and "/" in name)
        tables = {name: _in_order(json.loads(bundle.read(name))) for name in names}
    return log, tables


def _in_order(records: list[dict[str, object]]) -> list[object]:
    """Records by id, without the place that each has in its own file."""
    rows = [{column: value for column, value in row.items() if column != "seq"} for row in records]
    return sorted(rows, key=lambda row: str(row["id"]))


def lives(folders: list[StoreFolder], place: Path, tmp_path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    mishaps = Mishaps(place, chance)
    saved: set[str] = set()
    for _ in range(rounds):
        saved |= killed_together(folders, mishaps, chance)
    assert len(saved) >= MEMBERS
    assert mishaps.happened
    grown_quiet(folders)
    bundles = [exported(folder, tmp_path / f"{number}.zip") for number, folder in enumerate(folders)]
    for folder, (log, tables) in zip(folders, bundles, strict=True):
        said = {str(json.loads(line)["value"]) for line in log}
        assert saved - said == set()
        assert log == bundles[0][0]
        assert tables == bundles[0][1]
        assert page_faults(folder.database, unlock_practice(folder).raw) == ()


def test_five_members_who_are_killed_at_work_agree_and_lose_no_word(
    stores: list[StoreFolder], place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lives(stores, place, tmp_path, 2, 1)


@pytest.mark.long
def test_five_members_who_are_killed_hundreds_of_times_agree_and_lose_no_word(
    stores: list[StoreFolder], place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lives(stores, place, tmp_path, int(os.environ.get("BANSO_ROUNDS", "300")), 2)
