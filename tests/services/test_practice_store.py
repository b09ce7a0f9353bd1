"""Throwing the practice region away."""

from pathlib import Path

import pytest

from app.errors import PracticeOnly
from app.paths import StoreFolder
from app.services.backups import BackupService
from app.services.practice_store import throw_away_practice_store
from tests.ui.program.house import SteppingClock, make_practice, make_store


@pytest.fixture
def folder(tmp_path: Path) -> StoreFolder:
    return StoreFolder(tmp_path / "practice")


def test_the_region_goes_with_its_backups_and_its_folder(folder: StoreFolder) -> None:
    clock = SteppingClock()
    BackupService(folder, make_practice(folder, clock).key, clock).make()
    throw_away_practice_store(folder)
    assert not folder.path.exists()


def test_what_a_person_put_beside_it_stays(folder: StoreFolder) -> None:
    make_practice(folder, SteppingClock())
    notes = folder.path / "メモ.txt"
    notes.write_text("残す")
    throw_away_practice_store(folder)
    assert [*folder.path.iterdir()] == [notes]


def test_a_real_store_is_never_thrown_away(folder: StoreFolder) -> None:
    make_store(folder, SteppingClock())
    before = {path: path.read_bytes() for path in folder.path.iterdir()}
    with pytest.raises(PracticeOnly):
        throw_away_practice_store(folder)
    assert {path: path.read_bytes() for path in folder.path.iterdir()} == before
