"""Locking after ten minutes without input, with a warning one minute before."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

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
    """Watches the whole program's input. `due` comes once, until `watch` is called again."""

    warned = Signal()
    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning = self._timer(WARN_MS)
        self._lock = self._timer(LOCK_MS)
        self._warning.timeout.connect(self.warned)
        self._lock.timeout.connect(self.due)

    def watch(self) -> None:
        """Count from now, and anew from every input."""
        app = QCoreApplication.instance()
        assert app is not None  # noqa: S101 - there is no lock without a program
        app.installEventFilter(self)
        self._begin()

    def rest(self) -> None:
        """Count no longer: the window is locked or closing."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._warning.stop()
        self._lock.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any input begins the ten minutes anew."""
        if event.type() in _INPUT:
            self._begin()
        return False

    def _begin(self) -> None:
        self._warning.start()
        self._lock.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one would warn half a minute late
        timer.setInterval(milliseconds)
        return timer
