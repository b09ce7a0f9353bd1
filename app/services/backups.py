"""Backups: verified encrypted copies beside the store, one a day, 14 kept; and going back to one."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from app.clock import JAPAN, Clock
from app.crypto.key_file_format import to_bytes
from app.crypto.key_slots import StoreKey
from app.durable_files import write_durably
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
from app.making_way import quietly
from app.paths import StoreFolder
from app.services.blob_files import BlobFiles
from app.store_lock import holding
from db.engine import StoreFileMissing, StoreFileUnreadable
from db.maintenance import back_up, discard, verify

KEPT: Final = 14
_STAMP: Final = "%Y-%m-%dT%H%M%S"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})(?:-(\d+))?\.(?:db|part)")
_RESTORING: Final = "store.restoring-{}.db"
"""A verified backup that is about to take the store's place; the stamp also names what is set aside."""
_ABANDONED_AFTER: Final = timedelta(hours=1)


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

        Attached files, which never change, are kept once for all backups. Runs beside an open store.
        Raises BackupFailed or the disk's cases; nothing half-made is left.
        """
        self._clear_abandoned()
        target = self._free_name()
        try:
            self._folder.backups.mkdir(mode=0o700, exist_ok=True)
            write_durably(keys_beside(target), to_bytes(read_keys(self._folder).file))
            self._copy(target)
            BlobFiles(self._folder).back_up()
        except OSError as refused:
            raise write_fault(refused) from refused
        for old in self.rows()[KEPT:]:
            old.path.unlink()
            keys_beside(old.path).unlink(missing_ok=True)
        return _row(target)

    def _copy(self, target: Path) -> None:
        try:
            with told():
                quietly(partial(back_up, self._folder.database, self._key.raw, target))
        except (StoreFileMissing, StoreFileUnreadable) as unreadable:
            raise BackupFailed from unreadable
        finally:
            if not target.exists():
                keys_beside(target).unlink(missing_ok=True)

    def _clear_abandoned(self) -> None:
        """Remove what a program that was killed left half-written; a copy at work is younger than that."""
        begun_before = self._clock.now() - _ABANDONED_AFTER
        for path in self._folder.backups.glob("*.part"):
            found = _NAME.fullmatch(path.name)
            if found and _moment(found[1]) < begun_before:
                discard(path)
                keys_beside(path).unlink(missing_ok=True)

    def _free_name(self) -> Path:
        stamp = self._clock.now().astimezone(UTC).strftime(_STAMP)
        same_second = [_age(each.path)[1] for each in self.rows() if each.path.name.startswith(stamp)]
        number = max(same_second, default=0) + 1
        return self._folder.backups / (f"{stamp}.db" if number == 1 else f"{stamp}-{number}.db")


def backups_in(folder: StoreFolder) -> tuple[BackupRow, ...]:
    """The backups of a store, newest first."""
    named = [path for path in folder.backups.glob("*.db") if _NAME.fullmatch(path.name)]
    return tuple(_row(path) for path in sorted(named, key=_age, reverse=True))


def keys_beside(backup: Path) -> Path:
    """The copy of the key file that a backup keeps."""
    return backup.with_suffix(".keys.json")


def newest_backup(folder: StoreFolder) -> BackupRow:
    """The newest backup. Raises NoBackup."""
    found = backups_in(folder)
    if not found:
        raise NoBackup
    return found[0]


def chosen_backup(path: Path) -> BackupRow:
    """A backup by its file, which may lie elsewhere and have any name. Raises BackupUnreadable."""
    try:
        return _row(path) if _NAME.fullmatch(path.name) else _row_elsewhere(path)
    except OSError as refused:
        raise BackupUnreadable from refused


def is_sound(backup: Path, key: StoreKey) -> bool:
    """Whether a backup opens with this key and every page of it is sound."""
    try:
        require_sound(backup, key)
    except AppError:
        return False
    return True


def restore(folder: StoreFolder, key: StoreKey, backup: Path, clock: Clock) -> Path | None:
    """Put a backup in the place of the store, which must be closed and held by the caller.

    What stood there is kept under another name, which is returned (None when there was nothing). Raises
    BackupUnreadable, BackupOfAnotherStore or RestoreFailed; the store is then as it was.
    """
    incoming = folder.database.with_suffix(".incoming")
    stamp = clock.now().astimezone(UTC).strftime(_STAMP)
    ready = folder.path / _RESTORING.format(stamp)
    try:
        _remove(incoming)
        copy_durably(backup, incoming)
        require_sound(incoming, key)
        incoming.rename(ready)  # from here on the next start finishes it, should this process be killed
        return _finish_restore(folder, ready)
    except OSError as refused:
        if folder.database.exists():
            ready.unlink(missing_ok=True)
        raise RestoreFailed from refused
    finally:
        _remove(incoming)


def complete_restore(folder: StoreFolder) -> None:
    """Finish going back to a backup where a killed program had begun to. Raises StoreInUse, RestoreFailed.

    Whoever opens a store asks for this first.
    """
    if not any(folder.path.glob(_RESTORING.format("*"))):
        return
    with holding(folder):
        for ready in folder.path.glob(_RESTORING.format("*")):
            try:
                _finish_restore(folder, ready)
            except OSError as refused:
                raise RestoreFailed from refused


def _finish_restore(folder: StoreFolder, ready: Path) -> Path | None:
    """Both steps can be done again: what was set aside before bears the same stamp."""
    stamp = ready.stem.removeprefix(_RESTORING.format("").removesuffix(".db"))
    kept = _set_aside(folder, stamp)
    ready.rename(folder.database)
    with suppress(OSError):  # the record is back; a file that is not is asked for when it is looked at
        BlobFiles(folder).bring_back()
    return kept


def restore_lost_keys(folder: StoreFolder, backup: Path) -> None:
    """Take the key file of a backup when the store's own is missing or damaged."""
    try:
        read_keys(folder)
    except AppError:
        restore_keys(folder, keys_beside(backup))


