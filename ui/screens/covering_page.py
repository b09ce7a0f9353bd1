"""What stands in front of the whole window: the first run, unlocking, going back to a backup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CoveringPage(QWidget):
    """Ctrl+Enter goes on, from whichever field. The window's own commands rest while a page covers it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")

    def go_on(self) -> None:
        """Do what the primary button does."""

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window, whose command of that key would swallow it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_finish(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Ctrl+Enter."""
        if _is_finish(event):
            self.go_on()
        else:
            super().keyPressEvent(event)


def _is_finish(event: QKeyEvent) -> bool:
    with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return with_control and event.key() in _ENTER
