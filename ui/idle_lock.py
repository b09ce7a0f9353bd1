"""Locking after ten minutes without input, with a warning one minute before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from ui.watched import Watched

LOCK_MS = 10 * 60_000
WARN_MS = LOCK_MS - 60_000
_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class IdleLock(QObject):
    """Watches the whole program's input. `due` comes once, until `watch` is called again.

    What the pointer does reaches the window in front first, keys and input methods the focused object, so
    filtering those two sees every input without running Python code for every event there is.
    """

    warned = Signal()
    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning = self._timer(WARN_MS)
        self._lock = self._timer(LOCK_MS)
        self._warning.timeout.connect(self.warned)
        self._lock.timeout.connect(self.due)
        self._window, self._focused = Watched(self), Watched(self)
        self._is_watching = False

    def watch(self) -> None:
        """Count from now, and anew from every input."""
        app = _application()
        if not self._is_watching:
            app.focusWindowChanged.connect(self._follow_window)
            app.focusObjectChanged.connect(self._follow_object)
        self._is_watching = True
        self._follow_window(QGuiApplication.focusWindow())
        self._follow_object(QGuiApplication.focusObject())
        self._begin()

    def rest(self) -> None:
        """Count no longer: the window is locked or closing."""
        if self._is_watching:
            app = _application()
            app.focusWindowChanged.disconnect(self._follow_window)
            app.focusObjectChanged.disconnect(self._follow_object)
        self._is_watching = False
        self._follow_window(None)
        self._follow_object(None)
        self._warning.stop()
        self._lock.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any input begins the ten minutes anew."""
        if event.type() in _INPUT:
            self._begin()
        return False

    def _follow_window(self, window: QObject | None) -> None:
        self._window.move_to(window if self._is_watching else None)

    def _follow_object(self, focused: QObject | None) -> None:
        self._focused.move_to(focused if self._is_watching else None)

    def _begin(self) -> None:
        self._warning.start()
        self._lock.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one would warn half a minute late
        timer.setInterval(milliseconds)
        return timer


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)  # noqa: S101 - there is no lock without a program
    return app