def require_sound(backup: Path, key: StoreKey) -> None:
    """Open a backup and check every page. Raises BackupUnreadable or BackupOfAnotherStore."""
    try:
        with told():
            verify(backup, key.raw)
    except StoreFileMissing as missing:
        raise BackupUnreadable from missing
    except StoreFileUnreadable as other:
        raise BackupOfAnotherStore from other
    except AppError as damaged:
        raise BackupUnreadable from damaged


def copy_durably(source: Path, target: Path) -> None:
    """Copy so that a power cut after the return finds the whole copy. Raises BackupUnreadable, OSError."""
    try:
        reader = source.open("rb")
    except OSError as refused:
        raise BackupUnreadable from refused
    with reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())


def _set_aside(folder: StoreFolder, stamp: str) -> Path | None:
    aside = folder.path / f"store.before-restore-{stamp}.db"
    found = [
        (path, kept)
        for path, kept in zip(_with_companions(folder.database), _with_companions(aside), strict=True)
        if path.exists()
    ]
    for path, kept in found:
        path.rename(kept)
    return aside if found or aside.exists() else None


def _remove(database: Path) -> None:
    for path in _with_companions(database):
        path.unlink(missing_ok=True)


def _with_companions(database: Path) -> tuple[Path, ...]:
    """A store file with the files SQLite keeps beside it; a stale one would be folded into a new file."""
    return tuple(database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm"))


def _row(path: Path) -> BackupRow:
    return BackupRow(path, _age(path)[0], path.stat().st_size)


def _row_elsewhere(path: Path) -> BackupRow:
    found = path.stat()
    return BackupRow(path, datetime.fromtimestamp(found.st_mtime, UTC), found.st_size)


def _age(path: Path) -> tuple[datetime, int]:
    """When a backup was begun, and which one of that second it is."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        raise ValueError("not the name of a backup")
    return _moment(found[1]), int(found[2] or 1)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
