"""The blinking of the caret, which the notes draw themselves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication


class CaretBlink(QObject):
    """`is_on` says whether the caret is to be seen just now."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_on = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def wake(self, *, has_focus: bool) -> None:
        """Show the caret at once; with the focus it goes on blinking as the system says."""
        flash = QGuiApplication.styleHints().cursorFlashTime()
        self.is_on = True
        if has_focus and flash > 0:
            self._timer.start(flash // 2)
        else:
            self._timer.stop()
        self.turned.emit()

    def _turn(self) -> None:
        self.is_on = not self.is_on
        self.turned.emit()
