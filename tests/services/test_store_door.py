"""The way into a store, without a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import store_keys
from app.errors import (
    KeyFileMissing,
    KeyOfAnotherStore,
    KeyringAbsent,
    NoBackup,
    PassphrasesDiffer,
    PassphraseTooShort,
    RecoveryWordsMixedUp,
    RecoveryWordsOfAnotherStore,
    RetypedWordDiffers,
    StoreEmptyFile,
    StoreExists,
    StoreInCloudFolder,
    StoreInUse,
    StoreMissing,
    WrongPassphrase,
)
from app.paths import StoreFolder
from app.secrets import KeyRing
from app.services.backups import newest_backup
from app.services.store_door import DoorState, FirstEntries, Opened, StoreDoor
from app.store_lock import holding
from tests.app_outside.fake_key_rings import WorkingRing, absent_ring
from tests.services.conftest import SteppingClock

PASSPHRASE = "霧の朝に船を出す漁師たち"
NEXT = "夕凪の港に小さな灯がともる"
ENTRIES = FirstEntries("北国県", 2, "鈴木 花子", "北国県産業振興財団", "補佐")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are quick to try; what they cost is not what is tested here."""
    from app.crypto.wrapping_keys import Argon2Cost

    cost = Argon2Cost(memory_kib=8, passes=1, lanes=1)
    for name in ("new_keys", "new_practice_keys", "change_passphrase"):
        monkeypatch.setitem(getattr(store_keys, name).__kwdefaults__, "cost", cost)


@pytest.fixture
def folder(tmp_path: Path) -> StoreFolder:
    return StoreFolder(tmp_path / "store")


@pytest.fixture
def ring() -> WorkingRing:
    return WorkingRing()


@pytest.fixture
def door(folder: StoreFolder, clock: SteppingClock, ring: WorkingRing) -> StoreDoor:
    return StoreDoor(folder, clock=clock, key_ring=KeyRing(lambda: ring))


def made(door: StoreDoor) -> tuple[Opened, tuple[str, ...]]:
    keys = door.draw_keys(PASSPHRASE, PASSPHRASE)
    return door.create(keys, PASSPHRASE, ENTRIES), keys.words


@pytest.fixture
def opened(door: StoreDoor) -> Iterator[Opened]:
    found, _ = made(door)
    yield found
    door.close(found.services)


def test_a_new_store_holds_what_the_first_run_asked(door: StoreDoor, opened: Opened) -> None:
    services = opened.services
    team = services.team.team()
    assert (team.region, team.year_number) == ("北国県", 2)
    (person,) = services.people.of_team()
    assert (person.id, person.name, person.body) == (
        services.place.user_id,
        "鈴木 花子",
        "北国県産業振興財団",
    )
    assert opened.keyring_fault is None
    assert door.state() is DoorState.OPENS_BY_ITSELF


def test_nothing_is_on_disk_before_the_paper_is_proved(door: StoreDoor, folder: StoreFolder) -> None:
    keys = door.draw_keys(PASSPHRASE, PASSPHRASE)
    first, second = door.places_to_prove()
    assert first != second
    with pytest.raises(RetypedWordDiffers):
        door.prove_paper(keys.words, {first: keys.words[first - 1], second: "ちがう"})
    door.prove_paper(keys.words, {place: keys.words[place - 1] for place in (first, second)})
    assert not folder.path.exists()
    assert door.state() is DoorState.NO_STORE


def test_a_passphrase_that_will_not_do_draws_no_keys(door: StoreDoor) -> None:
    with pytest.raises(PassphraseTooShort):
        door.draw_keys("みじかい", "みじかい")
    with pytest.raises(PassphrasesDiffer):
        door.draw_keys(PASSPHRASE, NEXT)


def test_no_store_is_made_with_a_cloud_client(tmp_path: Path) -> None:
    with pytest.raises(StoreInCloudFolder):
        StoreDoor(StoreFolder(tmp_path / "Dropbox" / "store")).draw_keys(PASSPHRASE, PASSPHRASE)


def test_a_store_is_never_made_over_another(door: StoreDoor, opened: Opened) -> None:
    with pytest.raises(StoreExists):
        door.create(door.draw_keys(PASSPHRASE, PASSPHRASE), PASSPHRASE, ENTRIES)


def test_full_width_and_half_width_are_one_passphrase(door: StoreDoor) -> None:
    keys = door.draw_keys("Banso no Uta 2026", "Ｂａｎｓｏ　ｎｏ　Ｕｔａ　２０２６")
    door.close(door.create(keys, "Banso no Uta 2026", ENTRIES).services)
    door.close(door.open_with_passphrase("Ｂａｎｓｏ　ｎｏ　Ｕｔａ　２０２６"))


def test_an_absent_key_ring_is_told_and_the_store_is_there(folder: StoreFolder, clock: SteppingClock) -> None:
    door = StoreDoor(folder, clock=clock, key_ring=KeyRing(absent_ring))
    found, words = made(door)
    assert isinstance(found.keyring_fault, KeyringAbsent)
    assert door.state() is DoorState.LOCKED
    door.close(found.services)
    door.close(door.open_with_words(" ".join(words)))


def test_the_key_ring_opens_until_it_is_left(door: StoreDoor, folder: StoreFolder, ring: WorkingRing) -> None:
    found, _ = made(door)
    key = found.services.key
    door.close(found.services)
    door.close(door.open_by_itself())
    door.leave_key_ring(key)
    assert door.state() is DoorState.LOCKED
    assert not ring.kept


def test_an_open_store_is_held_and_let_go_of(door: StoreDoor, opened: Opened, folder: StoreFolder) -> None:
    with pytest.raises(StoreInUse), holding(folder):
        pass
    door.close(opened.services)
    with holding(folder):
        pass


