"""The keys of a store over time: made, opened, changed, damaged, and never lost."""

import json
import os
from pathlib import Path

import pytest

from app import store_keys
from app.crypto.key_slots import SlotWriter, StoreKey
from app.crypto.wrapping_keys import Argon2Cost
from app.errors import (
    AppError,
    CannotRead,
    DiskFull,
    KeyFileDamaged,
    KeyFileMissing,
    KeyFileTooNew,
    KeyOfAnotherStore,
    KeyringAbsent,
    KeyringForgot,
    KeyringSilent,
    KeyringSlotStale,
    PassphraseMustWait,
    PassphrasePublished,
    PassphrasesDiffer,
    PassphraseTooShort,
    PracticeOnly,
    PracticePassphraseFixed,
    RecoveryWordsOfAnotherStore,
    StoreExists,
    WrongPassphrase,
)
from app.key_files import create_keys, restore_keys
from app.paths import StoreFolder
from app.secrets import KeyRing
from app.store_keys import NewKeys

from .fake_clock import FakeClock
from .fake_key_rings import (
    BlockingRing,
    ForgettingRing,
    LockedRing,
    RefusingRing,
    WorkingRing,
    absent_ring,
)

CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
STORE_ID = "0198a2b4-0000-7000-8000-000000000001"
PASSPHRASE = "工場のカギは三つあるはず"
CLOCK = FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> StoreFolder:
    return StoreFolder(tmp_path / "北国県" / "store")


@pytest.fixture
def made(folder: StoreFolder) -> NewKeys:
    new = store_keys.new_keys(STORE_ID, PASSPHRASE, cost=CHEAP)
    create_keys(folder, new.file)
    return new


def by_passphrase(folder: StoreFolder, passphrase: str = PASSPHRASE) -> StoreKey:
    return store_keys.unlock_with_passphrase(folder, passphrase, FakeClock())


def by_words(folder: StoreFolder, words: tuple[str, ...]) -> StoreKey:
    return store_keys.unlock_with_words(folder, " ".join(words))


def ring_of(kept: WorkingRing) -> KeyRing:
    return KeyRing(lambda: kept, wait_s=0.05)


# --- Making ---


@pytest.mark.parametrize(
    ("passphrase", "repeated", "case"),
    [
        ("十一文字しかないからだめ"[:11], "十一文字しかないからだめ"[:11], PassphraseTooShort),
        ("ｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞ", "ｶﾞｶﾞｶﾞｶﾞｶﾞｶﾞ", PassphraseTooShort),
        (PASSPHRASE, PASSPHRASE + "。", PassphrasesDiffer),
        ("練習用データです", "練習用データです", PassphrasePublished),
        ("練習用ﾃﾞｰﾀです", "練習用ﾃﾞｰﾀです", PassphrasePublished),
    ],
)
def test_a_passphrase_that_protects_nothing_is_refused(
    passphrase: str, repeated: str, case: type[AppError]
) -> None:
    with pytest.raises(case):
        store_keys.check_new_passphrase(passphrase, repeated)


def test_a_repetition_typed_in_another_width_is_the_same() -> None:
    store_keys.check_new_passphrase("ABC １２３ ガッコウです", "ＡＢＣ　123 ｶﾞｯｺｳです")


def test_no_real_store_is_made_with_the_published_passphrase() -> None:
    with pytest.raises(PassphrasePublished):
        store_keys.new_keys(STORE_ID, store_keys.PRACTICE_PASSPHRASE)


def test_two_stores_share_neither_key_nor_words() -> None:
    one, two = (store_keys.new_keys(STORE_ID, PASSPHRASE, cost=CHEAP) for _ in range(2))
    assert one.key != two.key
    assert one.words != two.words


def test_new_keys_show_neither_key_nor_words_in_their_repr(made: NewKeys) -> None:
    assert made.words[0] not in repr(made)
    assert made.key.raw.hex() not in repr(made)


