"""A number, typed in full-width or half-width, with or without commas, 万 and unit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.tidying import Tidied, TidiedNumber, tidy_integer
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.fields.text_field import TextField

ReadNumber = Callable[[str], TidiedNumber]


class NumberField(TextField):
    """Right-aligned, commas put in on leaving, the unit inside the field. `left` carries the tidied text."""

    def __init__(
        self, *, unit: str = "", read: ReadNumber = tidy_integer, parent: QWidget | None = None
    ) -> None:
        """`read` is `tidy_integer` or `tidy_thousand_yen` of `app.domain.tidying`."""
        self._unit = unit
        self._read = read
        super().__init__(tidy=self._tidied, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def number(self) -> int | None:
        """The number typed; None when the field is blank or cannot be read."""
        return self._read(self.text()).number

    def show_number(self, number: int | None) -> None:
        """Show a value that comes from the record."""
        self.show_text("" if number is None else f"{number:,}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the unit at the right end."""
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setFont(theme().font(Role.BODY))
            painter.setPen(theme().tokens.sub)
            room = QRectF(self.rect()).adjusted(0, 0, -theme().px(10), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._unit)
            painter.end()

    def _tidied(self, text: str) -> Tidied:
        number = self._read(text)
        return Tidied(number.text, number.problem)

    def _set_margins(self) -> None:
        unit = theme().width(self._unit, Role.BODY)
        self.setTextMargins(0, 0, round(unit + theme().px(6)) if unit else 0, 0)