def test_a_store_that_does_not_open_is_not_held(door: StoreDoor, folder: StoreFolder) -> None:
    found, _ = made(door)
    door.close(found.services)
    folder.database.write_bytes(b"")
    with pytest.raises(StoreEmptyFile):
        door.open_with_passphrase(PASSPHRASE)
    with holding(folder):
        pass


def test_the_open_store_is_proved_by_its_own_secrets_only(
    door: StoreDoor, opened: Opened, tmp_path: Path, clock: SteppingClock
) -> None:
    door.prove_passphrase(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        door.prove_passphrase(NEXT)
    other = StoreDoor(StoreFolder(tmp_path / "other"), clock=clock, key_ring=KeyRing(absent_ring))
    theirs, words = made(other)
    other.close(theirs.services)
    with pytest.raises(RecoveryWordsOfAnotherStore):
        door.prove_words(" ".join(words))
    door.folder.keys.write_bytes(other.folder.keys.read_bytes())
    with pytest.raises(KeyOfAnotherStore):
        door.prove_passphrase(PASSPHRASE)


def test_another_passphrase_needs_the_present_one(door: StoreDoor, opened: Opened) -> None:
    key = opened.services.key
    with pytest.raises(WrongPassphrase):
        door.change_passphrase(key, NEXT, NEXT, NEXT)
    with pytest.raises(PassphrasesDiffer):
        door.change_passphrase(key, PASSPHRASE, NEXT, PASSPHRASE)
    door.prove_passphrase(PASSPHRASE)
    door.change_passphrase(key, PASSPHRASE, NEXT, NEXT)
    door.prove_passphrase(NEXT)
    with pytest.raises(WrongPassphrase):
        door.prove_passphrase(PASSPHRASE)


def test_who_forgot_the_passphrase_sets_another_with_the_paper(door: StoreDoor) -> None:
    found, words = made(door)
    with pytest.raises((RecoveryWordsMixedUp, RecoveryWordsOfAnotherStore)):
        door.change_passphrase(found.services.key, " ".join(reversed(words)), NEXT, NEXT)
    door.change_passphrase(found.services.key, "\u3000".join(words), NEXT, NEXT)
    door.prove_passphrase(NEXT)
    with pytest.raises(WrongPassphrase):
        door.prove_passphrase(PASSPHRASE)
    door.close(found.services)


def test_new_words_take_the_place_of_the_old(door: StoreDoor) -> None:
    found, old = made(door)
    words = door.draw_words()
    door.prove_words(" ".join(old))
    door.renew_words(found.services.key, words)
    door.prove_words(" ".join(words))
    with pytest.raises(RecoveryWordsOfAnotherStore):
        door.prove_words(" ".join(old))
    door.close(found.services)


# what is left of a store


def left(door: StoreDoor) -> tuple[Path, tuple[str, ...]]:
    """A closed store with a backup; the backup's file and the words."""
    found, words = made(door)
    backup = found.services.backups.make().path
    door.close(found.services)
    return backup, words


def test_part_of_a_store_is_told_for_what_it_is(door: StoreDoor, folder: StoreFolder) -> None:
    left(door)
    folder.database.unlink()
    with pytest.raises(StoreMissing):
        door.state()
    for file in (folder.keys, folder.keys_copy):
        file.unlink(missing_ok=True)
    with pytest.raises(KeyFileMissing):
        door.state()


@pytest.mark.parametrize("by", ["passphrase", "words"])
def test_either_secret_goes_back_to_a_backup(door: StoreDoor, folder: StoreFolder, by: str) -> None:
    backup, words = left(door)
    folder.database.write_bytes(b"torn")
    secret = {"passphrase": PASSPHRASE} if by == "passphrase" else {"words": " ".join(words)}
    kept = door.restore(backup, **secret)
    assert kept is not None
    assert kept.read_bytes() == b"torn"
    services = door.open_with_passphrase(PASSPHRASE)
    assert services.team.team().region == "北国県"
    door.close(services)


def test_a_wrong_secret_goes_back_to_nothing(door: StoreDoor, folder: StoreFolder) -> None:
    backup, _ = left(door)
    folder.database.write_bytes(b"torn")
    with pytest.raises(WrongPassphrase):
        door.restore(backup, passphrase=NEXT)
    assert folder.database.read_bytes() == b"torn"


def test_an_open_store_is_closed_before_its_backup_comes(door: StoreDoor, folder: StoreFolder) -> None:
    found, _ = made(door)
    services = found.services
    backup = services.backups.make().path
    services.team.change({"region": "後の名前"})
    kept = door.restore_with_key(services, backup)
    assert kept is not None
    again = door.open_with_key(services.key)
    assert again.team.team().region == "北国県"
    door.close(again)


def test_a_store_in_use_elsewhere_is_not_replaced(door: StoreDoor, folder: StoreFolder) -> None:
    backup, _ = left(door)
    with holding(folder), pytest.raises(StoreInUse):
        door.restore(backup, passphrase=PASSPHRASE)
    assert newest_backup(folder).path == backup


def test_without_backups_there_is_none_to_name(folder: StoreFolder) -> None:
    with pytest.raises(NoBackup):
        newest_backup(folder)


def test_closing_goes_on_when_the_medium_is_gone(
    door: StoreDoor, folder: StoreFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found, _ = made(door)

    def gone() -> None:
        raise OSError(5, "gone")

    monkeypatch.setattr(found.services.place.store, "close", gone)
    door.close(found.services)
    assert "did not close" in caplog.text
    with holding(folder):
        pass