def test_keys_are_never_made_over_a_store(folder: StoreFolder, made: NewKeys) -> None:
    folder.database.touch()
    with pytest.raises(StoreExists):
        create_keys(folder, made.file)


def test_keys_without_a_store_are_set_aside_for_its_backups(folder: StoreFolder, made: NewKeys) -> None:
    old = folder.keys.read_bytes()
    for number in (1, 2):
        create_keys(folder, store_keys.new_keys(STORE_ID, PASSPHRASE, cost=CHEAP).file)
        assert (folder.path / f"store.keys.before-{number}.json").exists()
    assert (folder.path / "store.keys.before-1.json").read_bytes() == old


def test_a_refused_write_is_told_and_leaves_nothing(
    folder: StoreFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = store_keys.new_keys(STORE_ID, PASSPHRASE, cost=CHEAP)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        create_keys(folder, new.file)
    assert list(folder.path.iterdir()) == []


# --- Opening ---


def test_passphrase_and_words_each_open_the_store(folder: StoreFolder, made: NewKeys) -> None:
    assert by_passphrase(folder) == made.key
    assert by_words(folder, made.words) == made.key


def test_the_real_cost_opens_too(folder: StoreFolder) -> None:
    new = store_keys.new_keys(STORE_ID, PASSPHRASE)
    create_keys(folder, new.file)
    assert by_passphrase(folder) == new.key


def test_wrong_passphrases_are_counted_and_the_words_never_wait(folder: StoreFolder, made: NewKeys) -> None:
    for left in (3, 2, 1):
        with pytest.raises(WrongPassphrase) as told:
            by_passphrase(folder, "ちがう合言葉を入れてみた")
        assert told.value.facts["tries_left"] == left
    for passphrase in ("ちがう合言葉を入れてみた", PASSPHRASE):
        with pytest.raises(PassphraseMustWait):
            by_passphrase(folder, passphrase)
    assert by_words(folder, made.words) == made.key


def test_the_right_passphrase_after_the_wait_opens_and_is_forgiven(
    folder: StoreFolder, made: NewKeys
) -> None:
    clock = FakeClock()
    for _ in range(4):
        with pytest.raises((WrongPassphrase, PassphraseMustWait)):
            store_keys.unlock_with_passphrase(folder, "ちがう合言葉を入れてみた", clock)
    clock.move(minutes=5)
    assert store_keys.unlock_with_passphrase(folder, PASSPHRASE, clock) == made.key
    assert not folder.wrong_passphrases.exists()


def test_the_words_of_another_store_are_told_apart_from_mistyped_ones(
    folder: StoreFolder, made: NewKeys
) -> None:
    with pytest.raises(RecoveryWordsOfAnotherStore):
        by_words(folder, store_keys.draw_words())


def test_no_keys_in_a_folder_is_told(folder: StoreFolder) -> None:
    with pytest.raises(KeyFileMissing):
        store_keys.open_keys(folder)


# --- The practice store ---


def test_the_practice_store_opens_by_itself_and_by_its_published_passphrase(folder: StoreFolder) -> None:
    new = store_keys.new_practice_keys(STORE_ID, cost=CHEAP)
    create_keys(folder, new.file)
    assert store_keys.unlock_practice(folder) == new.key
    assert by_passphrase(folder, "練習用データです") == new.key


def test_a_real_store_never_opens_by_itself(folder: StoreFolder, made: NewKeys) -> None:
    with pytest.raises(PracticeOnly):
        store_keys.unlock_practice(folder)


def test_a_real_store_cannot_be_turned_into_a_practice_store(folder: StoreFolder, made: NewKeys) -> None:
    for path in (folder.keys, folder.keys_copy):
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"practice": True}))
    with pytest.raises(KeyFileDamaged):
        store_keys.unlock_practice(folder)
    with pytest.raises(KeyFileDamaged):
        by_passphrase(folder)


