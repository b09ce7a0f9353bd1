"""The way into a store: by itself, by passphrase, by the 24 words, or by making a new one."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from app.bootstrap import create_store, open_workplace, require_local
from app.clock import Clock, SystemClock
from app.crypto.key_slots import SlotType, StoreKey
from app.crypto.recovery_words import WORD_COUNT, check_retyped, positions_to_retype, split_words
from app.domain.terms import PersonSide
from app.errors import KeyOfAnotherStore, StoreEmptyFile, StoreMissing, Unavailable
from app.ids import record_id
from app.paths import StoreFolder, user_folders
from app.place_keys import keep_no_place_keys
from app.rescue import Rescue
from app.secrets import KeyRing
from app.services import backups
from app.services.backups import BackupRow, BackupService
from app.services.directory import Services
from app.store_files import delete_store
from app.store_keys import (
    NewKeys,
    change_passphrase,
    check_new_passphrase,
    draw_words,
    keep_in_keyring,
    leave_keyring,
    new_keys,
    open_keys,
    renew_words,
    unlock_practice,
    unlock_with_keyring,
    unlock_with_passphrase,
    unlock_with_words,
)
from app.store_lock import holding

_log = logging.getLogger(__name__)


class DoorState(Enum):
    """What stands before the person."""

    NO_STORE = auto()
    LOCKED = auto()
    OPENS_BY_ITSELF = auto()
    """A practice store, or one whose key the key ring keeps."""


@dataclass(frozen=True, slots=True)
class FirstEntries:
    """What the first run asks besides the passphrase."""

    region: str
    year_number: int
    person_name: str
    person_body: str
    person_role: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, and whether the key ring was of no use (None when it was not asked)."""

    services: Services
    keyring_fault: Unavailable | None = field(default=None)


