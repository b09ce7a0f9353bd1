"""A person at the keyboard of the whole program: real entrance, real store, no mouse and no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.paths import StoreFolder
from tests.ui.keyboard import commit_text, convert_text, press_key, settle_work
from ui.main_window import MainWindow
from ui.program import Program

MOST_TABS = 60


class StrayWindows(QObject):
    """Notes every window that opens beside the program's own, other than menus and dialogs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and watched.windowType() is Qt.WindowType.Window and not isinstance(watched, MainWindow):
            self.seen.append(type(watched).__name__)
        return False


class Walker:
    """Starts the program on a folder and presses keys; `faults` collects what nobody heard."""

    def __init__(self, folder: Path, qtbot: QtBot, clock: Clock) -> None:
        self._folder = folder
        self._qtbot = qtbot
        self._clock = clock
        self.faults: list[Exception] = []
        self.strays = StrayWindows()
        QCoreApplication.instance().installEventFilter(self.strays)
        self.start()

    def start(self) -> None:
        """Start the program, as from the desktop."""
        self.program = Program(
            StoreFolder(self._folder / "store"), self._folder / "settings.json", self._clock
        )
        self.program.tasks.failed_unheard.connect(self.faults.append)
        self.program.start()
        self.come_forward()

    def come_forward(self) -> None:
        """Give the window the keys, as a window manager does at the start and when a dialog closes."""
        self.program.window.activateWindow()
        self._qtbot.waitUntil(self.program.window.isActiveWindow)

    def close(self) -> None:
        """Close the window, as a person does."""
        assert not self.strays.seen
        self.program.window.close()
        self.program.window.deleteLater()

    def focused(self) -> QWidget:
        """Where keys go: an open menu first, the window itself where nothing has the focus."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.program.window

    def press(self, *keys: str) -> None:
        """Press keys, such as "Ctrl+N", one after the other, and wait for what they did."""
        for each in keys:
            press_key(self.focused(), each)
            self.settle()

    def type(self, text: str) -> None:
        """Convert a text and let the input method commit it, as one types Japanese."""
        target = self.focused()
        convert_text(target, text[:1])
        commit_text(target, text)

    def fill(self, name: str, text: str) -> None:
        """Tab to the field of this name and type."""
        self.tab_to(lambda widget: name in (widget.objectName(), widget.accessibleName()))
        self.type(text)

    def press_button(self, label: str) -> None:
        """Tab to the button with this word and press it."""
        self.tab_to(lambda widget: isinstance(widget, QPushButton) and widget.text() == label)
        self.press("Space")

    def tab_to(self, is_there: Callable[[QWidget], bool]) -> None:
        """Tab forward until the focus is where it is wanted."""
        for _ in range(MOST_TABS):
            if is_there(self.focused()):
                return
            self.press("Tab")
        raise AssertionError("not reached by Tab")

    def settle(self) -> None:
        """Wait for both threads, and for what their answers asked for."""
        settle_work(self._qtbot, self.program.tasks)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that comes by itself."""
        self._qtbot.waitUntil(is_so)