def test_the_published_passphrase_cannot_be_changed(folder: StoreFolder) -> None:
    new = store_keys.new_practice_keys(STORE_ID, cost=CHEAP)
    create_keys(folder, new.file)
    with pytest.raises(PracticePassphraseFixed):
        store_keys.change_passphrase(folder, new.key, PASSPHRASE, PASSPHRASE)


# --- Changing ---

NEXT = "つぎの合言葉は春に決める"


def test_after_a_change_the_new_passphrase_opens_and_the_old_one_does_not(
    folder: StoreFolder, made: NewKeys
) -> None:
    store_keys.change_passphrase(folder, made.key, NEXT, NEXT, cost=CHEAP)
    assert by_passphrase(folder, NEXT) == made.key
    with pytest.raises(WrongPassphrase):
        by_passphrase(folder)
    assert by_words(folder, made.words) == made.key


def test_a_forgotten_passphrase_is_replaced_by_way_of_the_words(folder: StoreFolder, made: NewKeys) -> None:
    store_keys.change_passphrase(folder, by_words(folder, made.words), NEXT, NEXT, cost=CHEAP)
    assert by_passphrase(folder, NEXT) == made.key


@pytest.mark.parametrize("at_write", [1, 2, 3, 4])
def test_a_change_that_is_cut_short_leaves_one_of_the_two_passphrases(
    folder: StoreFolder, made: NewKeys, monkeypatch: pytest.MonkeyPatch, at_write: int
) -> None:
    """Each file is synced, then its folder: four places to fail at."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing_at(at_write))
        with pytest.raises(DiskFull):
            store_keys.change_passphrase(folder, made.key, NEXT, NEXT, cost=CHEAP)
    opens = [passphrase for passphrase in (PASSPHRASE, NEXT) if can_open(folder, passphrase)]
    assert len(opens) == 1
    assert folder.keys.read_bytes() == folder.keys_copy.read_bytes()


def test_a_slot_that_does_not_open_is_never_written(
    folder: StoreFolder, made: NewKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder.keys.read_bytes()
    other = SlotWriter(STORE_ID, StoreKey(bytes(48)), cost=CHEAP).for_passphrase(NEXT)
    monkeypatch.setattr(SlotWriter, "for_passphrase", lambda *_: other)
    with pytest.raises(KeyFileDamaged):
        store_keys.change_passphrase(folder, made.key, NEXT, NEXT, cost=CHEAP)
    assert folder.keys.read_bytes() == before


def test_renewed_words_open_and_the_old_paper_does_not(folder: StoreFolder, made: NewKeys) -> None:
    words = store_keys.draw_words()
    store_keys.renew_words(folder, made.key, words)
    assert by_words(folder, words) == made.key
    with pytest.raises(RecoveryWordsOfAnotherStore):
        by_words(folder, made.words)
    assert by_passphrase(folder) == made.key


def test_the_key_of_another_store_changes_nothing(folder: StoreFolder, made: NewKeys) -> None:
    before = folder.keys.read_bytes()
    with pytest.raises(KeyOfAnotherStore):
        store_keys.change_passphrase(folder, StoreKey(bytes(48)), NEXT, NEXT, cost=CHEAP)
    with pytest.raises(KeyOfAnotherStore):
        store_keys.keep_in_keyring(folder, StoreKey(bytes(48)), ring_of(WorkingRing()))
    assert folder.keys.read_bytes() == before


# --- The key ring ---


def test_the_key_ring_opens_the_store_once_it_was_asked_to(folder: StoreFolder, made: NewKeys) -> None:
    ring = ring_of(WorkingRing())
    with pytest.raises(KeyringSlotStale):
        store_keys.unlock_with_keyring(folder, ring)
    store_keys.keep_in_keyring(folder, made.key, ring)
    assert store_keys.unlock_with_keyring(folder, ring) == made.key
    assert by_passphrase(folder) == made.key


def test_the_key_ring_holds_only_what_opens_nothing_without_the_key_file(
    folder: StoreFolder, made: NewKeys
) -> None:
    kept = WorkingRing()
    store_keys.keep_in_keyring(folder, made.key, ring_of(kept))
    (text,) = kept.kept.values()
    assert len(text) == 44
    assert text.encode() not in folder.keys.read_bytes()


@pytest.mark.parametrize(
    ("ring", "case"),
    [
        (absent_ring, KeyringAbsent),
        (LockedRing, KeyringAbsent),
        (RefusingRing, KeyringAbsent),
        (ForgettingRing, KeyringForgot),
    ],
)
def test_a_key_ring_that_does_not_work_gets_no_slot_and_locks_nobody_out(
    folder: StoreFolder, made: NewKeys, ring: type[WorkingRing], case: type[AppError]
) -> None:
    before = folder.keys.read_bytes()
    with pytest.raises(case):
        store_keys.keep_in_keyring(folder, made.key, KeyRing(ring))
    assert folder.keys.read_bytes() == before
    assert by_passphrase(folder) == made.key


@pytest.mark.parametrize("ring", [absent_ring, LockedRing, RefusingRing, ForgettingRing])
def test_a_key_ring_that_worked_once_and_no_longer_does_is_gone_without(
    folder: StoreFolder, made: NewKeys, ring: type[WorkingRing]
) -> None:
    store_keys.keep_in_keyring(folder, made.key, ring_of(WorkingRing()))
    with pytest.raises((KeyringAbsent, KeyringSlotStale)):
        store_keys.unlock_with_keyring(folder, KeyRing(ring))
    assert by_passphrase(folder) == made.key


def test_a_silent_key_ring_is_gone_without(folder: StoreFolder, made: NewKeys) -> None:
    silent = BlockingRing()
    silent.released.set()
    ring = ring_of(silent)
    store_keys.keep_in_keyring(folder, made.key, ring)
    silent.released.clear()
    with pytest.raises(KeyringSilent):
        store_keys.unlock_with_keyring(folder, ring)
    assert by_passphrase(folder) == made.key
    silent.released.set()


def test_a_store_without_a_slot_does_not_wait_for_the_key_ring(folder: StoreFolder, made: NewKeys) -> None:
    silent = BlockingRing()
    with pytest.raises(KeyringSlotStale):
        store_keys.unlock_with_keyring(folder, ring_of(silent))
    assert silent.asked == 0


def test_a_secret_that_was_replaced_is_mended_after_the_passphrase(
    folder: StoreFolder, made: NewKeys
) -> None:
    kept = WorkingRing()
    ring = ring_of(kept)
    store_keys.keep_in_keyring(folder, made.key, ring)
    ring.keep(f"Banso {STORE_ID}", bytes(32))
    with pytest.raises(KeyringSlotStale):
        store_keys.unlock_with_keyring(folder, ring)
    store_keys.keep_in_keyring(folder, by_passphrase(folder), ring)
    assert store_keys.unlock_with_keyring(folder, ring) == made.key


@pytest.mark.parametrize("ring", [WorkingRing, absent_ring])
def test_leaving_the_key_ring_takes_its_slot_away_even_when_it_is_gone(
    folder: StoreFolder, made: NewKeys, ring: type[WorkingRing]
) -> None:
    kept = WorkingRing()
    store_keys.keep_in_keyring(folder, made.key, ring_of(kept))
    store_keys.leave_keyring(folder, made.key, KeyRing(ring))
    with pytest.raises(KeyringSlotStale):
        store_keys.unlock_with_keyring(folder, ring_of(kept))
    assert by_passphrase(folder) == made.key


# --- Damage ---


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 500, None])
def test_the_copy_serves_when_the_key_file_is_damaged_or_gone_and_mends_it(
    folder: StoreFolder, made: NewKeys, damage: bytes | None
) -> None:
    whole = folder.keys.read_bytes()
    folder.keys.unlink() if damage is None else folder.keys.write_bytes(damage)
    assert by_passphrase(folder) == made.key
    assert folder.keys.read_bytes() == whole


def test_a_lost_copy_is_made_again(folder: StoreFolder, made: NewKeys) -> None:
    folder.keys_copy.unlink()
    by_passphrase(folder)
    assert folder.keys_copy.read_bytes() == folder.keys.read_bytes()


def test_a_copy_that_stayed_behind_never_brings_an_old_passphrase_back(
    folder: StoreFolder, made: NewKeys
) -> None:
    old = folder.keys_copy.read_bytes()
    store_keys.change_passphrase(folder, made.key, NEXT, NEXT, cost=CHEAP)
    folder.keys_copy.write_bytes(old)
    with pytest.raises(WrongPassphrase):
        by_passphrase(folder)
    assert by_passphrase(folder, NEXT) == made.key
    assert folder.keys_copy.read_bytes() == folder.keys.read_bytes()


def test_with_key_file_and_copy_damaged_the_slots_that_are_left_still_open(
    folder: StoreFolder, made: NewKeys
) -> None:
    for path in (folder.keys, folder.keys_copy):
        content = json.loads(path.read_bytes())
        content["slots"][0]["wrapped"] = "?"
        path.write_text(json.dumps(content))
    damaged = folder.keys.read_bytes()
    assert by_words(folder, made.words) == made.key
    assert folder.keys.read_bytes() == damaged  # what could not be read is not thrown away
    with pytest.raises(KeyFileDamaged):
        by_passphrase(folder)


def test_with_nothing_left_of_either_file_damage_is_told_and_a_backups_key_file_helps(
    folder: StoreFolder, made: NewKeys, tmp_path: Path
) -> None:
    kept = tmp_path / "backup.keys.json"
    kept.write_bytes(folder.keys.read_bytes())
    folder.keys.write_bytes(b"?")
    folder.keys_copy.unlink()
    with pytest.raises(KeyFileDamaged):
        store_keys.open_keys(folder)
    restore_keys(folder, kept)
    assert by_passphrase(folder) == made.key
    assert (folder.path / "store.keys.before-1.json").read_bytes() == b"?"


def test_a_damaged_key_file_of_a_backup_replaces_nothing(
    folder: StoreFolder, made: NewKeys, tmp_path: Path
) -> None:
    kept = tmp_path / "backup.keys.json"
    kept.write_text(json.dumps(json.loads(folder.keys.read_bytes()) | {"practice": True}))
    with pytest.raises(KeyFileDamaged):
        restore_keys(folder, kept)
    assert by_passphrase(folder) == made.key


def test_a_key_file_of_a_newer_program_is_left_alone(folder: StoreFolder, made: NewKeys) -> None:
    newer = json.dumps(json.loads(folder.keys.read_bytes()) | {"v": 2})
    folder.keys.write_text(newer)
    with pytest.raises(KeyFileTooNew):
        by_passphrase(folder)
    assert folder.keys.read_text() == newer


def test_keys_that_the_system_does_not_give_are_told_apart(folder: StoreFolder, made: NewKeys) -> None:
    for path in (folder.keys, folder.keys_copy):
        path.unlink()
        path.mkdir()
    with pytest.raises(CannotRead):
        store_keys.open_keys(folder)


def test_a_store_opens_where_nothing_can_be_written(
    folder: StoreFolder, made: NewKeys, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder.keys_copy.unlink()
    monkeypatch.setattr(os, "fsync", full)
    assert by_passphrase(folder) == made.key
    assert "not counted" in caplog.text
    assert "not mended" in caplog.text


def can_open(folder: StoreFolder, passphrase: str) -> bool:
    try:
        by_passphrase(folder, passphrase)
    except WrongPassphrase:
        return False
    return True


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


def failing_at(call: int) -> object:
    made = iter(range(1, 100))
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if next(made) == call:
            full(descriptor)
        real(descriptor)

    return fsync
