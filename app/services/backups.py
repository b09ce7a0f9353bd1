"""Backups: verified encrypted copies beside the store, one a day, 14 kept; and going back to one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.clock import JAPAN, Clock
from app.crypto.key_slots import StoreKey
from app.errors import (
    AppError,
    BackupFailed,
    BackupOfAnotherStore,
    BackupUnreadable,
    NoBackup,
    RestoreFailed,
    write_fault,
)
from app.faults import told
from app.key_files import read_keys, restore_keys
from app.paths import StoreFolder
from db.engine import StoreFileMissing, StoreFileUnreadable
from db.maintenance import back_up, verify

KEPT = 14
_STAMP = "%Y-%m-%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup: its file, when it was made, its size in bytes."""

    path: Path
    made_at: datetime
    size: int


class BackupService:
    """Makes, lists and verifies the backups of one store. Needs its key, not an open store."""

    def __init__(self, folder: StoreFolder, key: StoreKey, clock: Clock) -> None:
        self._folder = folder
        self._key = key
        self._clock = clock

    def rows(self) -> tuple[BackupRow, ...]:
        """All backups, newest first."""
        return backups_in(self._folder)

    def is_due(self) -> bool:
        """Whether today (in Japan) has no backup yet."""
        newest = self.rows()[:1]
        today = self._clock.now().astimezone(JAPAN).date()
        return not newest or newest[0].made_at.astimezone(JAPAN).date() < today

    def make(self) -> BackupRow:
        """Make a verified copy with its key file, then let go of the oldest beyond 14.

        Runs beside an open store. Raises BackupFailed or the disk's cases; nothing half-made is left.
        """
        target = self._free_name()
        try:
            self._folder.backups.mkdir(mode=0o700, exist_ok=True)
            with told():
                back_up(self._folder.database, self._key.raw, target)
            shutil.copyfile(self._folder.keys, keys_beside(target))
        except AppError:
            raise
        except OSError as refused:
            raise write_fault(refused) from refused
        except StoreFileMissing as missing:
            raise BackupFailed from missing
        for old in self.rows()[KEPT:]:
            keys_beside(old.path).unlink(missing_ok=True)
            old.path.unlink()
        return _row(target)

    def _free_name(self) -> Path:
        stamp = self._clock.now().astimezone(UTC).strftime(_STAMP)
        name = self._folder.backups / f"{stamp}.db"
        number = 1
        while name.exists():
            number += 1
            name = self._folder.backups / f"{stamp}-{number}.db"
        return name


def backups_in(folder: StoreFolder) -> tuple[BackupRow, ...]:
    """The backups of a store, newest first."""
    if not folder.backups.is_dir():
        return ()
    return tuple(_row(path) for path in sorted(folder.backups.glob("*.db"), reverse=True))


def keys_beside(backup: Path) -> Path:
    """The copy of the key file that a backup keeps."""
    return backup.with_suffix(".keys.json")


def newest_backup(folder: StoreFolder) -> BackupRow:
    """The newest backup. Raises NoBackup."""
    found = backups_in(folder)
    if not found:
        raise NoBackup
    return found[0]


def restore(folder: StoreFolder, key: StoreKey, backup: Path, clock: Clock) -> Path | None:
    """Put a backup in the place of the store, which must be closed and held by the caller.

    What stood there is kept under another name, which is returned (None when there was nothing). Raises
    BackupUnreadable, BackupOfAnotherStore or RestoreFailed; the store is then as it was.
    """
    _require_sound(backup, key)
    stamp = clock.now().astimezone(UTC).strftime(_STAMP)
    incoming = folder.database.with_suffix(".incoming")
    try:
        shutil.copyfile(backup, incoming)
        _require_sound(incoming, key)
        kept = _set_aside(folder, stamp)
        incoming.rename(folder.database)
    except OSError as refused:
        raise RestoreFailed from refused
    finally:
        incoming.unlink(missing_ok=True)
    return kept


def restore_lost_keys(folder: StoreFolder, backup: Path) -> None:
    """Take the key file of a backup when the store's own is missing or damaged."""
    try:
        read_keys(folder)
    except AppError:
        restore_keys(folder, keys_beside(backup))


def _require_sound(backup: Path, key: StoreKey) -> None:
    try:
        with told():
            verify(backup, key.raw)
    except StoreFileMissing as missing:
        raise BackupUnreadable from missing
    except StoreFileUnreadable as other:
        raise BackupOfAnotherStore from other
    except AppError as damaged:
        raise BackupUnreadable from damaged


def _set_aside(folder: StoreFolder, stamp: str) -> Path | None:
    kept = None
    for suffix in ("", "-wal", "-shm"):
        path = folder.database.with_name(folder.database.name + suffix)
        if path.exists():
            aside = folder.path / f"store.before-restore-{stamp}.db{suffix}"
            path.rename(aside)
            kept = kept or aside
    return kept


def _row(path: Path) -> BackupRow:
    stamp = datetime.strptime(path.stem[:17], _STAMP).replace(tzinfo=UTC)
    return BackupRow(path, stamp, path.stat().st_size)
