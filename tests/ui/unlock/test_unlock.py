"""Opening and unlocking: what a person types, what is answered, and what a locked window keeps."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.services.directory import Services
from app.services.store_door import StoreDoor
from tests.ui.program.house import PASSPHRASE, House, make_practice
from ui import idle_lock
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.unlock.page import UnlockPage
from ui.widgets.fields.text_field import TextField
from ui.widgets.toast import Toast


def asked(house: House) -> Program:
    program = house.start()
    house.wait_until(lambda: program.entrance.is_asking)
    return program


def try_passphrase(house: House, passphrase: str) -> None:
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(passphrase)
    house.press("Return")


def test_the_passphrase_opens_and_stands_nowhere_afterwards(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    assert not program.window.is_locked
    assert PASSPHRASE not in " ".join(each.text() for each in program.window.findChildren(QLineEdit))


def test_a_converted_passphrase_opens_once_its_letters_are_shown(house: House) -> None:
    house.make_store()
    program = asked(house)
    house.click("文字を見せる (変換して入力するときも)")
    house.tab_to("合言葉")
    house.convert("みんなで")
    house.press("Return")
    assert program.services is None
    house.commit(PASSPHRASE)
    house.press("Return")
    house.wait_until(lambda: program.services is not None)


@pytest.mark.parametrize("between", [" ", "\u3000", "\n"])
def test_the_words_open_as_kana_however_they_are_parted(house: House, between: str) -> None:
    words = house.make_store().words
    program = asked(house)
    house.click("紙の24語で開く")
    assert house.shown(UnlockPage)[0]._open.toolTip() == "開く (Ctrl+Enter)"
    house.commit(between.join(words))
    house.press("Ctrl+Return")
    house.wait_until(lambda: program.services is not None)


def test_a_wrong_passphrase_says_how_many_tries_are_left_and_leads_to_the_paper(house: House) -> None:
    words = house.make_store().words
    program = asked(house)
    try_passphrase(house, "これはちがう合言葉です。")
    bar = house.wait_for_message("E-201")
    assert "あと 3回で 5分待ち" in bar._detail.text()
    assert house.focused().accessibleName() == "合言葉"
    bar._action.click()
    assert house.focused().accessibleName() == "紙に控えた24語"
    house.commit(" ".join(words))
    house.press("Ctrl+Return")
    house.wait_until(lambda: program.services is not None)


def test_after_four_tries_one_waits_and_the_paper_still_opens(house: House) -> None:
    words = house.make_store().words
    program = asked(house)
    for _ in range(4):
        try_passphrase(house, "これはちがう合言葉です。")
        house.wait_until(lambda: program.entrance.is_asking)
    house.wait_for_message("E-202")
    try_passphrase(house, PASSPHRASE)
    house.wait_until(lambda: program.entrance.is_asking)
    assert program.services is None
    house.clock.move(minutes=6)
    bar = house.wait_for_message("E-202")
    bar._action.click()
    house.commit(" ".join(words))
    house.press("Ctrl+Return")
    house.wait_until(lambda: program.services is not None)


def test_words_that_are_unknown_stay_to_be_mended(house: House) -> None:
    words = house.make_store().words
    asked(house)
    house.click("紙の24語で開く")
    house.commit(" ".join(["ぬばたまのよ", *words[1:]]))
    house.press("Ctrl+Return")
    bar = house.wait_for_message("E-210")
    assert "1番目" in bar._title.text()
    bar._action.click()
    assert house.focused().accessibleName() == "紙に控えた24語"
    assert words[5] in house.shown(UnlockPage)[0]._words.text()


@pytest.fixture
def held(house: House, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A passphrase is being tried until the returned function is called."""
    house.make_store()
    may_end = Event()
    open_with = StoreDoor.open_with_passphrase

    def held_up(self: StoreDoor, passphrase: str) -> Services:
        may_end.wait()
        return open_with(self, passphrase)

    monkeypatch.setattr(StoreDoor, "open_with_passphrase", held_up)
    return may_end.set


def test_what_is_typed_while_a_passphrase_is_tried_stays_in_the_field(
    house: House, held: Callable[[], None]
) -> None:
    program = asked(house)
    try_passphrase(house, "これはちがう合言葉です。")
    assert not program.entrance.is_asking
    assert not house.button("開く").isEnabled()
    house.enter(PASSPHRASE)
    house.press("Return")
    held()
    house.wait_for_message("E-201")
    assert program.services is None
    assert house.focused().accessibleName() == "合言葉"
    house.press("Return")
    house.wait_until(lambda: program.services is not None)


