"""Tick boxes in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import theme
from ui.widgets.fields.check_field import CheckField
from ui.widgets.segmented import Option

_CELL, _ROW, _GAP = 104, 28, 8


class TickFlow(QWidget):
    """`changed` carries the ticked values, in the order shown, after a person's act."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._fields: dict[str, CheckField] = {}
        self._order: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_options(self, options: Sequence[Option], ticked: Sequence[str]) -> None:
        """Offer these, in this order, some of them ticked; a box in focus keeps it."""
        labels = {option.value: option.label for option in options}
        for value, field in [*self._fields.items()]:
            if labels.get(value) != field.accessibleName():
                del self._fields[value]
                field.hide()
                field.deleteLater()
        for option in options:
            if option.value not in self._fields:
                self._add(option)
            self._fields[option.value].setChecked(option.value in ticked)
        self._order = tuple(option.value for option in options)
        above: QWidget | None = None
        for value in self._order:
            if above is not None:
                QWidget.setTabOrder(above, self._fields[value])
            above = self._fields[value]
        self.updateGeometry()
        self._arrange()

    def ticked(self) -> tuple[str, ...]:
        """The ticked values."""
        return tuple(value for value in self._order if self._fields[value].isChecked())

    def sizeHint(self) -> QSize:
        """Four cells wide."""
        width = 4 * theme().px(_CELL)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Two cells; the height follows the width."""
        return QSize(2 * theme().px(_CELL), theme().target(_ROW))

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the boxes out again."""
        super().resizeEvent(event)
        self._arrange()

    def _add(self, option: Option) -> None:
        field = CheckField(option.label, self)
        field.clicked.connect(self._clicked)
        field.show()
        self._fields[option.value] = field

    def _clicked(self) -> None:
        self.changed.emit(self.ticked())

    def _arrange(self) -> None:
        for value, place in zip(self._order, self._places(self.width()), strict=True):
            self._fields[value].setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        """Where each box stands: from a cell's left edge, over two cells where its words are long."""
        columns = max(2, width // theme().px(_CELL))
        cell, height = width // columns, theme().target(_ROW)
        places: list[QRect] = []
        at = 0
        for value in self._order:
            wanted = self._fields[value].sizeHint().width()
            cells = min(columns, -(-(wanted + theme().px(_GAP)) // cell))
            if at % columns + cells > columns:
                at += columns - at % columns
            places.append(QRect(at % columns * cell, at // columns * height, wanted, height))
            at += cells
        return places
