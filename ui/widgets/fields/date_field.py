"""A day, typed in any Japanese way, with a calendar on F4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.calendar import western
from app.domain.date_reading import DateReading, Lean, read_date
from ui.input_method import commit
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.fields.calendar_popup import CalendarPopup
from ui.widgets.fields.text_field import TextField

Today = Callable[[], date]


class DateField(TextField):
    """Shows 2025/06/12(木) once understood; `day_left` carries the day, or None for a blank field."""

    day_left = Signal(object)
    noticed = Signal(str)
    """What was assumed while reading, such as the year; "" for nothing."""

    def __init__(
        self,
        today: Today,
        lean: Lean = Lean.NEAREST,
        *,
        placeholder: str = "例 7/22、R7.7.22",
        parent: QWidget | None = None,
    ) -> None:
        """`today` gives the day of the program's clock; `lean` chooses the year where none was typed."""
        super().__init__(placeholder=placeholder, parent=parent)
        self._today = today
        self._lean = lean

    def day(self) -> date | None:
        """The day typed; None when the field is blank or was not understood."""
        return self._reading().day

    def show_day(self, day: date | None) -> None:
        """Show a value that comes from the record."""
        self.show_text(western(day) if day else "")

    def open_calendar(self) -> None:
        """Show the calendar below the field; choosing a day fills the field."""
        popup = CalendarPopup(self, self.day())
        popup.chosen.connect(self._take)
        popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 and Alt+Down open the calendar."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the icon opens the calendar."""
        if event.position().x() >= self.width() - theme().target(30):
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the calendar icon at the right end."""
        super().paintEvent(event)
        side = theme().px(16)
        painter = QPainter(self)
        place = QRectF(self.width() - theme().px(9) - side, (self.height() - side) / 2, side, side)
        paint_icon(painter, "calendar", place, theme().tokens.sub)
        painter.end()

    def flush(self) -> None:
        """Take over what is being converted, write the day in full, and tell `day_left` if it changed."""
        if self.hasFocus():
            commit()
        if not self.has_changes():
            return
        reading = self._reading()
        self.set_problem(reading.problem.term if reading.problem else "")
        self.noticed.emit(reading.notice)
        if reading.problem:
            return
        self.show_text(western(reading.day) if reading.day else "")
        self.day_left.emit(reading.day)

    def _reading(self) -> DateReading:
        return read_date(self.text(), self._today(), self._lean)

    def _take(self, day: date) -> None:
        self.setText(western(day))
        self.flush()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _set_margins(self) -> None:
        self.setTextMargins(0, 0, theme().px(24), 0)