def test_a_passphrase_typed_before_it_is_asked_for_opens(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_look, look = Event(), StoreDoor.state
    monkeypatch.setattr(StoreDoor, "state", lambda self: may_look.wait() and look(self))
    house.make_store()
    program = house.start()
    assert not program.entrance.is_asking
    house.enter(PASSPHRASE)
    house.press("Return")
    may_look.set()
    house.wait_until(lambda: program.services is not None)


def test_nothing_typed_tries_nothing(house: House) -> None:
    house.make_store()
    program = asked(house)
    house.press("Return")
    house.click("紙の24語で開く")
    house.press("Ctrl+Return")
    assert program.entrance.is_asking


# the lock of an open window


@pytest.fixture
def typing(house: House) -> TextField:
    """A field of 設定 with a caret inside what was typed and not yet left."""
    house.make_store()
    program = house.start_and_open()
    program.window.open(Route(Place.SETTINGS))
    house.settle()
    field = house.tab_to("地域名")
    assert isinstance(field, TextField)
    house.commit("北国県北部")
    field.setCursorPosition(2)
    return field


def test_a_locked_window_keeps_caret_and_text(house: House, typing: TextField) -> None:
    program = house.program
    assert program is not None
    house.press("Ctrl+L")
    assert program.window.is_locked
    assert not typing.isVisible()
    try_passphrase(house, PASSPHRASE)
    house.wait_until(lambda: not program.window.is_locked)
    assert house.focused() is typing
    assert (typing.text(), typing.cursorPosition()) == ("北国県北部", 2)
    services = program.services
    assert services is not None
    assert services.team.team().region == "北国県北部"


def test_a_conversion_is_taken_over_before_the_lock(house: House, typing: TextField) -> None:
    program = house.program
    assert program is not None
    typing.setCursorPosition(5)
    house.convert("の市")
    program.lock()
    assert typing.text() == "北国県北部の市"


def test_locking_with_the_mouse_leads_back_to_the_caret_too(house: House, typing: TextField) -> None:
    program = house.program
    assert program is not None
    house.convert("へんかん")
    QTest.mouseClick(house.button("鍵をかける"), Qt.MouseButton.LeftButton)
    assert program.window.is_locked
    try_passphrase(house, PASSPHRASE)
    house.wait_until(lambda: not program.window.is_locked)
    assert house.focused() is typing
    assert typing.text() == "北国へんかん県北部"


def test_keys_of_the_window_rest_while_it_is_locked(house: House, typing: TextField) -> None:
    program = house.program
    assert program is not None
    house.press("Ctrl+L")
    route = program.window.route()
    house.press("Ctrl+K", "Alt+Left", "Ctrl+Tab", "Ctrl+N", "Ctrl+L", "Esc")
    assert program.window.is_locked
    assert program.window.route() == route
    assert len(house.shown(UnlockPage)) == 1


def test_the_paper_unlocks_too(house: House) -> None:
    words = house.make_store().words
    program = house.start_and_open()
    house.press("Ctrl+L")
    house.click("紙の24語で開く")
    house.commit(" ".join(words))
    house.press("Ctrl+Return")
    house.wait_until(lambda: not program.window.is_locked)


def test_a_wrong_passphrase_leaves_the_window_locked(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    house.press("Ctrl+L")
    try_passphrase(house, "これはちがう合言葉です。")
    house.wait_for_message("E-201")
    assert program.window.is_locked


def test_a_fault_while_unlocking_is_tried_again_without_opening_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.make_store()
    program = house.start_and_open()
    house.press("Ctrl+L")
    kept = house.folder.keys.read_bytes()
    house.folder.keys.write_bytes(b"{}")
    house.folder.keys_copy.write_bytes(b"{}")
    try_passphrase(house, PASSPHRASE)
    bar = house.wait_for_message("E-204")
    bar._action.click()
    house.folder.keys.write_bytes(kept)
    try_passphrase(house, PASSPHRASE)
    house.wait_until(lambda: not program.window.is_locked)


def test_the_practice_region_says_its_passphrase_and_asks_for_no_paper(house: House) -> None:
    make_practice(house.folder, house.clock)
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    program.lock()
    assert "練習用データです" in house.words()
    assert "紙の24語で開く" not in house.words()
    try_passphrase(house, "練習用データです")
    house.wait_until(lambda: not program.window.is_locked)


# the idle lock


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes pass in a moment."""
    monkeypatch.setattr(idle_lock, "WARN_MS", 40)
    monkeypatch.setattr(idle_lock, "LOCK_MS", 160)


def test_an_idle_window_warns_and_then_locks(house: House, short: None) -> None:
    house.make_store()
    program = house.start()
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(PASSPHRASE)
    house.press("Return")
    house.wait_until(lambda: any("あと1分" in each._text.text() for each in house.shown(Toast)))
    assert not program.window.is_locked
    house.wait_until(lambda: program.window.is_locked)
    try_passphrase(house, PASSPHRASE)
    house.wait_until(lambda: not program.window.is_locked)
    house.wait_until(lambda: program.window.is_locked)


def test_presses_and_keys_in_the_window_begin_the_time_anew(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    lock = program._idle._lock
    handle = program.window.windowHandle()
    for act in (
        lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(700, 400)),
        lambda: QTest.mouseClick(handle, Qt.MouseButton.RightButton, pos=QPoint(2, 2)),
        lambda: house.press("Tab"),
        lambda: house.commit("字"),
    ):
        house.wait_until(lambda: lock.remainingTime() < idle_lock.LOCK_MS - 50)
        before = lock.remainingTime()
        act()
        assert lock.remainingTime() > before


@pytest.mark.parametrize(
    ("kind", "begins_anew"),
    [(QEvent.Type.KeyPress, True), (QEvent.Type.Wheel, True), (QEvent.Type.Paint, False)],
)
def test_only_input_begins_the_time_anew(qtbot: QtBot, kind: QEvent.Type, begins_anew: bool) -> None:
    lock = idle_lock.IdleLock()
    lock.watch()
    qtbot.waitUntil(lambda: lock._lock.remainingTime() < idle_lock.LOCK_MS - 50)
    before = lock._lock.remainingTime()
    lock.eventFilter(QObject(), QEvent(kind))
    assert (lock._lock.remainingTime() > before) is begins_anew
    lock.rest()
    assert not lock._lock.isActive()
