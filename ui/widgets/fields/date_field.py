"""A day, typed in any Japanese way, with a calendar on F4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from app.domain.calendar import western
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.fields.text_field import TextField

ReadDate = Callable[[str], date | None]


class DateField(TextField):
    """Shows 2025/06/12(木) once understood; `day_left` carries the day, or None for a blank field."""

    day_left = Signal(object)

    def __init__(
        self, read: ReadDate, *, placeholder: str = "例 7/22、R7.7.22", parent: QWidget | None = None
    ) -> None:
        """`read` turns typed words into a day, or None when it cannot."""
        super().__init__(tidy=self._tidied, placeholder=placeholder, parent=parent)
        self._read = read
        self.setTextMargins(0, 0, theme().px(24), 0)
        self.left.connect(self._judge)

    def day(self) -> date | None:
        """The day typed; None when the field is blank or was not understood."""
        return self._understood(self.text())

    def show_day(self, day: date | None) -> None:
        """Show a value that comes from the record."""
        self.show_text(western(day) if day else "")

    def open_calendar(self) -> None:
        """Show the calendar below the field; choosing a day fills the field."""
        popup = _CalendarPopup(self, self.day())
        popup.chosen.connect(self._take)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + theme().px(4))))
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
        if event.position().x() >= self.width() - theme().px(30):
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

    def _understood(self, text: str) -> date | None:
        # What the field itself wrote carries the weekday.
        return self._read(text.partition("(")[0].strip()) if text.strip() else None

    def _tidied(self, text: str) -> str:
        day = self._understood(text)
        return western(day) if day else text.strip()

    def _judge(self, text: str) -> None:
        day = self._understood(text)
        if text and day is None:
            self.set_problem("日付として読めません。例 2025/7/22、7/22、R7.7.22")
            return
        self.set_problem("")
        self.day_left.emit(day)

    def _take(self, day: date) -> None:
        self.setText(western(day))
        self.flush()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _set_margins(self) -> None:
        self.setTextMargins(0, 0, theme().px(24), 0)


class _CalendarPopup(QWidget):
    chosen = Signal(object)

    def __init__(self, owner: QWidget, day: date | None) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._calendar = QCalendarWidget(self)
        self._calendar.setLocale(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.activated.connect(self._choose)
        self._calendar.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._calendar)
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
