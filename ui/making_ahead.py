"""What one may open next is made beforehand, part by part, while nobody types.

Making a screen and its first styling take the window's thread some fifty milliseconds on a slow machine. Done
while the window rests, they are not in the way when the screen is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from app.making_way import COURTESY

_REST_MS = 40
_QUIET_S = 0.5


class MakingAhead(QObject):
    """Takes one step of `parts` at a time, each in a turn of its own, until there is none or it is ended."""

    def __init__(self, parts: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._timer = QTimer(self)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def end(self) -> None:
        """Make no more."""
        self._timer.stop()

    def _go_on(self) -> None:
        if COURTESY.quiet_s() < _QUIET_S:
            return
        try:
            next(self._parts)
        except StopIteration:
            self._timer.stop()
