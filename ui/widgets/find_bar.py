"""The line above a text for finding in it: words, how often, up and down, close."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.actions import command
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.fields.text_field import SearchField
from ui.widgets.layouts import put, row
from ui.widgets.texts import Text

_FIELD_WIDTH = 260


class FindBar(QWidget):
    """Hidden until it is asked for. Enter asks for the next place, Esc closes."""

    sought = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface2")
        self.setAccessibleName("この画面でさがす")
        self.field = SearchField("この面談でさがす")
        self._count = Text("", Role.TABLE, "sub")
        up = IconButton("above", "前の一致へ", key=command("find_previous").key)
        down = IconButton("down", "次の一致へ", key=command("find_next").key)
        close = IconButton("close", "さがすのをやめる", key="Esc")
        line = row(self, margins=(20, 6, 16, 6))
        put(line, self.field, up, down, 4, self._count, None, close)
        self.field.searched.connect(self.sought)
        self.field.returnPressed.connect(self.next_asked)
        up.clicked.connect(self.previous_asked)
        down.clicked.connect(self.next_asked)
        close.clicked.connect(self.closed)
        theme().changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_count(self, words: str) -> None:
        """Say how often it was found; a screen reader hears it with the field."""
        self._count.setText(words)
        self.field.setAccessibleDescription(words)

    def go_to_field(self) -> None:
        """Let the person type other words."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; the text it stands above is never touched by it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        self.field.setFixedWidth(theme().px(_FIELD_WIDTH))
