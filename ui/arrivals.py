"""What arrives from others waits while a field is typed in (A11): its save answers for what it showed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from ui.input_method import is_converting
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

_LOOK_MS = 500


class Arrivals(QObject):
    """`arrived` carries Changes, at once or as soon as nobody types in a field.

    The notes are no such field: they hold back single lines themselves.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Changes | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell)

    def take(self, changes: Changes) -> None:
        """Tell of changes: what was done here at once, what came from others when that touches no typing."""
        if changes.origin == "place" and (is_typing() or self._waiting is not None):
            earlier = self._waiting.touched if self._waiting else frozenset()
            self._waiting = Changes(earlier | changes.touched, "place")
            self._look.start()
        else:
            self.arrived.emit(changes)

    def _tell(self) -> None:
        if self._waiting is None or is_typing():
            return
        waiting, self._waiting = self._waiting, None
        self._look.stop()
        self.arrived.emit(waiting)


def is_typing() -> bool:
    """Whether the field with the focus holds typing that no record has yet."""
    focused = QApplication.focusWidget()
    return isinstance(focused, TextField | LongTextField) and (focused.has_changes() or is_converting())
