"""Keys and locks on real disks that are full or take no writes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app import store_keys
from app.crypto.wrapping_keys import Argon2Cost
from app.errors import DiskFull, FolderReadOnly, WrongPassphrase
from app.key_files import create_keys
from app.paths import StoreFolder
from app.store_keys import NewKeys
from app.store_lock import holding

from .fake_clock import FakeClock

PASSPHRASE = "工場のカギは三つあるはず"
NEXT = "つぎの合言葉は春に決める"
CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)

Mount = Callable[[str], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[StoreFolder, Mount]]:
    """A small disk, and a way to mount it again with other options."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or not mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)):
        pytest.skip("this machine does not let a test mount a small disk")

    def remount(options: str) -> None:
        assert mounted("-o", f"remount,{options}", str(place))

    yield StoreFolder(place), remount
    subprocess.run(["umount", str(place)], check=True)


def mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def fill(folder: StoreFolder) -> None:
    with (folder.path / "ballast").open("wb") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), bytes(1024))


def made_in(folder: StoreFolder) -> NewKeys:
    new = store_keys.new_keys("0198a2b4-0000-7000-8000-000000000001", PASSPHRASE, cost=CHEAP)
    create_keys(folder, new.file)
    return new


def test_keys_are_not_made_on_a_full_disk(disk: tuple[StoreFolder, Mount]) -> None:
    folder, _ = disk
    fill(folder)
    with pytest.raises(DiskFull):
        made_in(folder)
    assert [path.name for path in folder.path.iterdir()] == ["ballast"]


def test_on_a_full_disk_the_old_passphrase_stays_and_opens(
    disk: tuple[StoreFolder, Mount], caplog: pytest.LogCaptureFixture
) -> None:
    folder, _ = disk
    new = made_in(folder)
    fill(folder)
    with pytest.raises(DiskFull):
        store_keys.change_passphrase(folder, new.key, NEXT, NEXT, cost=CHEAP)
    assert store_keys.unlock_with_passphrase(folder, PASSPHRASE, FakeClock()) == new.key
    with pytest.raises(WrongPassphrase):
        store_keys.unlock_with_passphrase(folder, NEXT, FakeClock())


def test_a_disk_that_takes_no_writes_opens_and_refuses_changes(
    disk: tuple[StoreFolder, Mount], caplog: pytest.LogCaptureFixture
) -> None:
    folder, remount = disk
    new = made_in(folder)
    remount("ro")
    assert store_keys.unlock_with_passphrase(folder, PASSPHRASE, FakeClock()) == new.key
    with pytest.raises(FolderReadOnly):
        store_keys.change_passphrase(folder, new.key, NEXT, NEXT, cost=CHEAP)
    with pytest.raises(FolderReadOnly), holding(folder):
        pytest.fail("held on a disk that takes no writes")
