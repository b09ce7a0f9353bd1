"""The whole program over a folder: the real window, real keys that are cheap to try, a person's keys."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import create_store
from app.crypto.wrapping_keys import Argon2Cost
from app.ids import record_id
from app.paths import StoreFolder
from app.services.store_door import StoreDoor
from app.store_keys import NewKeys, new_keys, new_practice_keys
from tests.app_outside.fake_key_rings import absent_ring
from tests.services.conftest import SteppingClock
from tests.ui.keyboard import commit_text, convert_text, press_key, settle_work
from ui.following import Following
from ui.main_window import MainWindow
from ui.program import Program
from ui.widgets.message_bar import MessageBar
from ui.widgets.texts import Paragraph, Text

PASSPHRASE = "みんなで汲む山の水は冷たい"
CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
START = datetime(2026, 7, 22, 4, 38, tzinfo=UTC)
"""13:38 on Wednesday 22 July 2026 in Japan."""
Kind = TypeVar("Kind", bound=QWidget)


def make_store(folder: StoreFolder, clock: SteppingClock) -> NewKeys:
    """An empty store whose passphrase is PASSPHRASE; its keys know the 24 words too."""
    keys = new_keys(record_id(clock.now()), PASSPHRASE, cost=CHEAP)
    create_store(folder, keys, clock)
    return keys


def make_practice(folder: StoreFolder, clock: SteppingClock) -> NewKeys:
    """An empty store that is marked 練習用."""
    keys = new_practice_keys(record_id(clock.now()), cost=CHEAP)
    create_store(folder, keys, clock)
    return keys


def tear(file: Path) -> None:
    """Overwrite the second half: single pages may be at hand in a cache or the journal."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle:] = bytes(len(content) - middle)
    file.write_bytes(bytes(content))


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator["House"]:
    """A house whose user folders are its own; what is open at the end is closed."""
    monkeypatch.setenv("BANSO_HOME", str(tmp_path / "home"))
    house = House(tmp_path, qtbot)
    yield house
    house.close()


class House:
    """One program, started and closed as often as a test asks."""

    def __init__(self, tmp_path: Path, qtbot: QtBot) -> None:
        gc.collect()  # what tests before left, while no worker runs
        self._qtbot = qtbot
        self.clock = SteppingClock(START)
        self.folder = StoreFolder(tmp_path / "store")
        self.settings_file = tmp_path / "settings.json"
        self.key_ring: Callable[[], object] = absent_ring
        self.key_ring_wait_s = 0.2
        self.program: Program | None = None

    def make_store(self) -> NewKeys:
        """The person's own store."""
        return make_store(self.folder, self.clock)

    # the program

    def start(self, following: Following | None = None) -> Program:
        """Start the program on the folder, with the key ring of the test."""
        folder = following.folder if following else self.folder
        self.program = Program(folder, self.settings_file, self.clock)
        self.program.entrance._door = self.door(folder)
        self.program.start(following)
        self.program.window.activateWindow()
        self._qtbot.waitUntil(self.program.window.isActiveWindow)
        return self.program

    def door(self, folder: StoreFolder | None = None) -> StoreDoor:
        """A door with the key ring of the test."""
        from app.secrets import KeyRing

        ring = KeyRing(self.key_ring, self.key_ring_wait_s)
        return StoreDoor(folder or self.folder, clock=self.clock, key_ring=ring)

    def start_and_open(self) -> Program:
        """Start, and open with the passphrase."""
        program = self.start()
        self.wait_until(lambda: program.entrance.is_asking)
        self.enter(PASSPHRASE)
        self.press("Return")
        self.wait_until(lambda: program.services is not None)
        self.settle()
        return program

    def close(self) -> None:
        """Close the window as a person does."""
        program, self.program = self.program, None
        if program is not None:
            window = program.window
            window.close()
            del program
            for closed in QApplication.topLevelWidgets():
                if isinstance(closed, MainWindow) and not closed.isVisible():
                    closed.deleteLater()  # also of a program before this one: none may be left to collect
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()

    # a person

    def focused(self) -> QWidget:
        """Where keys go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for each in keys:
            press_key(self.focused(), each)

    def enter(self, text: str) -> None:
        """Type as a keyboard does, without an input method."""
        for letter in text:
            QTest.keyClicks(self.focused(), letter) if letter.isascii() else self.commit(letter)

    def convert(self, text: str) -> None:
        """Leave a text under conversion."""
        convert_text(self.focused(), text)

    def commit(self, text: str) -> None:
        """Let the input method commit a text."""
        commit_text(self.focused(), text)

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the widget of this name has the focus."""
        for _ in range(40):
            if self.focused().accessibleName() == name:
                return self.focused()
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}")

    # what is seen

    def settle(self) -> None:
        """Wait for store thread and side pool, and for what their answers asked for."""
        assert self.program is not None
        settle_work(self._qtbot, self.program.tasks)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that comes by itself."""
        self._qtbot.waitUntil(is_so)

    def wait_for_message(self, number: str) -> MessageBar:
        """Wait until a message with this number is on the screen."""
        self.wait_until(lambda: any(bar._number.text() == number for bar in self.shown(MessageBar)))
        return next(bar for bar in self.shown(MessageBar) if bar._number.text() == number)

    def shown(self, kind: type[Kind]) -> list[Kind]:
        """All visible widgets of a kind."""
        assert self.program is not None
        return [each for each in self.program.window.findChildren(kind) if each.isVisible()]

    def words(self) -> str:
        """Everything that can be read."""
        parts = [*self.shown(Text), *self.shown(Paragraph), *self.shown(QAbstractButton)]
        texts = [each.text() for each in parts]
        return " ".join([*texts, *(each.accessibleName() for each in self.shown(QWidget))])

    def button(self, name: str) -> QAbstractButton:
        """The visible button with this name."""
        shown = self.shown(QAbstractButton)
        return next(each for each in shown if name in (each.accessibleName(), each.text()))

    def click(self, name: str) -> None:
        """Press a button that can be pressed."""
        button = self.button(name)
        assert button.isEnabled(), name
        button.click()
