"""The three columns of 分析, side by side as far as there is room, the others behind a switch."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import theme
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule

LINES, ITEMS, DETAILS = "lines", "items", "details"
_WORDS = {LINES: "面談の行", ITEMS: "知財の種と課題", DETAILS: "くわしく"}
_ROOM_FOR_THREE, _ROOM_FOR_TWO, _FOR_FINGERS = 860, 720, 160
_THREE_SHARES = (332 / 1190, 372 / 1190)
_TWO_SHARE = 0.46
_LEAST_DETAILS = 412
_SWITCH_HEIGHT, _TOUCH_SWITCH_HEIGHT = 44, 60


class AnalysisColumns(QWidget):
    """Three columns; or one of the lists beside the details; or one of the three alone."""

    def __init__(
        self, lines: QWidget, items: QWidget, details: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panes = {LINES: lines, ITEMS: items, DETAILS: details}
        self._switches = {2: _switch(LINES, ITEMS), 1: _switch(LINES, ITEMS, DETAILS)}
        self._front = LINES
        self._edges = (Rule(upright=True), Rule(upright=True))
        for part in (*self._switches.values(), *self._panes.values(), *self._edges):
            part.setParent(self)
        for above, below in ((lines, items), (items, details)):
            QWidget.setTabOrder(above, below)
        for switch in self._switches.values():
            QWidget.setTabOrder(switch, lines)
            switch.chosen.connect(self.bring_forward)
        theme().changed.connect(self._arrange)

    def bring_forward(self, pane: str) -> None:
        """Show LINES, ITEMS or DETAILS where not all of them have room."""
        if pane == DETAILS and self._columns() == 2:
            return
        self._front = pane
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._arrange()

    def _columns(self) -> int:
        """How many columns have room."""
        px, for_three = theme().px, _ROOM_FOR_THREE + (_FOR_FINGERS if theme().metrics.for_fingers else 0)
        return 3 if self.width() >= px(for_three) else 2 if self.width() >= px(_ROOM_FOR_TWO) else 1

    def _arrange(self) -> None:
        columns = self._columns()
        if columns == 2 and self._front == DETAILS:
            self._front = ITEMS
        for number, switch in self._switches.items():
            switch.setVisible(number == columns)
            if number == columns:
                self._place_switch(switch)
        places = {3: self._three, 2: self._two, 1: self._one}[columns]()
        for name, pane in self._panes.items():
            pane.setVisible(name in places)
            if name in places:
                left, top, width = places[name]
                pane.setGeometry(left, top, width, self.height() - top)
        for edge, name in zip(self._edges, (ITEMS, DETAILS), strict=True):
            left = places[name][0] if name in places else 0
            edge.setVisible(left > 0)
            edge.setGeometry(left - 1, 0, 1, self.height())

    def _place_switch(self, switch: Segmented) -> None:
        switch.choose(self._front)
        hint, top = switch.sizeHint(), _switch_height()
        switch.setGeometry(theme().px(20), (top - hint.height()) // 2, hint.width(), hint.height())

    def _three(self) -> dict[str, tuple[int, int, int]]:
        """Left edge, top and width of each column; the lists share what the details leave."""
        room = min(self.width(), (self.width() - theme().px(_LEAST_DETAILS)) / sum(_THREE_SHARES))
        first, second = (round(room * share) for share in _THREE_SHARES)
        both = first + second
        return {
            LINES: (0, 0, first - 1),
            ITEMS: (first, 0, second - 1),
            DETAILS: (both, 0, self.width() - both),
        }

    def _two(self) -> dict[str, tuple[int, int, int]]:
        width = round(self.width() * _TWO_SHARE)
        return {
            self._front: (0, _switch_height(), width - 1),
            DETAILS: (width, 0, self.width() - width),
        }

    def _one(self) -> dict[str, tuple[int, int, int]]:
        return {self._front: (0, _switch_height(), self.width())}


def _switch_height() -> int:
    return theme().px(_TOUCH_SWITCH_HEIGHT if theme().metrics.for_fingers else _SWITCH_HEIGHT)


def _switch(*panes: str) -> Segmented:
    return Segmented([Option(pane, _WORDS[pane]) for pane in panes], name="表示する欄", small=True)
