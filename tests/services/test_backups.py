"""Backups: verified, fourteen kept, and the way back from every loss."""

import os
from pathlib import Path

import pytest

from app import store_keys
from app.errors import (
    BackupFailed,
    BackupOfAnotherStore,
    BackupUnreadable,
    FolderReadOnly,
    NoBackup,
    RestoreFailed,
    StoreDamaged,
)
from app.paths import StoreFolder
from app.services import backups
from app.services.backups import (
    KEPT,
    backups_in,
    is_sound,
    keys_beside,
    newest_backup,
    restore,
    restore_lost_keys,
)
from app.services.stores import restore as restore_store
from app.services.stores import unlock
from tests.services.conftest import SteppingClock
from tests.services.records import put
from tests.services.stores import CHEAP, PASSPHRASE, MadeStore, make_store

NEXT = "つぎの合言葉は春に決める"


@pytest.fixture
def made(tmp_path: Path, clock: SteppingClock) -> MadeStore:
    return make_store(tmp_path / "store", clock)


def write(made: MadeStore, name: str) -> None:
    place = made.opened()
    put(place, "company", name=name)
    place.store.close()


def leave_as_if_killed(made: MadeStore, name: str) -> None:
    """Write a company and leave the files as they are before SQLite folds its log into the store."""
    place = made.opened()
    put(place, "company", name=name)
    log = made.folder.database.with_name("store.db-wal")
    kept = {path: path.read_bytes() for path in (made.folder.database, log)}
    place.store.abandon()
    for path, content in kept.items():
        path.write_bytes(content)


def names(made: MadeStore) -> list[str]:
    place = made.opened()
    with place.reading() as reading:
        found = [company["name"] for company in reading.records("company")]
    assert place.store.check().faults == ()
    place.store.close()
    return found


def files(made: MadeStore) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.folder.path.iterdir() if path.is_file()}


def test_a_backup_is_a_whole_store_with_its_keys(
    made: MadeStore, tmp_path: Path, clock: SteppingClock
) -> None:
    write(made, "北国精密")
    backup = made.backups.make()
    assert is_sound(backup.path, made.key)
    assert keys_beside(backup.path).read_bytes() == made.folder.keys.read_bytes()
    assert backup.size == backup.path.stat().st_size


def test_a_backup_is_made_beside_an_open_store_and_holds_what_was_committed(made: MadeStore) -> None:
    place = made.opened()
    put(place, "company", name="ひらいたまま")
    backup = made.backups.make()
    place.store.close()
    restore(made.folder, made.key, backup.path, made.clock)
    assert names(made) == ["ひらいたまま"]


def test_fourteen_are_kept_with_their_keys_and_the_oldest_go(made: MadeStore, clock: SteppingClock) -> None:
    paths = []
    for _ in range(KEPT + 3):
        paths.append(made.backups.make().path)
        clock.move(days=1)
    assert [row.path for row in backups_in(made.folder)] == paths[:2:-1]
    assert len(list(made.folder.backups.iterdir())) == 2 * KEPT


def test_backups_of_one_second_are_kept_in_order(made: MadeStore) -> None:
    paths = [made.backups.make().path for _ in range(KEPT + 3)]
    assert [row.path for row in backups_in(made.folder)] == paths[:2:-1]


def test_other_files_among_the_backups_are_left_alone(made: MadeStore) -> None:
    backup = made.backups.make()
    other = made.folder.backups / "わたしの写し.db"
    other.write_bytes(b"")
    assert [row.path for row in backups_in(made.folder)] == [backup.path]
    made.backups.make()
    assert other.exists()


def test_one_a_day_is_due_by_the_day_in_japan(made: MadeStore, clock: SteppingClock) -> None:
    assert made.backups.is_due()
    made.backups.make()
    assert not made.backups.is_due()
    clock.move(hours=10)
    assert not made.backups.is_due()
    clock.move(hours=2)
    assert made.backups.is_due()


def test_a_damaged_store_gives_no_backup_and_costs_none(made: MadeStore) -> None:
    write(made, "北国精密")
    kept = made.backups.make()
    content = bytearray(made.folder.database.read_bytes())
    content[20 * 4096 + 100] ^= 1
    made.folder.database.write_bytes(content)
    with pytest.raises(StoreDamaged):
        made.backups.make()
    content[100] ^= 1
    made.folder.database.write_bytes(content)
    with pytest.raises(BackupFailed):
        made.backups.make()
    assert sorted(made.folder.backups.iterdir()) == sorted([kept.path, keys_beside(kept.path)])


def test_what_a_killed_program_left_half_written_is_cleared_later(
    made: MadeStore, clock: SteppingClock
) -> None:
    made.backups.make()
    half = made.folder.backups / f"{clock.now():%Y-%m-%dT%H%M%S}.part"
    half.write_bytes(b"half")
    made.backups.make()
    assert half.exists()
    clock.move(hours=2)
    made.backups.make()
    assert not half.exists()


