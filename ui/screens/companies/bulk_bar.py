"""The line below 企業一覧 while companies are ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Role
from ui.widgets.buttons import Button, command_button
from ui.widgets.layouts import put, row
from ui.widgets.texts import Text


class BulkBar(QWidget):
    """What can be done with all ticked companies at once. Hidden while none is ticked."""

    untick_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "selection")
        self.setProperty("edge", "top")
        self._count = Text("", Role.BODY_BOLD)
        untick = Button("選択をやめる", kind="link")
        history = command_button("print", "支援経過記録を印刷")
        put(row(self, margins=(20, 8, 16, 8)), self._count, 8, untick, None, history)
        untick.clicked.connect(self.untick_asked)
        history.clicked.connect(self.print_asked)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are ticked."""
        self._count.setText(f"{count}社を選択中")
        self.setVisible(count > 0)
