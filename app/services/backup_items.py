"""Single items of a backup: which differ from the record or are missing there now, and bringing them back.

A backup is never worked on itself: an older schema is brought up to date in a copy, which goes again. What
comes back is written as ordinary changes: it stands in 履歴, and one step of undo takes it back.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.bootstrap import read_copy
from app.clock import Clock
from app.crypto.key_slots import StoreKey
from app.errors import write_fault
from app.paths import StoreFolder
from app.rows.backup_items import BackupComparison, BackupItem, BroughtBack, Differing
from app.services.backup_item_words import ItemWords
from app.services.backups import BackupRow, copy_durably, require_sound
from app.workplace import TEAM_SCOPE, Workplace
from db.cells import BY_NAME
from db.forms import UnknownRecord
from db.reading import Found, Reading
from db.repositories import comparing
from db.repositories.trash import BELONGINGS
from db.unit_of_work import UnitOfWork

LABEL: Final = "控えから戻す"
_GONE = 1
_VIEW: Final = "backup-view-"
_ABANDONED_AFTER: Final = timedelta(hours=1)


class BackupItemService:
    """Compares backups with the open store. Comparing waits on the disk and belongs into the side pool."""

    def __init__(self, place: Workplace, folder: StoreFolder, key: StoreKey) -> None:
        self._place = place
        self._folder = folder
        self._key = key

    def compare(self, backup: BackupRow) -> BackupComparison:
        """What the backup has and the record has not, or has otherwise; what came later is no difference.

        Raises BackupUnreadable, BackupOfAnotherStore, StoreTooNew, and what a refused write is.
        """
        with (
            copied(backup.path, self._folder, self._key, self._place.clock) as copy,
            self._place.reading() as now,
            read_copy(copy, self._key) as then,
        ):
            differing = dict(_differing(then, now))
            items = tuple(_items(differing, ItemWords(then, now, self._place.masters)))
        return BackupComparison(backup.path, backup.made_at, items, differing)

    def bring_back(self, comparison: BackupComparison, chosen: Collection[str]) -> BroughtBack:
        """Write chosen items (keys of `comparison.items`) as the backup has them, with what comes along.

        A record that is no longer as it was compared stays as it is: nothing unseen is overwritten. One
        transaction, one step of undo in TEAM_SCOPE.
        """
        along = {item.key: item.along for item in comparison.items}
        wanted = dict.fromkeys(each for key in chosen if key in along for each in (key, *along[key]))
        with self._place.action(LABEL, TEAM_SCOPE) as work:
            written = sum(_brought_back(work, comparison.differing[key]) for key in wanted)
        return BroughtBack(written, len(wanted) - written)


@contextmanager
def copied(backup: Path, folder: StoreFolder, key: StoreKey, clock: Clock) -> Iterator[StoreFolder]:
    """A verified copy of a backup, as a store of its own inside the store's folder, encrypted as it was.

    Copies that a killed program left are removed. Raises BackupUnreadable, BackupOfAnotherStore, and what
    a refused write is.
    """
    _clear_abandoned(folder, clock.now())
    try:
        aside = TemporaryDirectory(prefix=_VIEW, dir=folder.path, ignore_cleanup_errors=True)
        with aside as path:
            copy = StoreFolder(Path(path))
            copy_durably(backup, copy.database)
            require_sound(copy.database, key)
            yield copy
    except OSError as refused:
        raise write_fault(refused) from refused


def _clear_abandoned(folder: StoreFolder, now: datetime) -> None:
    for path in folder.path.glob(f"{_VIEW}*"):
        made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if made_at < now - _ABANDONED_AFTER:
            shutil.rmtree(path, ignore_errors=True)


# comparing


def key_of(record_type: str, record_id: str) -> str:
    """How an item is named in lists and on the command line."""
    return f"{record_type}:{record_id}"


def _differing(then: Reading, now: Reading) -> Iterator[tuple[str, Differing]]:
    ids: dict[str, list[str]] = defaultdict(list)
    for record_type, record_id in comparing.live_differences(then, now):
        ids[record_type].append(record_id)
    for record_type, found in ids.items():
        theirs = comparing.found_by_id(then, record_type, found)
        ours = comparing.found_by_id(now, record_type, found)
        for record_id in found:
            each = Differing(record_type, record_id, theirs[record_id], ours.get(record_id))
            yield key_of(record_type, record_id), each


def _items(differing: Mapping[str, Differing], words: ItemWords) -> Iterator[BackupItem]:
    """What a person chooses from: what went together with something is told with that."""
    missing = {each.id: each for each in differing.values() if _is_missing(each)}
    along: dict[str, list[str]] = defaultdict(list)
    for key, each in differing.items():
        top = _top(each, missing) if _is_missing(each) else key
        if top != key:
            along[top].append(key)
    told_elsewhere = {key for keys in along.values() for key in keys}
    for key, each in differing.items():
        if key not in told_elsewhere:
            yield words.item(key, each, is_missing=_is_missing(each), along=tuple(along[key]))


def _is_missing(each: Differing) -> bool:
    """Whether the record is not there now: deleted, or never written."""
    return each.now is None or each.now["deleted"] == _GONE


def _top(each: Differing, missing: Mapping[str, Differing]) -> str:
    """The key of the widest thing that is missing too and that this belongs to; its own without one."""
    owner = next((missing[owner] for owner in _owners(each) if owner in missing), None)
    return _top(owner, missing) if owner else key_of(each.record_type, each.id)


def _owners(each: Differing) -> Iterator[str]:
    if each.record_type == "link":
        yield from (each.then["left_id"], each.then["right_id"])
    for columns in BELONGINGS.values():
        if each.record_type in columns:
            yield each.then[columns[each.record_type]]


# bringing back


def _brought_back(work: UnitOfWork, each: Differing) -> bool:
    """Write one record as the backup has it; whether that could be done."""
    kind = BY_NAME[each.record_type]
    if each.now is None:
        if not _is_known(work, each):
            values = {column: each.then[column] for column in kind.cell_of_column}
            work.save(kind.name, each.id, values, compartment=each.then["compartment"])
            return True
        return False
    if not _is_as_compared(work, each, each.now):
        return False
    if each.now["deleted"] == _GONE:
        work.undelete(kind.name, each.id)
    columns = comparing.compared_columns(kind)
    work.save(kind.name, each.id, {column: each.then[column] for column in columns})
    return True


def _is_known(work: UnitOfWork, each: Differing) -> bool:
    try:
        work.load(each.record_type, each.id)
    except UnknownRecord:
        return False
    return True


def _is_as_compared(work: UnitOfWork, each: Differing, now: Found) -> bool:
    columns = ("deleted", *comparing.compared_columns(BY_NAME[each.record_type]))
    found = work.load(each.record_type, each.id).values
    return all(found[column] == now[column] for column in columns)