def test_restoring_brings_the_day_back_and_keeps_what_was_there(made: MadeStore) -> None:
    write(made, "きのう")
    backup = made.backups.make()
    write(made, "きょう")
    replaced = made.folder.database.read_bytes()
    kept = restore(made.folder, made.key, backup.path, made.clock)
    assert names(made) == ["きのう"]
    assert kept is not None
    assert kept.read_bytes() == replaced


def test_the_write_ahead_log_of_the_old_store_goes_aside_with_it(made: MadeStore) -> None:
    write(made, "きのう")
    backup = made.backups.make()
    leave_as_if_killed(made, "まだ畳まれていない")
    kept = restore(made.folder, made.key, backup.path, made.clock)
    assert names(made) == ["きのう"]
    assert kept is not None
    kept.rename(made.folder.database)
    aside = kept.with_name(kept.name + "-wal")
    aside.rename(made.folder.database.with_name("store.db-wal"))
    assert names(made) == ["きのう", "まだ畳まれていない"]


def test_a_lost_store_comes_back(made: MadeStore) -> None:
    write(made, "きのう")
    made.backups.make()
    made.folder.database.unlink()
    assert restore(made.folder, made.key, newest_backup(made.folder).path, made.clock) is None
    assert names(made) == ["きのう"]


def test_lost_keys_come_back_with_the_passphrase_of_that_day(made: MadeStore) -> None:
    write(made, "きのう")
    backup = made.backups.make()
    store_keys.change_passphrase(made.folder, made.key, NEXT, NEXT, cost=CHEAP)
    restore_store(made.folder, backup.path, lambda: NEXT, clock=made.clock)
    assert names(made) == ["きのう"]
    for lost in (made.folder.keys, made.folder.keys_copy, made.folder.database):
        lost.unlink()
    restore_store(made.folder, backup.path, lambda: PASSPHRASE, clock=made.clock)
    assert names(made) == ["きのう"]


def test_keys_that_are_whole_stay_when_a_backup_is_restored(made: MadeStore) -> None:
    backup = made.backups.make()
    store_keys.change_passphrase(made.folder, made.key, NEXT, NEXT, cost=CHEAP)
    before = made.folder.keys.read_bytes()
    restore_lost_keys(made.folder, backup.path)
    assert made.folder.keys.read_bytes() == before


def test_a_backup_of_another_store_a_damaged_and_a_missing_one_change_nothing(
    made: MadeStore, tmp_path: Path, clock: SteppingClock
) -> None:
    write(made, "きょう")
    other = make_store(tmp_path / "other", clock).backups.make().path
    damaged = made.backups.make().path
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    before = files(made)
    for path, case in (
        (other, BackupOfAnotherStore),
        (damaged, BackupUnreadable),
        (tmp_path / "none.db", BackupUnreadable),
    ):
        with pytest.raises(case):
            restore(made.folder, made.key, path, made.clock)
        assert files(made) == before


def test_no_backup_is_told(made: MadeStore) -> None:
    with pytest.raises(NoBackup):
        newest_backup(made.folder)


@pytest.mark.parametrize("refused", ["copy_durably", "_set_aside"])
def test_a_restore_that_stops_leaves_the_store_as_it_was(
    made: MadeStore, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    write(made, "きょう")
    backup = made.backups.make()
    before = files(made)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(backups, refused, full)
    with pytest.raises(RestoreFailed):
        restore(made.folder, made.key, backup.path, made.clock)
    assert files(made) == before


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("is_before", [True, False])
def test_a_restore_that_was_killed_is_finished_by_whoever_opens_the_store_next(
    made: MadeStore, monkeypatch: pytest.MonkeyPatch, is_before: bool
) -> None:
    """Between old and new there is a moment in which no store is in its place."""
    write(made, "きのう")
    backup = made.backups.make()
    write(made, "きょう")
    set_aside = backups._set_aside

    def killed(folder: StoreFolder, stamp: str) -> Path | None:
        if not is_before:
            set_aside(folder, stamp)
        raise Killed

    monkeypatch.setattr(backups, "_set_aside", killed)
    with pytest.raises(Killed):
        restore(made.folder, made.key, backup.path, made.clock)
    monkeypatch.undo()
    assert made.folder.database.exists() is is_before
    unlock(made.folder, lambda: PASSPHRASE, clock=made.clock)
    assert names(made) == ["きのう"]
    (kept,) = made.folder.path.glob("store.before-restore-*.db")
    assert is_sound(kept, made.key)
    assert not list(made.folder.path.glob("store.restoring*"))


def test_a_stale_log_of_an_earlier_try_is_not_folded_into_the_restored_store(made: MadeStore) -> None:
    write(made, "きのう")
    backup = made.backups.make()
    write(made, "きょう")
    leave_as_if_killed(made, "古い控え")
    stale = made.folder.database.with_name("store.incoming-wal")
    made.folder.database.with_name("store.db-wal").rename(stale)
    restore(made.folder, made.key, backup.path, made.clock)
    assert names(made) == ["きのう"]
    assert not stale.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_takes_no_writes_is_told(made: MadeStore) -> None:
    made.folder.path.chmod(0o500)
    with pytest.raises(FolderReadOnly):
        made.backups.make()
    made.folder.path.chmod(0o700)
