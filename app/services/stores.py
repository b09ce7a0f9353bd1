"""A store seen from outside: finding it, getting in without a window, and the acts it is closed for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import create_store, open_workplace, require_local
from app.clock import Clock, SystemClock
from app.crypto.key_slots import StoreKey
from app.errors import StoreEmptyFile, StoreMissing
from app.faults import told
from app.ids import record_id
from app.paths import StoreFolder, user_folders
from app.secrets import KeyRing
from app.services import backups
from app.services.backup_items import BackupItemService
from app.services.backups import BackupService
from app.services.bundles import BundleService
from app.services.printing import PrintService
from app.services.store_reports import StoreReport, report_on
from app.store_keys import new_keys, open_keys, unlock_practice, unlock_with_keyring, unlock_with_passphrase
from app.store_lock import holding
from app.workplace import Workplace

AskPassphrase = Callable[[], str]
"""Gives the passphrase when it is needed."""


@dataclass(frozen=True, slots=True)
class UnlockedStore:
    """A store whose key is known. Nothing is open yet."""

    folder: StoreFolder
    key: StoreKey
    is_practice: bool
    clock: Clock

    @contextmanager
    def opened(self) -> Iterator[Workplace]:
        """The store at work, beside a window that may have it open too.

        Only an upgrade needs the store to itself: it is held then, and backed up first. Raises what
        opening raises, and StoreInUse.
        """
        with ExitStack() as stack:

            def before_migrating() -> None:
                stack.enter_context(holding(self.folder))
                self.backups.make()

            place = open_workplace(self.folder, self.key, clock=self.clock, before_migrating=before_migrating)
            try:
                yield place
            except BaseException:
                place.store.abandon()
                raise
            with told():
                place.store.close()

    @property
    def backups(self) -> BackupService:
        """控え of this store."""
        return BackupService(self.folder, self.key, self.clock)

    def backup_items(self, place: Workplace) -> BackupItemService:
        """Single items of its backups, beside the store at work."""
        return BackupItemService(place, self.folder, self.key)

    def printing(self, place: Workplace) -> PrintService:
        """印刷 from the store at work."""
        return PrintService(place, is_practice=self.is_practice)

    @staticmethod
    def bundles(place: Workplace) -> BundleService:
        """書き出しと取り込み of the store at work."""
        return BundleService(place)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other process out. Raises StoreInUse."""
        with holding(self.folder):
            yield

    def report(self) -> StoreReport:
        """What checking the file, the log and the backups finds."""
        return report_on(self.folder, self.key, self.opened)


def store_at(path: Path | None) -> StoreFolder:
    """The store in a folder, by default the user's own."""
    return StoreFolder(path.absolute() if path else user_folders().store)


def practice_store_at(path: Path | None) -> StoreFolder:
    """The practice store in a folder, by default the one beside the user's own store."""
    return StoreFolder(path.absolute() if path else user_folders().practice_store)


def is_there(folder: StoreFolder) -> bool:
    """Whether the folder holds a store, or what is left of one."""
    return folder.database.exists() or folder.keys.exists() or folder.keys_copy.exists()


def unlock(
    folder: StoreFolder,
    ask_passphrase: AskPassphrase | None = None,
    *,
    key_ring: KeyRing | None = None,
    clock: Clock | None = None,
) -> UnlockedStore:
    """Get the key: a practice store's own, else by the passphrase if it can be asked, else by the key ring.

    Raises StoreMissing, StoreEmptyFile, StoreInCloudFolder, what is wrong with the keys, and `Unavailable`
    when the key ring is asked and does not open the store.
    """
    require_local(folder)
    backups.complete_restore(folder)
    if not folder.database.exists():
        raise StoreMissing
    if folder.database.stat().st_size == 0:
        raise StoreEmptyFile
    return unlock_left(folder, ask_passphrase, key_ring=key_ring, clock=clock)


def unlock_left(
    folder: StoreFolder,
    ask_passphrase: AskPassphrase | None = None,
    *,
    key_ring: KeyRing | None = None,
    clock: Clock | None = None,
) -> UnlockedStore:
    """The same for what is left of a store: its keys are there, its file may be lost or empty."""
    clock = clock or SystemClock()
    is_practice = open_keys(folder).is_practice
    if is_practice:
        key = unlock_practice(folder)
    elif ask_passphrase:
        key = unlock_with_passphrase(folder, ask_passphrase(), clock)
    else:
        key = unlock_with_keyring(folder, key_ring or KeyRing())
    return UnlockedStore(folder, key, is_practice, clock)


def make_empty_store(
    folder: StoreFolder, passphrase: str, clock: Clock | None = None
) -> tuple[UnlockedStore, tuple[str, ...]]:
    """Make an empty store; return it with its 24 words, which are kept nowhere else.

    Raises what is wrong with the passphrase, StoreExists, StoreInCloudFolder and what a refused write is.
    """
    clock = clock or SystemClock()
    require_local(folder)
    keys = new_keys(record_id(clock.now()), passphrase)
    create_store(folder, keys, clock)
    return UnlockedStore(folder, keys.key, is_practice=False, clock=clock), keys.words


def backup_to_restore(folder: StoreFolder, chosen: Path | None) -> Path:
    """The chosen backup, or the newest one. Raises NoBackup."""
    return chosen.absolute() if chosen else backups.newest_backup(folder).path


def restore(
    folder: StoreFolder,
    backup: Path,
    ask_passphrase: AskPassphrase | None,
    *,
    key_ring: KeyRing | None = None,
    clock: Clock | None = None,
) -> Path | None:
    """Put a backup in the place of the store; return where the replaced file is kept.

    Keys that are lost come back from the backup too, and open with the passphrase of its day. Raises
    StoreInUse, what unlocking raises, and what `app.services.backups.restore` raises.
    """
    require_local(folder)
    with holding(folder):
        backups.restore_lost_keys(folder, backup)
        unlocked = unlock_left(folder, ask_passphrase, key_ring=key_ring, clock=clock)
        return backups.restore(folder, unlocked.key, backup, unlocked.clock)
