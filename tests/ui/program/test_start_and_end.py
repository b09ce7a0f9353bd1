"""Starting, closing, and what a window leaves behind."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import DiskFull
from app.paths import StoreFolder, user_folders
from app.store_lock import holding
from tests.ui.program.house import House, make_practice, tear
from ui import window_start
from ui.following import Following
from ui.navigation import Place, Route
from ui.theme.theme import theme


def test_closing_leaves_no_thread_no_open_store_and_no_log_beside_it(house: House) -> None:
    before = set(threading.enumerate())
    house.make_store()
    house.start_and_open()
    assert (house.folder.path / "store.db-wal").exists()
    house.close()
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= before
    assert {path.name for path in house.folder.path.iterdir()} >= {"store.db", "store.keys.json", "backups"}
    assert not [*house.folder.path.glob("store.db-*")]
    with holding(house.folder):
        pass


def test_what_is_being_typed_is_in_the_store_after_closing(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    program.window.open(Route(Place.SETTINGS))
    house.settle()
    house.tab_to("地域名")
    house.commit("北国")
    house.convert("県")
    house.close()
    services = house.start_and_open().services
    assert services is not None
    assert services.team.team().region == "北国県"


def test_size_and_place_of_the_window_come_back(house: House) -> None:
    house.make_store()
    house.start_and_open().window.resize(1024, 640)
    house.close()
    assert house.start().window.size().toTuple() == (1024, 640)


def test_settings_that_cannot_be_read_are_told_once_the_store_is_open(house: House) -> None:
    house.make_store()
    house.settings_file.write_text("{")
    house.start_and_open()
    house.wait_for_message("E-901")


def test_light_and_dark_change_at_once_and_are_kept(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    program.change_settings(theme="dark")
    assert theme().name == "dark"
    house.close()
    program = house.start()
    assert program.settings.theme == "dark"


def test_the_daily_backup_is_made_once_the_store_is_open(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    house.wait_until(lambda: len([*house.folder.backups.glob("*.db")]) == 1)
    house.close()
    house.start_and_open()
    house.settle()
    assert len([*house.folder.backups.glob("*.db")]) == 1
    assert program.services is None


# another window follows


def test_going_back_to_a_backup_opens_it_in_a_window_of_its_own(house: House) -> None:
    house.make_store()
    services = house.start_and_open().services
    assert services is not None
    services.team.change({"region": "前の名前"})
    backup = services.backups.make()
    services.team.change({"region": "後の名前"})
    program = house.program
    assert program is not None
    program.go_back_to(backup.path)
    house.wait_until(lambda: program.following is not None)
    assert not program.window.isVisible()
    house.program = None
    following = house.start(program.following)
    house.wait_until(lambda: following.services is not None)
    house.settle()
    assert "控えに戻しました" in house.words()
    assert following.services is not None
    assert following.services.team.team().region == "前の名前"
    (aside,) = house.folder.path.glob("store.before-restore-*.db")
    assert aside.name in house.words()


def test_a_backup_that_cannot_be_read_opens_the_store_as_it_was(house: House) -> None:
    house.make_store()
    services = house.start_and_open().services
    assert services is not None
    services.team.change({"region": "北国県"})
    backup = services.backups.make()
    tear(backup.path)
    program = house.program
    assert program is not None
    program.go_back_to(backup.path)
    house.wait_until(lambda: program.following is not None)
    house.program = None
    following = house.start(program.following)
    house.wait_until(lambda: following.services is not None)
    house.wait_for_message("E-131")
    assert following.services is not None
    assert following.services.team.team().region == "北国県"


def test_practice_data_is_thrown_away_and_the_own_store_follows(house: House) -> None:
    make_practice(house.folder, house.clock)
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    program.throw_away_practice()
    house.wait_until(lambda: program.following is not None)
    assert program.following is not None
    assert program.following.folder.path == user_folders().store
    assert not house.folder.path.exists()


def test_a_practice_region_that_cannot_be_made_leaves_one_where_one_was(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make_store()
    program = house.start_and_open()
    monkeypatch.setattr("ui.program._make_practice", refuse)
    program.open_practice()
    house.wait_for_message("E-103")
    assert not program.window.is_locked
    assert program.following is None


def test_the_first_run_says_when_practice_cannot_be_made(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.start()
    monkeypatch.setattr("ui.program._make_practice", refuse)
    house.click("練習用データで試す")
    house.click("練習をはじめる")
    bar = house.wait_for_message("E-103")
    assert bar._action.isVisible()
    assert house.button("練習をはじめる").isEnabled()


def refuse(*_: object) -> None:
    raise DiskFull


def test_windows_follow_each_other_until_one_closes_for_good(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    class OneOfThree(QObject):
        following: Following | None
        defect_met = Signal(str)

        def __init__(self, folder: StoreFolder, _settings: Path) -> None:
            super().__init__()
            opened.append(folder.path)
            self.window = QWidget()

        def start(self, following: Following) -> None:
            beside = StoreFolder(following.folder.path.parent / str(len(opened)))
            self.following = Following(beside) if len(opened) < 3 else None
            QTimer.singleShot(0, QCoreApplication.exit)  # `quit` would close the windows of other tests

    monkeypatch.setattr(window_start, "Program", OneOfThree)
    monkeypatch.setattr(window_start, "install_last_resort", lambda _: None)
    assert window_start.open_window(house.folder) == 0
    assert [path.name for path in opened] == ["store", "1", "2"]
