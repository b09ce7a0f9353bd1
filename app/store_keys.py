"""The keys of a store: making, opening, changing. The window decides what is asked in which order.

Whoever makes a store shows the words of `new_keys`, lets two be proved, and only then writes them by
`app.key_files.create_keys`.
"""

from __future__ import annotations

import hmac
import logging
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.clock import Clock
from app.crypto import key_slots, recovery_words
from app.crypto.key_file_format import ReadKeyFile
from app.crypto.key_slots import KeyFile, RandomBytes, SlotType, SlotWriter
from app.crypto.key_slots import StoreKey as StoreKey  # handed on to the window
from app.crypto.wrapping_keys import PASSPHRASE_COST, Argon2Cost
from app.errors import (
    KeyFileDamaged,
    KeyOfAnotherStore,
    KeyringSlotStale,
    PassphrasePublished,
    PassphrasesDiffer,
    PassphraseTooShort,
    PracticeOnly,
    PracticePassphraseFixed,
    RecoveryWordsOfAnotherStore,
    Unavailable,
)
from app.key_files import mend_keys, read_keys, save_keys
from app.passphrase_tries import PassphraseTries
from app.paths import StoreFolder
from app.secrets import KeyRing

SHORTEST_PASSPHRASE: Final = 12
PRACTICE_PASSPHRASE: Final = "練習用データです"  # noqa: S105 (published)
"""It opens practice stores only; no store of another kind can be made with it."""

