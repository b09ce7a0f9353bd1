"""A month to choose a day from, below a date field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.theme.icons import icon
from ui.theme.theme import theme

_ARROWS = {"qt_calendar_prevmonth": ("left", "前の月"), "qt_calendar_nextmonth": ("right", "次の月")}


class CalendarPopup(QFrame):
    """Arrows move the day, Page Up and Down the month, Enter or a click chooses, Esc closes."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget, day: date | None) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", True)
        self._calendar = QCalendarWidget(self)
        self._calendar.setMinimumSize(theme().px(280), theme().px(240))
        self._calendar.setLocale(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._take_colors()
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.activated.connect(self._choose)
        self._calendar.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._calendar)
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take_colors(self) -> None:
        plain, sunday = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme().tokens.text)
        sunday.setForeground(theme().tokens.danger)
        self._calendar.setWeekdayTextFormat(Qt.DayOfWeek.Saturday, plain)
        self._calendar.setWeekdayTextFormat(Qt.DayOfWeek.Sunday, sunday)
        for name, (drawing, words) in _ARROWS.items():
            button = self._calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(drawing))
                button.setAccessibleName(words)

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
