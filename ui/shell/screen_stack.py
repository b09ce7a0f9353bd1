"""The screens made so far, one of them in front; what they ask for is passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from ui.screens.screen import Screen
from ui.wording import Message

ScreenFactory = Callable[[], Screen]


class ScreenStack(QStackedWidget):
    """Screens are made on first use by factories, so that starting imports none of them."""

    heading_changed = Signal()
    """The heading of the screen in front is another."""
    status_changed = Signal(str)
    """The screen in front has these words for the status bar."""
    go = Signal(object)
    """Go to a Route."""
    commanded = Signal(str)
    told = Signal(str, object, bool)
    """A screen's toast, what takes it back, and whether that screen is in front."""
    warned = Signal(object, str, bool)
    """A screen's message, its kind, and whether that screen is in front."""

    def __init__(self) -> None:
        super().__init__()
        self._factories: dict[str, ScreenFactory] = {}
        self.made: dict[str, Screen] = {}
        """By key, those that were in front once."""

    def register(self, key: str, factory: ScreenFactory) -> None:
        """Make the screen of a `Route.screen` key by `factory` when it is first wanted."""
        self._factories[key] = factory

    def in_front(self) -> Screen | None:
        """The screen that is seen; None before the first route."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def screen_for(self, key: str) -> Screen:
        """The screen of this key, made now if need be."""
        if key not in self.made:
            screen = self._factories[key]()
            screen.heading_changed.connect(self._heading_changed)
            screen.status_changed.connect(self._status_changed)
            screen.go.connect(self.go)
            screen.asked_in_front.connect(self.commanded)
            screen.told.connect(self._told)
            screen.warned.connect(self._warned)
            self.made[key] = screen
            self.addWidget(screen)
        return self.made[key]

    def make_ahead(self, keys: Iterable[str]) -> Iterator[None]:
        """Make these screens one after the other, a part a step, as they are when they are first shown."""
        for key in keys:
            screen = self.screen_for(key)
            yield
            yield from screen.make_ahead()
            screen.ensurePolished()
            yield

    def touched(self, changes: Changes) -> None:
        """Hand what a finished action changed to every screen made so far."""
        for screen in self.made.values():
            screen.touched(changes)

    def _heading_changed(self) -> None:
        if self.sender() is self.in_front():
            self.heading_changed.emit()

    def _status_changed(self, text: str) -> None:
        if self.sender() is self.in_front():
            self.status_changed.emit(text)

    def _told(self, text: str, undo: Callable[[], None] | None) -> None:
        self.told.emit(text, undo, self.sender() is self.in_front())

    def _warned(self, message: Message, kind: str) -> None:
        self.warned.emit(message, kind, self.sender() is self.in_front())
