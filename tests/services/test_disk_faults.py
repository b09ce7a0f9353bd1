"""Stores on real disks that are full or take no writes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import DiskFull, FolderReadOnly, RestoreFailed
from app.services.backups import backups_in, restore
from app.services.bundles import BundleService
from app.services.drafts import DraftService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import put
from tests.services.stores import MadeStore, make_store
from tests.troubled_disk import fill, mounted, small_disk, without_room

Remount = Callable[[str], None]
SIZE_KB = 5000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Remount]]:
    """A small disk, and a way to mount it again with other options."""
    with small_disk(tmp_path / "disk", SIZE_KB) as place:

        def remount(options: str) -> None:
            assert mounted("-o", f"remount,{options}", str(place))

        yield place, remount


@pytest.fixture
def made(disk: tuple[Path, Remount], clock: SteppingClock) -> MadeStore:
    return make_store(disk[0] / "store", clock)


@pytest.fixture
def open_place(made: MadeStore) -> Iterator[Workplace]:
    place = made.opened()
    yield place
    place.store.abandon()


def write_until_full(write: Callable[[], object]) -> int:
    """How many writes were acknowledged before the disk was full."""
    for acknowledged in range(10_000):
        try:
            write()
        except DiskFull:
            return acknowledged
    pytest.fail("the disk never was full")


def count(place: Workplace) -> int:
    with place.reading() as reading:
        return len(reading.records("company"))


def test_a_full_disk_keeps_every_acknowledged_save_and_work_goes_on_when_there_is_room(
    disk: tuple[Path, Remount], open_place: Workplace
) -> None:
    ballast = fill(disk[0], leaving=300_000)
    saved = write_until_full(lambda: put(open_place, "company", name="企業" * 100))
    assert saved
    assert count(open_place) == saved
    ballast.unlink()
    put(open_place, "company", name="また書ける")
    assert count(open_place) == saved + 1
    assert open_place.store.check().faults == ()


def test_a_draft_on_a_full_disk_is_told_and_the_earlier_one_stays(
    disk: tuple[Path, Remount], open_place: Workplace
) -> None:
    drafts = DraftService(open_place.store, open_place.clock)
    drafts.keep("s", "行", "前の文")
    fill(disk[0])
    write_until_full(lambda: drafts.keep("s", "行", "次の文" * 2000))
    (draft,) = drafts.of("s")
    assert draft.text in {"前の文", "次の文" * 2000}


def test_neither_half_a_backup_nor_half_a_bundle_is_left_on_a_full_disk(
    disk: tuple[Path, Remount], made: MadeStore, open_place: Workplace, tmp_path: Path
) -> None:
    for _ in range(20):
        put(open_place, "company", name=os.urandom(3000).hex())
    fill(disk[0], leaving=100_000)
    with pytest.raises(DiskFull):
        made.backups.make()
    assert list(made.folder.backups.iterdir()) == []
    with pytest.raises(DiskFull):
        BundleService(open_place).export(disk[0] / "all.zip")
    assert {path.name for path in disk[0].iterdir()} == {"store", "ballast"}


def test_a_restore_on_a_full_disk_leaves_the_store_as_it_was(
    disk: tuple[Path, Remount], made: MadeStore
) -> None:
    backup = made.backups.make()
    before = made.folder.database.read_bytes()
    fill(disk[0])
    with pytest.raises(RestoreFailed):
        restore(made.folder, made.key, backup.path, made.clock)
    assert made.folder.database.read_bytes() == before
    assert [row.path for row in backups_in(made.folder)] == [backup.path]


def test_a_disk_that_takes_no_writes_is_told_at_every_door(
    disk: tuple[Path, Remount], made: MadeStore
) -> None:
    made.opened().store.close()
    before = made.folder.database.read_bytes()
    disk[1]("ro")
    with pytest.raises(FolderReadOnly):
        made.opened()
    with pytest.raises(FolderReadOnly):
        made.backups.make()
    assert made.folder.database.read_bytes() == before


def test_a_store_is_not_begun_on_a_full_disk(disk: tuple[Path, Remount], clock: SteppingClock) -> None:
    fill(disk[0], leaving=60_000)
    with pytest.raises(DiskFull):
        make_store(disk[0] / "store", clock)
    assert list((disk[0] / "store").iterdir()) == []
    (disk[0] / "ballast").unlink()
    make_store(disk[0] / "store", clock).opened().store.close()


def test_a_disk_that_fills_while_typing_is_told_and_reading_goes_on(open_place: Workplace) -> None:
    """The same where no small disk can be mounted: SQLite itself is given too few pages."""
    company = put(open_place, "company", name="北国精密")
    with without_room(open_place.store):
        write_until_full(lambda: put(open_place, "company", name="企業" * 5000))
    with open_place.reading() as reading:
        assert reading.record("company", company)
