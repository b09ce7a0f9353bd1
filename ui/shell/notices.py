"""What the window says: toasts, the message above the screen, and the bar for lasting trouble."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.shell.frame import Frame
from ui.shell.guest_view import GuestView
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.toast import Toast
from ui.wording import Message

TROUBLES = ("disk.",)
"""Beginnings of the codes that the bar for lasting trouble tells."""


class Notices(QObject):
    """Before a guest (`is_bare`) it says only what concerns them, or what puts the typed text in danger."""

    acted = Signal(object)
    """The next step of the Message in the bar was pressed."""
    acted_otherwise = Signal(object)
    """Its second step was pressed."""

    def __init__(self, window: QWidget, frame: Frame, guest: GuestView) -> None:
        super().__init__(window)
        self.toast = Toast(window, frame.status_bar)
        self._bar: MessageBar = frame.message_bar
        self._trouble_bar: MessageBar = frame.trouble_bar
        self._guest = guest
        self._bar.acted.connect(self._pressed)
        self._bar.acted_otherwise.connect(self._other_pressed)

    def tell(self, text: str, undo: Callable[[], None] | None = None, *, is_bare: bool) -> None:
        """Show a toast for ten seconds; none before a guest, whom it does not concern."""
        if not is_bare:
            self.answer(text, undo)

    def answer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast about what was just done on the screen in front, whoever looks."""
        self.toast.tell(text, undo)

    def warn(self, message: Message, kind: MessageKind, other: str = "", *, is_bare: bool) -> None:
        """Show a message above the screen until it is closed or replaced; `other` names a second step.

        Before a guest it waits until they no longer look, unless what is typed is in danger.
        """
        if message.code.startswith(TROUBLES) and not self._trouble_bar.isHidden():
            return  # said there already
        if is_bare and not self._guest.lets_see(message, kind):
            self._guest.hold(message, kind, other)
            return
        self.show_message(message, kind, other)

    def show_message(self, message: Message, kind: MessageKind, other: str = "") -> None:
        """Show a message of the screen in front, whoever looks."""
        self._bar.tell(message, kind, other=other)

    def show_held(self) -> None:
        """Show what waited for the guest to look away."""
        held = self._guest.held()
        if held is not None:
            self.show_message(*held)

    def drop(self, beginnings: tuple[str, ...]) -> None:
        """Take a message away whose code begins so: it is told elsewhere now."""
        if self._bar.message.code.startswith(beginnings):
            self._bar.hide()

    def hide_message(self) -> None:
        """Take the message away with the screen it was about."""
        self._bar.hide()

    def _pressed(self) -> None:
        self.acted.emit(self._bar.message)

    def _other_pressed(self) -> None:
        self.acted_otherwise.emit(self._bar.message)
