"""What arrives from others while a field is typed in (A11): everything shows at once but that field.

A field that holds typing keeps it, and its save answers for what it showed when the typing began: until then
nothing that has come since counts as seen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from ui.input_method import is_converting
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

_LOOK_MS = 500


class Arrivals(QObject):
    """`arrived` carries Changes: at once, or what others wrote as soon as a conversion ends.

    `caught_up` is called once nobody types in a field any more; the notes hold back single lines themselves.
    """

    arrived = Signal(object)

    def __init__(self, caught_up: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught_up = caught_up
        self._waiting: Changes | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)

    def take(self, changes: Changes) -> None:
        """Tell of changes."""
        if changes.origin != "place":
            self.arrived.emit(changes)
            return
        earlier = self._waiting.touched if self._waiting else frozenset()
        self._waiting = Changes(earlier | changes.touched, "place")
        self.look()

    def look(self) -> None:
        """Tell what waits, and say so once no field holds typing; else look again soon."""
        if not _is_converting():
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                self.arrived.emit(waiting)
        if self._waiting is not None or is_typing():
            self._look.start()
        else:
            self._look.stop()
            self._caught_up()


def is_typing() -> bool:
    """Whether the field with the focus holds typing that no record has yet."""
    focused = _field()
    return focused is not None and (focused.has_changes() or is_converting())


def _is_converting() -> bool:
    """Whether words of a field are being converted: nothing may be put into it meanwhile."""
    return _field() is not None and is_converting()


def _field() -> TextField | LongTextField | None:
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, TextField | LongTextField) else None
