"""A page of blocks, two abreast where there is room and below each other where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme.theme import theme
from ui.widgets.layouts import NO_MARGINS, PAGE_MARGINS, set_measures
from ui.widgets.scroll_page import ScrollPage

_NARROW, _LEAST_HEIGHT = 700, 170
_ABREAST = 2
_SHARES = (3, 2)
"""Of the height, by row."""


class BlockPage(ScrollPage):
    """Four blocks in reading order; the page scrolls before one of them is squeezed."""

    def __init__(self, blocks: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(margins=NO_MARGINS, parent=parent)
        self._blocks = blocks
        self._grid = QGridLayout()
        set_measures(self._grid, spacing=16, margins=PAGE_MARGINS)
        self.body.addLayout(self._grid)
        theme().changed.connect(self._measure)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two blocks side by side where there is room."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        px = theme().px
        columns = 1 if self.width() < px(_NARROW) else _ABREAST
        for number, block in enumerate(self._blocks):
            block.setMinimumHeight(px(_LEAST_HEIGHT))
            self._grid.addWidget(block, number // columns, number % columns)
        for each, share in enumerate(_SHARES):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)
            self._grid.setRowStretch(each, share if columns > 1 else 0)
