"""Japanese conversion: one program-wide flag, and what must wait or be swallowed while it is on.

Qt does not guard this by itself: in a simulated conversion shortcuts fired and Enter pressed a dialog's
default button, losing the text. Rules 1 to 3 of the input rules are kept here for every widget at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from shiboken6 import isValid

from app.making_way import COURTESY

_TYPING = (QEvent.Type.InputMethod, QEvent.Type.KeyPress)


class Conversion(QObject):
    """Follows the input method of the focused object.

    Key events, ShortcutOverride and input-method events all reach the focused object first, so filtering
    that one object guards the whole program without running Python code for every event there is.
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._focused: QObject | None = None
        self._preedit = ""
        self._has_committed = False
        self._waiting: list[tuple[QObject, Callable[[], None]]] = []
        # Due when the window has nothing left to do, which is after it has painted.
        self._shown = QTimer(self)
        self._shown.setSingleShot(True)
        self._shown.timeout.connect(COURTESY.key_shown)

    def watch(self, app: QGuiApplication) -> None:
        """Start following the focus of `app`."""
        app.focusObjectChanged.connect(self._follow)
        self._follow(QGuiApplication.focusObject())

    @property
    def is_on(self) -> bool:
        """Whether text is being converted right now."""
        return bool(self._preedit)

    @property
    def preedit(self) -> str:
        """The text being converted, not yet part of any field (変換前の文字)."""
        return self._preedit

    def commit(self) -> None:
        """Make the text being converted part of its field.

        Also when the input method does not answer, and when it only lets go of the text: ibus under X11 does.
        """
        preedit = self._preedit
        if not preedit:
            return
        self._has_committed = False
        _ask_input_method()
        if not self._has_committed and self._focused is not None and isValid(self._focused):
            event = QInputMethodEvent()
            event.setCommitString(preedit)
            QCoreApplication.sendEvent(self._focused, event)

    def when_idle(self, owner: QObject, change: Callable[[], None]) -> None:
        """Run `change` now, or as soon as the conversion has ended if `owner` still exists then."""
        if self.is_on:
            self._waiting.append((owner, change))
        else:
            change()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the conversion's state; while it is on, keep every key from the rest of the program."""
        kind = event.type()
        if kind in _TYPING:
            COURTESY.key_pressed()
            self._shown.start()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._has_committed = self._has_committed or bool(event.commitString())
            self._note(event.preeditString())
            return False
        if not self._preedit:
            return False
        if kind == QEvent.Type.FocusAboutToChange:
            self.commit()
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return kind in (QEvent.Type.KeyPress, QEvent.Type.Shortcut)

    def _follow(self, focused: QObject | None) -> None:
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._note("")
        self._focused = focused
        if focused is not None:
            focused.installEventFilter(self)

    def _note(self, preedit: str) -> None:
        was_on = self.is_on
        self._preedit = preedit
        if self.is_on == was_on:
            return
        self.changed.emit(self.is_on)
        if not self.is_on:
            # The field has not taken the committed text yet: this filter runs before it.
            QTimer.singleShot(0, self._let_go)

    def _let_go(self) -> None:
        if self.is_on:
            return
        waiting, self._waiting = self._waiting, []
        for owner, change in waiting:
            if isValid(owner):
                change()


def _ask_input_method() -> None:
    QGuiApplication.inputMethod().commit()


@cache
def conversion() -> Conversion:
    """The one conversion state of the program."""
    return Conversion()


def is_converting() -> bool:
    """Whether a Japanese conversion is open."""
    return conversion().is_on


def commit() -> None:
    """Call before reading a field on click, focus change, tab change, lock or close."""
    conversion().commit()


def when_idle(owner: QObject, change: Callable[[], None]) -> None:
    """Change a field's text, height or caret only through this: it waits for an open conversion."""
    conversion().when_idle(owner, change)
