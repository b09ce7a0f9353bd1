"""Building the workplace from a store folder, its key and a clock, for window, command line and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from app.clock import Clock, SystemClock
from app.cloud_folders import cloud_client_of
from app.crypto.key_slots import SALT_BYTES, StoreKey
from app.errors import (
    KeyOfAnotherStore,
    MigrationFailed,
    StoreDamaged,
    StoreEmptyFile,
    StoreInCloudFolder,
    StoreMissing,
    StoreTooNew,
)
from app.faults import told
from app.ids import record_id, save_id
from app.key_files import create_keys
from app.log_rules import RULES
from app.masters import load_masters
from app.paths import StoreFolder
from app.store_keys import NewKeys
from app.sync.clock import HybridClock
from app.workplace import Workplace
from db import store as db_store
from db.engine import StoreFileMissing, StoreFileUnreadable
from db.migrating import MigrationStopped, StoreNewerThanProgram
from db.reading import Reading
from db.reading_aside import reading_aside

TEAM, USER, DEVICE = "team_id", "user_id", "device_id"
"""Markers of this device: the team it works in, the person, and the device itself."""


def create_store(folder: StoreFolder, keys: NewKeys, clock: Clock | None = None) -> None:
    """Make the key file and an empty store with fresh team, user and device ids; both or none.

    Raises StoreInCloudFolder, StoreExists, and what a refused write is.
    """
    clock = clock or SystemClock()
    require_local(folder)
    create_keys(folder, keys.file)
    ids = {name: record_id(clock.now()) for name in (TEAM, USER, DEVICE)}
    try:
        with told():
            db_store.create(folder.database, keys.key.raw, ids)
    except BaseException:
        for useless in (folder.keys, folder.keys_copy):
            useless.unlink(missing_ok=True)
        raise


def require_local(folder: StoreFolder) -> None:
    """Raise StoreInCloudFolder where a cloud client would copy and damage an open store."""
    if client := cloud_client_of(folder.path):
        raise StoreInCloudFolder(client=client)


def open_workplace(
    folder: StoreFolder,
    key: StoreKey,
    *,
    clock: Clock | None = None,
    before_migrating: Callable[[], object] = lambda: None,
    medium_back: Callable[[], object] = lambda: None,
) -> Workplace:
    """Open an existing store for work, upgrading it first where needed.

    `before_migrating` makes the backup that precedes an upgrade; `medium_back` takes the lock again before
    the first write to a medium that was gone. Raises StoreMissing, StoreEmptyFile,
    StoreDamaged, KeyOfAnotherStore, StoreTooNew, MigrationFailed, StoreInCloudFolder and
    the disk's cases.
    """
    clock = clock or SystemClock()
    require_local(folder)
    with _opening(folder, key):
        db_store.prepare(folder.database, key.raw, before_migrating=before_migrating)
        markers = db_store.local_markers(folder.database, key.raw)
        return Workplace(
            store=_opened(folder, key, markers, clock, medium_back),
            clock=clock,
            masters=load_masters(),
            team_id=str(markers[TEAM]),
            user_id=str(markers[USER]),
        )


@contextmanager
def read_copy(folder: StoreFolder, key: StoreKey) -> Iterator[Reading]:
    """One moment of a store that was copied into a folder of its own, upgraded there where needed.

    Raises what `open_workplace` raises.
    """
    with _opening(folder, key):
        db_store.prepare(folder.database, key.raw, before_migrating=lambda: None)
    with reading_aside(folder.database, key.raw) as reading:
        yield reading


@contextmanager
def _opening(folder: StoreFolder, key: StoreKey) -> Iterator[None]:
    try:
        with told():
            yield
    except StoreFileMissing as missing:
        raise (StoreEmptyFile if folder.database.exists() else StoreMissing)() from missing
    except StoreFileUnreadable as unreadable:
        raise (StoreDamaged if _is_key_of(folder, key) else KeyOfAnotherStore)() from unreadable
    except StoreNewerThanProgram as newer:
        raise StoreTooNew(store_schema=newer.found, known_schema=newer.known) from newer
    except MigrationStopped as stopped:
        raise MigrationFailed(schema=stopped.schema) from stopped


def _is_key_of(folder: StoreFolder, key: StoreKey) -> bool:
    """Whether the file begins with the key's salt, as a store of this key does."""
    salt = key.raw[-SALT_BYTES:]
    with folder.database.open("rb") as file:
        return file.read(len(salt)) == salt


def _opened(
    folder: StoreFolder,
    key: StoreKey,
    markers: Mapping[str, object],
    clock: Clock,
    medium_back: Callable[[], object],
) -> db_store.Store:
    def now_ms() -> int:
        return int(clock.now().timestamp() * 1000)

    last = markers.get(db_store.LAST_TIME)
    ticking = HybridClock(now_ms, last if isinstance(last, int) else 0)
    author = db_store.Author(str(markers[USER]), str(markers[DEVICE]))
    return db_store.Store(
        folder.database,
        key.raw,
        RULES,
        author,
        tick=ticking.tick,
        new_save_id=save_id,
        observe=ticking.observe,
        medium_back=medium_back,
    )
