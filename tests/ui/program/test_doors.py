"""Every state in which a store may be found, told in the window with a step that leads on."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from app import errors
from app.errors import AppError
from app.paths import StoreFolder, user_folders
from app.services.backups import BackupService
from app.services.store_door import StoreDoor
from app.store_keys import NewKeys
from app.store_lock import holding
from db.engine import connect
from tests.app_outside.fake_key_rings import BlockingRing, LockedRing, WorkingRing
from tests.ui.program.house import PASSPHRASE, House
from ui.program import Program
from ui.screens.restore.page import RestorePage
from ui.screens.unlock.page import UnlockPage
from ui.widgets.file_dialog import FileDialog
from ui.widgets.message_bar import MessageBar

Harm = Callable[[House, NewKeys], None]


def open_with_passphrase(house: House) -> None:
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(PASSPHRASE)
    house.press("Return")


def assert_three_parts(bar: MessageBar) -> None:
    assert bar._title.text()
    assert bar._detail.text()
    assert bar._action.isVisible()
    assert bar._action.isEnabled()
    assert bar._number.text().startswith("E-")


def lose_store(house: House, _keys: NewKeys) -> None:
    house.folder.database.unlink()


def empty_store(house: House, _keys: NewKeys) -> None:
    house.folder.database.write_bytes(b"")


def tear_store(house: House, _keys: NewKeys) -> None:
    content = bytearray(house.folder.database.read_bytes())
    content[200:4000] = bytes(3800)
    house.folder.database.write_bytes(bytes(content))


def make_newer(house: House, keys: NewKeys) -> None:
    connection = connect(house.folder.database, keys.key.raw)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def lose_keys(house: House, _keys: NewKeys) -> None:
    house.folder.keys.unlink()
    house.folder.keys_copy.unlink(missing_ok=True)


def tear_keys(house: House, _keys: NewKeys) -> None:
    house.folder.keys.write_bytes(b"{")
    house.folder.keys_copy.write_bytes(b"{")


@dataclass(frozen=True)
class Case:
    harm: Harm
    number: str
    needs_passphrase: bool


CASES = {
    "lost": Case(lose_store, "E-110", needs_passphrase=False),
    "empty": Case(empty_store, "E-118", needs_passphrase=False),
    "torn": Case(tear_store, "E-119", needs_passphrase=True),
    "keys lost": Case(lose_keys, "E-203", needs_passphrase=False),
    "keys torn": Case(tear_keys, "E-204", needs_passphrase=False),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_lost_or_torn_is_told_and_leads_to_the_backups(house: House, case: Case) -> None:
    keys = house.make_store()
    BackupService(house.folder, keys.key, house.clock).make()
    case.harm(house, keys)
    house.start()
    if case.needs_passphrase:
        open_with_passphrase(house)
    bar = house.wait_for_message(case.number)
    assert_three_parts(bar)
    assert bar._action.label() == "控えから戻す"
    bar._action.click()
    house.wait_until(lambda: bool(house.shown(RestorePage)))


def test_where_only_backups_are_left_nothing_new_is_begun(house: House) -> None:
    keys = house.make_store()
    BackupService(house.folder, keys.key, house.clock).make()
    lose_store(house, keys)
    lose_keys(house, keys)
    house.start()
    assert_three_parts(house.wait_for_message("E-203"))


def test_a_store_of_a_newer_program_is_left_alone(house: House) -> None:
    make_newer(house, house.make_store())
    before = house.folder.database.read_bytes()
    house.start()
    open_with_passphrase(house)
    bar = house.wait_for_message("E-113")
    assert house.folder.database.read_bytes() == before
    assert_three_parts(bar)
    assert house.focused() is bar._action
    assert not house.shown(QLineEdit)


def test_keys_of_a_newer_program_are_not_asked_for_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make_store()

    def refuse(*_: object) -> None:
        raise errors.KeyFileTooNew(file_version=9)

    monkeypatch.setattr(StoreDoor, "_open", refuse)
    house.start()
    open_with_passphrase(house)
    assert_three_parts(house.wait_for_message("E-205"))
    assert not house.shown(QLineEdit)


def test_a_store_of_a_newer_program_can_go_back_to_an_older_backup(house: House) -> None:
    keys = house.make_store()
    BackupService(house.folder, keys.key, house.clock).make()
    make_newer(house, keys)
    house.start()
    open_with_passphrase(house)
    bar = house.wait_for_message("E-113")
    assert_three_parts(bar)
    assert bar._action.label() == "控えから戻す"
    bar._action.click()
    house.wait_until(lambda: bool(house.shown(RestorePage)))
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.press("Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.entrance.is_asking)
    open_with_passphrase(house)
    house.wait_until(lambda: program.services is not None)
    assert [*house.folder.path.glob("store.before-restore-*.db")]


def test_in_the_place_of_a_newer_store_another_one_can_be_opened(house: House, tmp_path: Path) -> None:
    make_newer(house, house.make_store())
    program = house.start()
    open_with_passphrase(house)
    house.wait_for_message("E-113")._action.click()
    (dialog,) = program.window.findChildren(FileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    house.wait_for_message("E-110")
    assert program.following is None
    dialog.fileSelected.emit(str(house.folder.path))
    assert program.following is not None
    assert program.following.folder.path == house.folder.path


def test_a_store_that_came_to_lie_with_a_cloud_client_is_not_opened_there(house: House) -> None:
    house.make_store()
    cloud = house.folder.path.parent / "OneDrive - 北国県" / "store"
    cloud.parent.mkdir()
    house.folder.path.rename(cloud)
    house.folder = StoreFolder(cloud)
    program = house.start()
    open_with_passphrase(house)
    bar = house.wait_for_message("E-114")
    assert_three_parts(bar)
    bar._action.click()
    assert program.following is not None
    assert program.following.folder.path == user_folders().store


def test_a_store_that_a_command_works_in_is_opened_once_it_has_ended(house: House) -> None:
    house.make_store()
    house.start()
    with holding(house.folder):
        open_with_passphrase(house)
        assert_three_parts(house.wait_for_message("E-112"))
    house.wait_for_message("E-112")._action.click()
    open_with_passphrase(house)
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.services is not None)


@pytest.mark.parametrize(
    "fault",
    [
        errors.CannotRead(),
        errors.CannotWrite(),
        errors.DiskFull(),
        errors.FolderReadOnly(),
        errors.FolderVanished(),
        errors.StoreBusy(),
        errors.MigrationFailed(schema=1),
        errors.KeyOfAnotherStore(),
    ],
    ids=lambda fault: fault.code,
)
def test_whatever_keeps_a_store_from_opening_can_be_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: AppError
) -> None:
    house.make_store()
    program = house.start()
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise fault

        patch.setattr(StoreDoor, "_open", refuse)
        open_with_passphrase(house)
        house.wait_until(lambda: any(bar._title.text() for bar in house.shown(MessageBar)))
        (bar,) = house.shown(MessageBar)
        assert_three_parts(bar)
    bar._action.click()
    open_with_passphrase(house)
    house.wait_until(lambda: program.services is not None)


def test_a_defect_while_opening_leaves_a_page_that_answers(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.make_store()
    program = house.start()
    with monkeypatch.context() as patch:
        patch.setattr(StoreDoor, "_open", lambda *_: 1 / 0)
        open_with_passphrase(house)
        house.wait_for_message("E-999")
    assert "defect" in caplog.text
    open_with_passphrase(house)
    house.wait_until(lambda: program.services is not None)


# the key ring


def test_the_key_ring_opens_at_the_start_and_never_after_a_lock(house: House) -> None:
    keys = house.make_store()
    ring = WorkingRing()
    house.key_ring = lambda: ring
    assert house.door().keep_key_in_ring(keys.key) is None
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    house.press("Ctrl+L")
    house.settle()
    assert program.window.is_locked


@pytest.mark.parametrize("ring", [BlockingRing(), LockedRing()], ids=["silent", "locked"])
def test_a_key_ring_that_does_not_answer_leaves_the_passphrase(
    house: House, ring: BlockingRing | LockedRing
) -> None:
    keys = house.make_store()
    house.key_ring = WorkingRing
    house.door().keep_key_in_ring(keys.key)
    house.key_ring = lambda: ring
    program = house.start()
    assert house.shown(UnlockPage)
    open_with_passphrase(house)
    house.wait_until(lambda: program.services is not None)
    if isinstance(ring, BlockingRing):
        ring.released.set()


def test_a_silent_key_ring_is_named_as_the_reason(house: House) -> None:
    keys = house.make_store()
    house.key_ring = WorkingRing
    house.door().keep_key_in_ring(keys.key)
    ring = BlockingRing()
    house.key_ring = lambda: ring
    program = house.start()
    house.wait_until(lambda: program.entrance.is_asking)
    assert "秒待っても答えません" in house.words()
    ring.released.set()


# a second start


def test_a_second_start_raises_the_first_window_and_ends_without_asking(house: House) -> None:
    house.make_store()
    first = house.start_and_open()
    first.window.showMinimized()
    second = House(house.folder.path.parent, house._qtbot)
    program = Program(second.folder, second.settings_file, second.clock)
    program.entrance._door = second.door()
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(program.entrance.is_asking))
    program.start()
    second.wait_until(lambda: bool(ended))
    second.wait_until(lambda: not first.window.isMinimized())
    assert ended == [False]
    assert not program.window.isVisible()
    assert program.services is None


def test_of_two_windows_that_ask_the_later_to_be_answered_gives_way(house: House) -> None:
    house.make_store()
    first = house.start()
    house.wait_until(lambda: first.entrance.is_asking)
    second = House(house.folder.path.parent, house._qtbot)
    program = second.start()
    second.wait_until(lambda: program.entrance.is_asking)
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    first.entrance.open_with_passphrase(PASSPHRASE)
    house.wait_until(lambda: first.services is not None)
    program.entrance.open_with_passphrase(PASSPHRASE)
    second.wait_until(lambda: bool(ended))
    assert program.services is None
    second.program = None


def test_what_a_stopped_program_left_behind_does_not_count_as_a_window(house: House) -> None:
    from PySide6.QtNetwork import QLocalServer

    from ui.one_window import _name, raise_first_window

    house.make_store()
    assert not raise_first_window(house.folder.path)
    house.start_and_open()
    assert raise_first_window(house.folder.path)
    house.close()
    assert not raise_first_window(house.folder.path)
    assert QLocalServer.removeServer(_name(house.folder.path))


def test_a_plain_sqlite_file_is_no_store(house: House) -> None:
    house.make_store()
    house.folder.database.unlink()
    with sqlite3.connect(house.folder.database) as plain:
        plain.execute("CREATE TABLE anything (it)")
    plain.close()
    house.start()
    open_with_passphrase(house)
    house.wait_until(lambda: bool(house.shown(MessageBar)))
    assert_three_parts(house.shown(MessageBar)[0])
