"""Checking a store from outside: every page, the log against the records, every backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from app.crypto.key_slots import StoreKey
from app.errors import StoreDamaged
from app.faults import told
from app.making_way import COURTESY
from app.paths import StoreFolder
from app.services.backups import BackupRow, backups_in, is_sound
from app.workplace import Workplace
from db.engine import StoreFileUnreadable
from db.maintenance import page_faults


@dataclass(frozen=True, slots=True)
class LogReport:
    """How many records and changes the log holds, how many records do not equal it, and how many of them
    the search index does not hold as they are. `items` names those that differ, as (type, id).
    """

    records: int
    changes: int
    differing: int
    misindexed: int
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BackupReport:
    """One backup, and whether it opens with every page sound."""

    backup: BackupRow
    is_sound: bool


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What checking a store found.

    `page_faults` counts what the checks of pages and tables say. `log` is None when the file is too
    damaged to read it.
    """

    page_faults: int
    log: LogReport | None
    backups: tuple[BackupReport, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return self.log is not None and not self.log.misindexed and self.is_sound_but_for_index

    @property
    def is_sound_but_for_index(self) -> bool:
        """Whether nothing was found but what the next opening mends by itself."""
        is_log_right = self.log is not None and not self.log.differing
        return not self.page_faults and is_log_right and all(each.is_sound for each in self.backups)


def report_on(
    folder: StoreFolder, key: StoreKey, opened: Callable[[], AbstractContextManager[Workplace]]
) -> StoreReport:
    """Check a store beside whoever works in it; `opened` opens it for reading the log.

    Raises what is not damage: a key of another store, a store of a later program, a refusing disk.
    """
    faults = _page_faults(folder, key)
    log = _log_report(opened)
    backups = tuple(BackupReport(backup, is_sound(backup.path, key)) for backup in backups_in(folder))
    return StoreReport(faults, log, backups)


def _page_faults(folder: StoreFolder, key: StoreKey) -> int:
    try:
        with told():
            return len(page_faults(folder.database, key.raw))
    except (StoreFileUnreadable, StoreDamaged):
        return 1


def _log_report(opened: Callable[[], AbstractContextManager[Workplace]]) -> LogReport | None:
    try:
        with opened() as place, told():
            found = place.store.check(COURTESY.make_way)
            if found.misindexed:
                place.store.renew_index_later()
    except StoreDamaged:
        return None
    counts = (found.records, found.changes, len(found.differing), len(found.misindexed))
    return LogReport(*counts, items=found.differing)
