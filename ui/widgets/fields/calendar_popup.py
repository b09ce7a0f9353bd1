"""A month to choose a day from, below a date field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QShowEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.theme.icons import icon
from ui.theme.metrics import LEAST_GAP, LEAST_TARGET
from ui.theme.theme import theme

_ARROWS = {"qt_calendar_prevmonth": ("left", "前の月"), "qt_calendar_nextmonth": ("right", "次の月")}


_MONTH, _YEAR = "qt_calendar_monthbutton", "qt_calendar_yearbutton"
_DAYS_ACROSS, _LINES = 7, 7
"""The days of a week; six weeks below their names."""


def _least_size() -> tuple[int, int]:
    """Days for a mouse; for fingers each day is a target with the gap to its neighbours around it."""
    px = theme().px
    if not theme().metrics.for_fingers:
        return px(280), px(240)
    day = px(LEAST_TARGET + LEAST_GAP)
    return _DAYS_ACROSS * day, px(LEAST_TARGET) + _LINES * day


class CalendarPopup(QFrame):
    """Arrows move the day, Page Up and Down the month, Enter or a click chooses, Esc closes."""

    chosen = Signal(object)

    def __init__(self, field: QWidget, day: date | None) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", True)
        self._calendar = QCalendarWidget(self)
        self._calendar.setMinimumSize(*_least_size())
        self._calendar.setLocale(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._put_year_first()
        self._calendar.currentPageChanged.connect(self._show_year)
        self._take_colors()
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._show_year(self._calendar.yearShown(), self._calendar.monthShown())
        self._calendar.activated.connect(self._choose)
        self._calendar.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._calendar)
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand below its field, or above it where the screen ends first; only now its size is known."""
        super().showEvent(event)
        if (field := self.parentWidget()) is not None:
            self.move(self._place_at(field))

    def _place_at(self, field: QWidget) -> QPoint:
        gap = theme().px(4)
        below = QRect(field.mapToGlobal(QPoint(0, field.height() + gap)), self.size())
        above = below.translated(0, -(self.height() + field.height() + 2 * gap))
        seen = field.screen().availableGeometry()
        place = below if below.bottom() <= seen.bottom() or above.top() < seen.top() else above
        left = max(seen.left(), min(place.left(), seen.right() + 1 - place.width()))
        top = max(seen.top(), min(place.top(), seen.bottom() + 1 - place.height()))
        return QPoint(left, top)

    def _put_year_first(self) -> None:
        """2026年 7月: Qt has it the other way round."""
        bar = self._calendar.findChild(QWidget, "qt_calendar_navigationbar")
        line = bar.layout() if bar is not None else None
        if isinstance(line, QHBoxLayout):
            month, year = (self._calendar.findChild(QToolButton, name) for name in (_MONTH, _YEAR))
            if month is not None and year is not None:
                line.removeWidget(year)
                line.insertWidget(line.indexOf(month), year)

    def _show_year(self, year: int, _month: int) -> None:
        button = self._calendar.findChild(QToolButton, _YEAR)
        if button is not None:
            button.setText(f"{year}年")

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
        for button in self._calendar.findChildren(QToolButton):
            button.setMinimumSize(theme().target(28), theme().target(28))

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
