"""The three columns of 分析; where they do not fit, the two lists share one place behind a switch."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import theme
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule

LEAST_WIDTH = 860
"""Below this width, in px at 標準, there is room for two columns only."""
LINES, ITEMS = "lines", "items"
_SHARES = (332 / 1190, 372 / 1190)
_NARROW_SHARE = 0.46
_SWITCH_HEIGHT = 44


class AnalysisColumns(QWidget):
    """Lines, items and details side by side, 1 px lines between them."""

    def __init__(
        self, lines: QWidget, items: QWidget, details: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panes = {LINES: lines, ITEMS: items}
        self._details = details
        self._switch = Segmented(
            [Option(LINES, "面談の行"), Option(ITEMS, "知財の種と課題")], name="左の欄", small=True
        )
        self._edges = (Rule(upright=True), Rule(upright=True))
        for part in (self._switch, lines, items, details, *self._edges):
            part.setParent(self)
        QWidget.setTabOrder(self._switch, lines)
        QWidget.setTabOrder(lines, items)
        QWidget.setTabOrder(items, details)
        self._switch.chosen.connect(self._arrange)
        theme().changed.connect(self._arrange)

    @property
    def is_narrow(self) -> bool:
        """Whether the lists share one place."""
        return self.width() < theme().px(LEAST_WIDTH)

    def bring_forward(self, pane: str) -> None:
        """Show LINES or ITEMS where only one of them has room."""
        if self._switch.value() != pane:
            self._switch.choose(pane)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.is_narrow
        self._switch.setVisible(narrow)
        self._edges[1].setVisible(not narrow)
        if narrow:
            self._arrange_two()
        else:
            self._arrange_three()

    def _arrange_two(self) -> None:
        width, height = round(self.width() * _NARROW_SHARE), self.height()
        top = theme().px(_SWITCH_HEIGHT)
        hint = self._switch.sizeHint()
        self._switch.setGeometry(theme().px(20), (top - hint.height()) // 2, hint.width(), hint.height())
        for name, pane in self._panes.items():
            pane.setVisible(name == self._switch.value())
            pane.setGeometry(0, top, width, height - top)
        self._place_details(width)
        self._edges[0].setGeometry(width, 0, 1, height)

    def _arrange_three(self) -> None:
        left, height = 0, self.height()
        for share, pane, edge in zip(_SHARES, self._panes.values(), self._edges, strict=True):
            width = round(self.width() * share)
            pane.setVisible(True)
            pane.setGeometry(QRect(left, 0, width - 1, height))
            edge.setGeometry(left + width - 1, 0, 1, height)
            left += width
        self._place_details(left - 1)

    def _place_details(self, left: int) -> None:
        self._details.setGeometry(left + 1, 0, self.width() - left - 1, self.height())
