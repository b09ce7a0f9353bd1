"""Real disks that fill up or go away under a store, where the machine lets a test mount them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from db.store import Store

REFUSED = "this machine does not let a test mount a disk"


def mounted(*arguments: str) -> bool:
    if sys.platform != "linux":
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def unmount(place: Path) -> None:
    """Also while files on it are open."""
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def small_disk(place: Path, size_kb: int) -> Iterator[Path]:
    """A disk of this size at `place`."""
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(place)):
        pytest.skip(REFUSED)
    try:
        yield place
    finally:
        unmount(place)


class Stick:
    """A folder that is there while it is plugged in; its content survives being pulled out."""

    def __init__(self, content: Path, place: Path) -> None:
        self._content, self.place = content, place
        content.mkdir()
        place.mkdir()

    def plug_in(self) -> None:
        if not mounted("--bind", str(self._content), str(self.place)):
            pytest.skip(REFUSED)

    def pull_out(self) -> None:
        unmount(self.place)


def fill(folder: Path, leaving: int = 0) -> Path:
    """Fill the disk but for `leaving` bytes."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), bytes(4096))
    os.truncate(ballast, max(0, ballast.stat().st_size - leaving))
    return ballast


@contextmanager
def without_room(store: Store) -> Iterator[None]:
    """The same where no disk can be mounted: every connection is given too few pages."""
    with _each_connection(store, "PRAGMA max_page_count=1", "PRAGMA max_page_count=4294967294"):
        yield


@contextmanager
def without_right_to_write(store: Store) -> Iterator[None]:
    """No mount turns a disk with open files read-only: SQLite is told to refuse instead."""
    with _each_connection(store, "PRAGMA query_only=ON", "PRAGMA query_only=OFF"):
        yield


@contextmanager
def _each_connection(store: Store, first: str, last: str) -> Iterator[None]:
    state = [first]

    def set_up(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute(state[0]).close()

    for engine in (store._reader, store._writer):
        event.listen(engine, "begin", set_up, insert=True)
    yield
    state[0] = last
    with store._reader.begin(), store._reader.begin():  # a store that is closed begins nothing any more
        pass
