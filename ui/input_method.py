"""Japanese conversion: one program-wide flag, and what must wait or be swallowed while it is on.

Qt does not guard this by itself: in a simulated conversion shortcuts fired and Enter pressed a dialog's
default button, losing the text. Rules 1 to 3 of the input rules are kept here for every widget at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWindow
from shiboken6 import isValid

from app.making_way import COURTESY
from ui.watched import Watched

_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_TYPING = (QEvent.Type.InputMethod, QEvent.Type.KeyPress)

_FOCUS_FOLLOWS_MS = 1000
"""How long after the input method let go the window system may tell that the keys go elsewhere now."""


class Conversion(QObject):
    """Follows the input method of the focused object.

    Key events, ShortcutOverride and input-method events all reach the focused object first, so filtering
    that one object guards the whole program without running Python code for every event there is.
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._focused = Watched(self)
        self._preedit = ""
        self._has_committed = False
        self._dropped = ""
        self._drop_ends = QTimer(self)
        self._drop_ends.setSingleShot(True)
        self._drop_ends.setInterval(_FOCUS_FOLLOWS_MS)
        self._drop_ends.timeout.connect(self._forget_dropped)
        self._clicks = _Clicks()
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
        if not self._has_committed:
            self._put_in(preedit)

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
            self._heed(event)
            return False
        if kind in _KEYS:
            self._forget_dropped()
        if kind == QEvent.Type.FocusAboutToChange:
            self._keep_before_focus_goes()
            return False
        if not self._preedit:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return kind in (QEvent.Type.KeyPress, QEvent.Type.Shortcut)

    def _heed(self, event: QInputMethodEvent) -> None:
        """Note what became of the text.

        Under X11, Qt or another window makes ibus let go of it before the focus goes: then it stays in the
        field. A person who gives a text up with Esc lets go of a key after that.
        """
        lets_go = bool(self._preedit) and not event.preeditString() and not event.commitString()
        if lets_go and self._clicks.is_one_under_way:
            event.setCommitString(self._preedit)
        elif lets_go:
            self._dropped = self._preedit
            self._drop_ends.start()
        elif event.preeditString() or event.commitString():
            self._dropped = ""
        self._has_committed = self._has_committed or bool(event.commitString())
        self._note(event.preeditString())

    def _keep_before_focus_goes(self) -> None:
        if self._preedit:
            self.commit()
        elif self._dropped:
            self._put_in(self._dropped)

    def _put_in(self, text: str) -> None:
        self._dropped = ""
        if (focused := self._focused()) is not None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(focused, event)

    def _forget_dropped(self) -> None:
        self._dropped = ""

    def _follow(self, focused: QObject | None) -> None:
        self._note("")
        self._focused.move_to(focused)

    def _note(self, preedit: str) -> None:
        was_on = self.is_on
        self._preedit = preedit
        if self.is_on == was_on:
            return
        self._clicks.watch(QGuiApplication.focusWindow() if self.is_on else None)
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


class _Clicks(QObject):
    """Whether the window handles a click right now; looked at only while there is a conversion."""

    def __init__(self) -> None:
        super().__init__()
        self._window = Watched(self)
        self.is_one_under_way = False

    def watch(self, window: QWindow | None) -> None:
        """Look at this window's clicks from now on, and at no other's."""
        self._window.move_to(window)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a click until all that it does is done."""
        if event.type() in _CLICKS:
            self.is_one_under_way = True
            QTimer.singleShot(0, self, self._end)
        return False

    def _end(self) -> None:
        self.is_one_under_way = False


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
