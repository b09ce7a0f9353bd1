from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.directory import Services
from app.workplace import Workplace
from tests.services.conftest import SteppingClock, clock, place
from tests.ui.keyboard import commit_text, convert_text
from tests.ui.support_session import example
from ui.feed_bridge import FeedBridge
from ui.main_window import MainWindow
from ui.navigation import Place, Route
from ui.screens.screen import Screen
from ui.screens.support_session.note_keeper import NoteKeeper
from ui.screens.support_session.screen import SupportSessionScreen
from ui.tasks import TaskRunner

__all__ = ["clock", "place"]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Desk:
    """A person at S04 in the program's window."""

    def __init__(self, qtbot: QtBot, services: Services, company_id: str, tasks: TaskRunner) -> None:
        self.qtbot = qtbot
        self.services = services
        self.company_id = company_id
        self.tasks = tasks
        self.told: list[str] = []
        self.is_dead = False
        self.window = MainWindow(tasks)
        qtbot.addWidget(self.window)
        self.screen = SupportSessionScreen(tasks, services)
        self.screen.told.connect(self._hear)
        self.editor = self.screen._editor
        self.window.register("support_session", lambda: self.screen)
        self.window.register("documents", Screen)
        self.bridge = FeedBridge(services.place.feed, self.window)
        self.bridge.touched.connect(self.window.touched)
        self.window.show()
        self.window.activateWindow()

    @property
    def keeper(self) -> NoteKeeper:
        keeper = self.screen._presenter.keeper
        assert keeper is not None
        return keeper

    def open(self, session_id: str) -> None:
        self.window.open(self.route(session_id))
        self.session_id = session_id
        self.qtbot.waitUntil(lambda: self.screen._presenter.visit is not None)
        self.settle()
        self.editor.setFocus()

    def route(self, session_id: str) -> Route:
        return Route(Place.COMPANIES, company_id=self.company_id, tab="sessions", item_id=session_id)

    def settle(self) -> None:
        """Let the store thread finish, and its answers arrive."""
        for _ in range(3):
            done: list[None] = []
            self.tasks.run(lambda _: None, done.append)
            self.qtbot.waitUntil(lambda done=done: bool(done) and not self.keeper.is_writing)

    def type(self, text: str) -> None:
        """Text that the input method committed."""
        commit_text(self.editor, text)

    def convert(self, preedit: str) -> None:
        convert_text(self.editor, preedit)

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            QTest.keyClick(self.editor, key, modifiers)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Key.Key_V, CTRL)

    def said(self) -> list[str]:
        """The lines of the record."""
        return [line.text for line in self.services.support_sessions.sheet(self.session_id).lines]

    def sheet(self):
        return self.services.support_sessions.sheet(self.session_id)

    def kill(self) -> None:
        """Stop without a word to anybody."""
        if self.screen._presenter.keeper is not None:
            self.keeper._drafts.timer.stop()
        self.screen._presenter.keeper = None
        if not self.is_dead:
            self.bridge.close()
        self.is_dead = True
        self.tasks.close()

    def _hear(self, words: str, _undo: object) -> None:
        self.told.append(words)


@pytest.fixture
def services(place: Workplace) -> Services:
    return example.services_of(place)


@pytest.fixture
def company_id(services: Services) -> str:
    return example.company(services)


@pytest.fixture
def session_id(services: Services, company_id: str) -> str:
    """A visit in which nothing was said yet."""
    return example.visit(services, company_id, lines=False)


@pytest.fixture
def sit_down(
    qtbot: QtBot, services: Services, company_id: str, clock: SteppingClock
) -> Iterator[Callable[[], Desk]]:
    """Start the program anew on the same store; what ran before is dropped as if it had been killed."""
    desks: list[Desk] = []

    def start() -> Desk:
        for before in desks:
            before.kill()
        desks.append(Desk(qtbot, services, company_id, TaskRunner()))
        return desks[-1]

    yield start
    for before in desks:
        before.kill()


@pytest.fixture
def desk(sit_down: Callable[[], Desk], session_id: str) -> Desk:
    """At an empty visit."""
    seated = sit_down()
    seated.open(session_id)
    return seated