class StoreDoor:
    """Opens and closes the store of one folder. All of it may wait on disk or key ring."""

    def __init__(
        self, folder: StoreFolder, *, clock: Clock | None = None, key_ring: KeyRing | None = None
    ) -> None:
        self.folder = folder
        self._clock = clock or SystemClock()
        self._key_ring = key_ring or KeyRing()
        self._held = ExitStack()
        self._key: StoreKey | None = None

    def state(self) -> DoorState:
        """What stands before the person. A folder that holds only part of a store raises what is wrong:

        KeyFileMissing and the other faults of the key file, StoreMissing or StoreEmptyFile.
        """
        if not self.folder.holds_something():
            return DoorState.NO_STORE
        backups.complete_restore(self.folder)
        file = open_keys(self.folder)
        if not self.folder.database.exists():
            raise StoreMissing
        if self.folder.database.stat().st_size == 0:
            raise StoreEmptyFile
        by_itself = file.is_practice or file.slot(SlotType.KEYRING) is not None
        return DoorState.OPENS_BY_ITSELF if by_itself else DoorState.LOCKED

    # opening

    def open_by_itself(self) -> Services:
        """Open a practice store, or ask the key ring. Raises `Unavailable` within its waiting time."""
        if open_keys(self.folder).is_practice:
            return self._open(unlock_practice(self.folder))
        return self._open(unlock_with_keyring(self.folder, self._key_ring))

    def open_with_passphrase(self, passphrase: str) -> Services:
        """Raises WrongPassphrase or PassphraseMustWait, and what opening raises."""
        return self._open(unlock_with_passphrase(self.folder, passphrase, self._clock))

    def open_with_words(self, typed: str) -> Services:
        """Raises what is wrong with the words, and what opening raises."""
        return self._open(unlock_with_words(self.folder, typed))

    def open_with_key(self, key: StoreKey) -> Services:
        """Open with a key that is already in hand."""
        return self._open(key)

    def _open(self, key: StoreKey) -> Services:
        is_practice = open_keys(self.folder).is_practice
        own_backups = BackupService(self.folder, key, self._clock)
        was_left = self.folder.holder.exists()  # whoever closes the store takes that file away
        with ExitStack() as undone:
            hold = undone.enter_context(holding(self.folder))
            made: list[BackupRow] = []  # the one before an upgrade, where there is one

            def back_up() -> None:
                made.append(own_backups.make())

            place = open_workplace(
                self.folder,
                key,
                clock=self._clock,
                before_migrating=back_up,
                medium_back=hold.take_again,
            )
            self._held = undone.pop_all()
        self._key = key
        return Services(
            place,
            self.folder,
            key,
            is_practice=is_practice,
            stopped_before=was_left,
            was_upgraded=bool(made),
        )

    # unlocking a window whose store is open

    def prove_passphrase(self, passphrase: str) -> None:
        """Raise WrongPassphrase or PassphraseMustWait unless it opens this store."""
        self._require_same(unlock_with_passphrase(self.folder, passphrase, self._clock))

    def prove_words(self, typed: str) -> None:
        """Raise what is wrong with the words unless they open this store."""
        self._require_same(unlock_with_words(self.folder, typed))

    def prove(self, typed: str) -> None:
        """Raise what is wrong unless the passphrase, or the 24 words of who forgot it, opens this store."""
        if len(split_words(typed)) == WORD_COUNT:
            self.prove_words(typed)
        else:
            self.prove_passphrase(typed)

    def _require_same(self, key: StoreKey) -> None:
        if key != self._key:
            raise KeyOfAnotherStore

    # making

    def draw_keys(self, passphrase: str, repeated: str) -> NewKeys:
        """Keys for a new store, with the words to show; nothing is on disk yet.

        Raises StoreInCloudFolder, PassphraseTooShort, PassphrasesDiffer or PassphrasePublished.
        """
        require_local(self.folder)
        check_new_passphrase(passphrase, repeated)
        return new_keys(record_id(self._clock.now()), unicodedata.normalize("NFKC", passphrase))

    @staticmethod
    def places_to_prove() -> tuple[int, int]:
        """Two places of the paper, from 1, whose words are to be typed back."""
        return positions_to_retype()

    @staticmethod
    def prove_paper(words: Sequence[str], typed: Mapping[int, str]) -> None:
        """Raise RetypedWordDiffers unless the words at these places (from 1) are those of the paper."""
        for position, word in typed.items():
            check_retyped(words, position, word)

    def create(self, keys: NewKeys, passphrase: str, entries: FirstEntries) -> Opened:
        """Make the store, let the key ring keep its key where it can, and open it by its passphrase."""
        create_store(self.folder, keys, self._clock)
        fault = self.keep_key_in_ring(keys.key)
        services = self.open_with_passphrase(passphrase)
        _write_first(services, entries)
        return Opened(services, fault)

    def keep_key_in_ring(self, key: StoreKey) -> Unavailable | None:
        """Let the key ring open the store from the next start on; return what kept it from that."""
        try:
            keep_in_keyring(self.folder, key, self._key_ring)
        except Unavailable as absent:
            _log.info("the key ring is not used: %s", absent.code)
            return absent
        return None

    def leave_key_ring(self, key: StoreKey) -> None:
        """Ask for the passphrase at every start from now on."""
        leave_keyring(self.folder, key, self._key_ring)

    # other secrets for the same store

    def change_passphrase(self, key: StoreKey, present: str, passphrase: str, repeated: str) -> None:
        """Put another passphrase in the place of the present one; `present` may be the 24 words.

        Raises what is wrong with the new one, then what `prove` raises for the present one.
        """
        check_new_passphrase(passphrase, repeated)
        self.prove(present)
        change_passphrase(self.folder, key, passphrase, repeated)

    @staticmethod
    def draw_words() -> tuple[str, ...]:
        """24 new words for the paper; they count once `renew_words` was called."""
        return draw_words()

    def renew_words(self, key: StoreKey, words: tuple[str, ...]) -> None:
        """Put words that were proved to be on paper in the place of the old ones."""
        renew_words(self.folder, key, words)

    # going back to a backup of a store that is closed

    def restore(self, backup: Path, *, passphrase: str = "", words: str = "") -> Path | None:
        """Put a backup in the place of the store, with the passphrase or the 24 words.

        A practice store needs neither. Lost keys come back from the backup too, and open with the secrets of
        its day. Returns where the replaced file is kept. Raises StoreInUse, what is wrong with the secret,
        and what `app.services.backups.restore` raises.
        """
        require_local(self.folder)
        with holding(self.folder):
            backups.restore_lost_keys(self.folder, backup)
            return backups.restore(self.folder, self._unlocked(passphrase, words), backup, self._clock)

    def _unlocked(self, passphrase: str, words: str) -> StoreKey:
        if open_keys(self.folder).is_practice:
            return unlock_practice(self.folder)
        if words:
            return unlock_with_words(self.folder, words)
        return unlock_with_passphrase(self.folder, passphrase, self._clock)

    def restore_with_key(self, services: Services, backup: Path) -> Path | None:
        """The same for the store that is open: it is closed first, and stays closed whatever happens."""
        self.close(services)
        with holding(self.folder):
            return backups.restore(self.folder, services.key, backup, self._clock)

    # the end of it

    def wipe(self, services: Services) -> None:
        """Delete the open store of a device that its team stopped or removed, with all that opens it.

        Raises OnlyHere with everything as it was, and what a refused write is.
        """
        services.sharing.require_nothing_only_here()
        address = services.sharing.overview().address
        keep_no_place_keys(address, self._key_ring)
        leave_keyring(self.folder, services.key, self._key_ring)
        Rescue(user_folders().rescue, services.key).keep(())
        self.close(services)
        delete_store(self.folder)

    # closing

    def close(self, services: Services | None) -> None:
        """Close the store and let go of the folder."""
        if services is not None:
            try:
                services.place.store.close()
            except Exception as fault:  # noqa: BLE001 - a medium that is gone must not keep the program open
                _log.warning("the store did not close: %s", type(fault).__name__)
                services.place.store.abandon()
        self._held.close()
        self._key = None


def _write_first(services: Services, entries: FirstEntries) -> None:
    services.team.change({"region": entries.region})
    services.team.set_year_number(entries.year_number)
    person = {
        "name": entries.person_name,
        "body": entries.person_body,
        "role": entries.person_role,
        "side": PersonSide.SUPPORT,
    }
    services.people.add_user(person)
