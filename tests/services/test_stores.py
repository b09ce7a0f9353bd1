"""Getting into a store without a window, and having it to oneself where that is needed."""

from pathlib import Path

import pytest

from app.bootstrap import create_store
from app.errors import (
    KeyringSilent,
    KeyringSlotStale,
    PassphraseTooShort,
    StoreExists,
    StoreMissing,
    WrongPassphrase,
)
from app.paths import HOME_VARIABLE, StoreFolder
from app.secrets import KeyRing
from app.services.stores import is_there, make_empty_store, practice_store_at, store_at, unlock
from app.store_keys import keep_in_keyring, new_practice_keys, unlock_with_words
from tests.app_outside.fake_key_rings import BlockingRing, WorkingRing
from tests.services.conftest import SteppingClock
from tests.services.stores import CHEAP, PASSPHRASE, MadeStore, make_store


@pytest.fixture
def made(tmp_path: Path, clock: SteppingClock) -> MadeStore:
    return make_store(tmp_path / "store", clock)


def never_asked() -> str:
    pytest.fail("nobody may be asked for the passphrase")


def test_the_key_ring_opens_the_store_when_nobody_can_be_asked(made: MadeStore) -> None:
    working = WorkingRing()
    ring = KeyRing(lambda: working)
    with pytest.raises(KeyringSlotStale):
        unlock(made.folder, key_ring=ring)
    keep_in_keyring(made.folder, made.key, ring)
    assert unlock(made.folder, key_ring=ring).key == made.key


def test_a_silent_key_ring_is_told_within_its_waiting_time(made: MadeStore) -> None:
    working, blocking = WorkingRing(), BlockingRing()
    keep_in_keyring(made.folder, made.key, KeyRing(lambda: working))
    with pytest.raises(KeyringSilent):
        unlock(made.folder, key_ring=KeyRing(lambda: blocking, wait_s=0.05))
    blocking.released.set()


def test_the_passphrase_opens_the_store_and_a_wrong_one_does_not(made: MadeStore) -> None:
    assert unlock(made.folder, lambda: PASSPHRASE, clock=made.clock).key == made.key
    with pytest.raises(WrongPassphrase):
        unlock(made.folder, lambda: "ちがう合言葉をいれた", clock=made.clock)


def test_a_practice_store_asks_nobody(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path / "practice")
    create_store(folder, new_practice_keys("0198a2b4-0000-7000-8000-000000000009", cost=CHEAP))
    unlocked = unlock(folder, never_asked, key_ring=KeyRing(BlockingRing))
    assert unlocked.is_practice


def test_a_folder_without_a_store_is_told_before_anybody_is_asked(tmp_path: Path) -> None:
    folder = store_at(tmp_path / "nothing")
    assert not is_there(folder)
    with pytest.raises(StoreMissing):
        unlock(folder, never_asked)
    assert not folder.path.exists()


def test_an_empty_store_opens_by_its_passphrase_and_its_words(tmp_path: Path, clock: SteppingClock) -> None:
    folder = store_at(tmp_path / "new")
    unlocked, words = make_empty_store(folder, PASSPHRASE, clock)
    assert unlock(folder, lambda: PASSPHRASE, clock=clock).key == unlocked.key
    assert unlock_with_words(folder, " ".join(words)) == unlocked.key
    with unlocked.opened() as place:
        assert place.store.check().records == 0
    with pytest.raises(StoreExists):
        make_empty_store(folder, PASSPHRASE, clock)


def test_a_weak_passphrase_makes_no_store(tmp_path: Path) -> None:
    folder = store_at(tmp_path / "new")
    with pytest.raises(PassphraseTooShort):
        make_empty_store(folder, "短い")
    assert not folder.path.exists()


def test_the_folders_are_the_users_own_unless_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert store_at(None).path == tmp_path / "data" / "store"
    assert practice_store_at(None).path == tmp_path / "data" / "practice"
    monkeypatch.chdir(tmp_path)
    assert store_at(Path("here")).path == tmp_path / "here"


def test_a_store_is_let_go_however_the_work_in_it_ends(made: MadeStore) -> None:
    unlocked = unlock(made.folder, lambda: PASSPHRASE, clock=made.clock)
    with pytest.raises(KeyError), unlocked.opened():
        raise KeyError
    with unlocked.opened() as place:
        assert place.store.check().faults == ()
    assert not made.folder.database.with_name("store.db-wal").exists()
