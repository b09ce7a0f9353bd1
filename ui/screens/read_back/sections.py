"""A heading at the left and its items beside it; sections without items are not there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.layouts import column, row
from ui.widgets.texts import Rule, Text

_HEADING_WIDTH, _NARROW = 132, 900


class ItemSection(QWidget):
    """Rows one below the other; a form may stand below one of them."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self._heading = Text(heading, Role.SECTION, "sub")
        self._rows: tuple[QWidget, ...] = ()
        self._items = column(spacing=0)
        self._line = row(spacing=0)
        label = column(margins=(12, 13, 0, 0))
        label.addWidget(self._heading)
        label.addStretch(1)
        self._line.addLayout(label)
        self._line.addLayout(self._items, 1)
        whole = column(self, spacing=0)
        whole.addLayout(self._line)
        whole.addWidget(Rule())
        theme().changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these; nothing moves where they are the same as before."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            for number, each in enumerate(rows):
                self._items.insertWidget(number, each)
        self.setVisible(bool(rows))

    def put_below(self, above: QWidget, form: QWidget) -> None:
        """Let a form stand below one of the rows."""
        at = self._items.indexOf(form)
        if at < 0 or self._items.indexOf(above) != at - 1:
            self._items.removeWidget(form)
            self._items.insertWidget(self._items.indexOf(above) + 1, form, 0, Qt.AlignmentFlag(0))

    def arrange(self, room: int) -> None:
        """The heading stands above its items where a page of `room` px has little of it."""
        is_narrow = room < theme().px(_NARROW)
        stacked, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(stacked if is_narrow else beside)

    def _measure(self) -> None:
        self._heading.setFixedWidth(theme().px(_HEADING_WIDTH))
