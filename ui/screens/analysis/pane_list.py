"""Row lists of 分析: one that stands beside others, and one whose rows are as high as their words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from ui.screens.analysis.line_delegate import LineDelegate
from ui.widgets.row_list import RowList


class PaneList(RowList):
    """Arrows sideways go to the neighbour; a row keeps the focus also when the focused one leaves."""

    beside_asked = Signal(int)
    """-1 for the list at the left, 1 for the one at the right."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows sideways leave the list."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.beside_asked.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def place(self) -> int:
        """Number of the focused entry; -1 for none."""
        return self.currentIndex().row()

    def return_to(self, place: int) -> None:
        """Focus the row that stands at a place now, or the nearest one, unless one has the focus already."""
        count = self.model().rowCount()
        if self.current_key() or place < 0 or not count:
            return
        self.setCurrentIndex(self.model().index(min(place, count - 1), 0))
        if not self.current_key():
            self.step(1)
        if not self.current_key():
            self.step(-1)


class LineList(PaneList):
    """Lines of 面談 with their words wrapped."""

    def __init__(self, *, name: str, indent: int, opens_on_click: bool = False, fits: bool = False) -> None:
        super().__init__(name=name, indent=indent, opens_on_click=opens_on_click, fits=fits)
        self._is_as_high_as_rows = fits
        self.setItemDelegate(LineDelegate(self, indent=indent))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            if self._is_as_high_as_rows:
                self.setFixedHeight(self.content_height())
