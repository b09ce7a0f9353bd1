"""A button for one of several choices; where it is the choice already, Enter decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.buttons import Button


class ChoiceButton(Button):
    """`decided`: Enter was pressed on what is chosen."""

    decided = Signal()
    is_chosen = False

    def show_chosen(self, *, on: bool) -> None:
        """Mark it as the choice with a tick."""
        self.is_chosen = on
        self.set_icon("check" if on else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first Enter chooses, the next one decides."""
        if self.is_chosen and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decided.emit()
        else:
            super().keyPressEvent(event)