KEYRING_SECRET_BYTES: Final = 32

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The keys of a store that is about to be made; nothing of them is on disk yet."""

    file: KeyFile
    key: StoreKey
    words: tuple[str, ...] = field(repr=False)


# --- Making ---


def check_new_passphrase(passphrase: str, repeated: str) -> None:
    """Raise PassphraseTooShort, PassphrasesDiffer or PassphrasePublished unless it may be chosen."""
    if _same(passphrase, PRACTICE_PASSPHRASE):
        raise PassphrasePublished
    if len(unicodedata.normalize("NFKC", passphrase)) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(shortest=SHORTEST_PASSPHRASE)
    if not _same(passphrase, repeated):
        raise PassphrasesDiffer


def new_keys(
    store_id: str,
    passphrase: str,
    *,
    cost: Argon2Cost = PASSPHRASE_COST,
    random_bytes: RandomBytes = os.urandom,
) -> NewKeys:
    """Keys for a real store: a passphrase slot and the 24 words, still to be shown and proved."""
    check_new_passphrase(passphrase, passphrase)
    return _new_keys(store_id, passphrase, cost, random_bytes, is_practice=False)


def new_practice_keys(
    store_id: str, *, cost: Argon2Cost = PASSPHRASE_COST, random_bytes: RandomBytes = os.urandom
) -> NewKeys:
    """Keys for a practice store, which opens by itself."""
    return _new_keys(store_id, PRACTICE_PASSPHRASE, cost, random_bytes, is_practice=True)


# --- Opening ---


def open_keys(folder: StoreFolder) -> KeyFile:
    """The store's key file, or its copy where the file is missing or damaged.

    Raises KeyFileMissing, KeyFileDamaged, KeyFileTooNew or CannotRead.
    """
    return read_keys(folder).file


def unlock_with_passphrase(folder: StoreFolder, passphrase: str, clock: Clock) -> StoreKey:
    """The store key. Raises WrongPassphrase or PassphraseMustWait, and what `open_keys` raises."""
    read = _read_with_slot(folder, SlotType.PASSPHRASE)
    tries = PassphraseTries(folder.wrong_passphrases, clock)
    tries.begin()
    key = key_slots.open_with_passphrase(read.file, passphrase)
    if key is None:
        raise tries.refusal()
    tries.succeeded()
    mend_keys(folder, read)
    return key


def unlock_with_words(folder: StoreFolder, typed: str) -> StoreKey:
    """The store key. Raises what is wrong with the words, and what `open_keys` raises."""
    read = _read_with_slot(folder, SlotType.RECOVERY)
    key = key_slots.open_with_words(read.file, recovery_words.entropy_of(typed))
    if key is None:
        raise RecoveryWordsOfAnotherStore
    mend_keys(folder, read)
    return key


def unlock_with_keyring(folder: StoreFolder, key_ring: KeyRing) -> StoreKey:
    """The store key. Raises `Unavailable` within the key ring's waiting time, and what `open_keys` raises.

    A store without a slot for the key ring does not ask it.
    """
    read = read_keys(folder)
    secret = key_ring.read(_ring_name(read.file)) if read.file.slot(SlotType.KEYRING) else None
    key = key_slots.open_with_keyring(read.file, secret) if secret else None
    if key is None:
        raise KeyringSlotStale
    mend_keys(folder, read)
    return key


def unlock_practice(folder: StoreFolder) -> StoreKey:
    """The key of a practice store, without asking anyone. Raises PracticeOnly for a store of another kind."""
    file = open_keys(folder)
    if not file.is_practice:
        raise PracticeOnly
    key = key_slots.open_with_passphrase(file, PRACTICE_PASSPHRASE)
    if key is None:
        raise KeyFileDamaged
    return key


# --- Changing, by someone who has the store open ---


def change_passphrase(
    folder: StoreFolder, key: StoreKey, passphrase: str, repeated: str, *, cost: Argon2Cost = PASSPHRASE_COST
) -> None:
    """Put the new passphrase in the place of the old one. Older backups keep the old one."""
    file = _file_of(folder, key)
    if file.is_practice:
        raise PracticePassphraseFixed
    check_new_passphrase(passphrase, repeated)
    changed = file.with_slot(SlotWriter(file.store_id, key, cost=cost).for_passphrase(passphrase))
    _save_proved(folder, changed, key, lambda: key_slots.open_with_passphrase(changed, passphrase))


def draw_words() -> tuple[str, ...]:
    """24 new words, to be shown and proved before `renew_words` makes them count."""
    return recovery_words.spell(os.urandom(recovery_words.ENTROPY_BYTES))


def renew_words(folder: StoreFolder, key: StoreKey, words: tuple[str, ...]) -> None:
    """Put new words in the place of the old ones, whose paper then opens older backups only."""
    file, entropy = _file_of(folder, key), recovery_words.entropy_of(words)
    changed = file.with_slot(SlotWriter(file.store_id, key).for_words(entropy))
    _save_proved(folder, changed, key, lambda: key_slots.open_with_words(changed, entropy))


def keep_in_keyring(folder: StoreFolder, key: StoreKey, key_ring: KeyRing) -> None:
    """Let the key ring open the store from now on; also mends a slot that no longer does.

    Raises `Unavailable`, with nothing changed, when the key ring does not prove that it keeps the secret.
    """
    file, secret = _file_of(folder, key), os.urandom(KEYRING_SECRET_BYTES)
    key_ring.keep(_ring_name(file), secret)
    save_keys(folder, file.with_slot(SlotWriter(file.store_id, key).for_keyring(secret)))


def leave_keyring(folder: StoreFolder, key: StoreKey, key_ring: KeyRing) -> None:
    """Ask for the passphrase at every start from now on."""
    file = _file_of(folder, key)
    save_keys(folder, file.without_keyring())
    try:
        key_ring.forget(_ring_name(file))
    except Unavailable as absent:
        _log.info("the key ring keeps a secret that opens nothing: %s", absent.code)


def _new_keys(
    store_id: str, passphrase: str, cost: Argon2Cost, random_bytes: RandomBytes, *, is_practice: bool
) -> NewKeys:
    key = StoreKey(random_bytes(key_slots.STORE_KEY_BYTES))
    entropy = random_bytes(recovery_words.ENTROPY_BYTES)
    writer = SlotWriter(store_id, key, cost=cost, random_bytes=random_bytes)
    check = key_slots.check_value(key, is_practice=is_practice)
    slots = (writer.for_passphrase(passphrase), writer.for_words(entropy))
    return NewKeys(KeyFile(store_id, is_practice, check, slots), key, recovery_words.spell(entropy))


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)


def _ring_name(file: KeyFile) -> str:
    return f"Banso {file.store_id}"


def _read_with_slot(folder: StoreFolder, wanted: SlotType) -> ReadKeyFile:
    """The keys; a slot that damage took away is told as damage, not as a wrong secret."""
    read = read_keys(folder)
    if read.file.slot(wanted) is None:
        raise KeyFileDamaged
    return read


def _file_of(folder: StoreFolder, key: StoreKey) -> KeyFile:
    """The key file, once it is certain that `key` is its key: a slot for another would lock people out."""
    file = open_keys(folder)
    if not hmac.compare_digest(key_slots.check_value(key, is_practice=file.is_practice), file.check):
        raise KeyOfAnotherStore
    return file


def _save_proved(
    folder: StoreFolder, file: KeyFile, key: StoreKey, reopen: Callable[[], StoreKey | None]
) -> None:
    """Write the file only once its new slot has opened."""
    if reopen() != key:
        raise KeyFileDamaged
    save_keys(folder, file)
