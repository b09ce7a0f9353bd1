"""Planning a 面談: a day and a time, and Enter in the last field or the button puts it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.date_reading import Lean
from app.domain.time_reading import read_time
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.text_field import TextField
from ui.widgets.flow import Flow
from ui.widgets.layouts import column
from ui.widgets.texts import Text

_USUAL_TIME = time(10, 0)


class PlanLine(QWidget):
    """`planned` carries the moment on the wall clock."""

    planned = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateField(today, Lean.FUTURE, placeholder="日 例 8/5")
        self.day.setAccessibleName("次の面談の日")
        self.time = TextField(placeholder="時 例 13:00")
        self.time.setAccessibleName("次の面談の時刻")
        self._problem = Text("", Role.TABLE, "danger")
        self._problem.hide()
        button = Button("予定を入れる", icon="calendar")
        button.clicked.connect(self._plan)
        label = Text("次の面談", Role.TABLE, "sub")
        column(self, spacing=0).addWidget(Flow(self._problem, label, self.day, self.time, button))
        theme().changed.connect(self._measure)
        self._measure()

    def clear(self) -> None:
        """Start with empty fields."""
        self.day.show_day(None)
        self.time.show_text("")
        self._tell("")

    def _plan(self) -> None:
        day, begins = self.day.day(), read_time(self.time.text()) if self.time.text() else _USUAL_TIME
        if day is None:
            self._tell("! 日を入れてください")
            self.day.setFocus()
        elif begins is None:
            self._tell("! 時刻として読めません。例 13:00")
            self.time.setFocus()
        else:
            self.planned.emit(datetime.combine(day, begins))
            self.clear()

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _measure(self) -> None:
        self.day.setFixedWidth(theme().px(160))
        self.time.setFixedWidth(theme().px(116))
