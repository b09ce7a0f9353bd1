"""Main area with a panel at its right that a person opens and closes; a drawer where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import theme
from ui.widgets.side_panel import NARROW_WINDOW, PANEL_WIDTH
from ui.widgets.texts import Rule


class PanelArea(QWidget):
    """`closed` tells that Esc was pressed in the panel."""

    closed = Signal()

    def __init__(self, main: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main, self._panel = main, panel
        self._edge = Rule(upright=True)
        self._is_open = False
        for part in (main, panel, self._edge):
            part.setParent(self)
        QWidget.setTabOrder(main, panel)
        theme().changed.connect(self._arrange)

    @property
    def is_open(self) -> bool:
        """Whether the panel is in sight."""
        return self._is_open

    @property
    def is_drawer(self) -> bool:
        """Whether the panel lies over the main area."""
        return self.window().width() < theme().px(NARROW_WINDOW)

    def set_open(self, *, on: bool) -> None:
        """Open or close the panel."""
        self._is_open = on
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; what was typed is kept by the fields."""
        if event.key() == Qt.Key.Key_Escape and self._is_open:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange both for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange when a part asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        whole = self.rect()
        width = min(theme().px(PANEL_WIDTH), whole.width())
        side = QRect(whole.right() + 1 - width, 0, width, whole.height())
        self._panel.setVisible(self._is_open)
        self._edge.setVisible(self._is_open)
        self._panel.setGeometry(side.adjusted(1, 0, 0, 0))
        self._edge.setGeometry(side.x(), 0, 1, whole.height())
        for part in (self._panel, self._edge):
            part.setProperty("drawer", self.is_drawer)
        beside = self._is_open and not self.is_drawer
        self._main.setGeometry(whole.adjusted(0, 0, -width, 0) if beside else whole)
        if self._is_open:
            self._panel.raise_()
            self._edge.raise_()
