"""The practice region: its files, and throwing it away."""

from pathlib import Path

import pytest

from app.errors import PracticeOnly
from app.paths import StoreFolder
from app.services.attachments import AttachmentService
from app.services.backups import BackupService
from app.services.blob_files import BlobFiles
from app.services.practice_store import make_practice_store, throw_away_practice_store
from app.services.stores import unlock
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


def test_the_region_has_files_that_can_be_looked_at_and_that_go_with_it(folder: StoreFolder) -> None:
    make_practice_store(folder)
    with unlock(folder).opened() as place:
        files = AttachmentService(place, BlobFiles(folder))
        with place.reading() as reading:
            found = reading.records("attachment")
        assert sorted(each["name"] for each in found) == [
            "加工条件の控え.txt",
            "治具の略図.png",
            "瓶の大きさ.png",
            "組立治具の略図.png",
        ]
        assert all(len(files.content(each["id"])) == each["size"] > 0 for each in found)
    throw_away_practice_store(folder)
    assert not folder.path.exists()
