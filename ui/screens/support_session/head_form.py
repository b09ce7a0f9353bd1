"""面談の情報: when, how, where, what for, who, when next, and 取扱. Every field is kept on leaving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.calendar import western
from app.domain.date_reading import Lean
from app.domain.terms import Confidentiality, PersonSide, SessionMethod
from app.domain.tidying import Tidied
from app.domain.time_reading import read_time
from app.rows.companies import PersonRow
from app.rows.support_sessions import SessionSheet
from ui.theme.fonts import Role
from ui.widgets.buttons import IconButton
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Text

_TIME_EXAMPLE = "例 13:30、午後1時半"


class TimeField(TextField):
    """A time of day in any usual way of writing; shows 13:30 once understood."""

    def __init__(self) -> None:
        super().__init__(tidy=_tidied_time, placeholder=_TIME_EXAMPLE)
        self.left.connect(self._judge)

    def time_of_day(self) -> time | None:
        """The time typed; None when the field is blank or was not understood."""
        return read_time(self.text())

    def _judge(self, text: str) -> None:
        is_unread = bool(text) and read_time(text) is None
        self.set_problem(f"時刻として読めません。{_TIME_EXAMPLE}" if is_unread else "")


class HeadForm(QWidget):
    """Tells single changes; what it shows comes from the record."""

    changed = Signal(dict)
    """Columns of the visit with their new values."""
    attendees_changed = Signal(list)
    person_added = Signal(str, str)
    """Name and side of somebody who was not listed yet."""
    method_changed = Signal(str)
    level_changed = Signal(str)
    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._sheet: SessionSheet | None = None
        self._ticks: dict[str, CheckField] = {}
        self._make_fields()
        self._arrange()
        self._connect()

    def show_visit(self, sheet: SessionSheet, team: Sequence[PersonRow], own: Sequence[PersonRow]) -> None:
        """Show the record; what is being typed here, or was refused by the disk, stays until it is told."""
        is_same = self._sheet is not None and self._sheet.id == sheet.id
        self._sheet = sheet
        start, end = sheet.starts_at, sheet.ends_at
        for field, shown in (
            (self._day, western(start.date()) if start else ""),
            (self._start, f"{start:%H:%M}" if start else ""),
            (self._end, f"{end:%H:%M}" if end else ""),
            (self._place, sheet.place),
            (self._purpose, sheet.purpose),
            (self._next_on, western(sheet.next_on) if sheet.next_on else ""),
            (self._next_time, sheet.next_time),
            (self._next_topic, sheet.next_topic),
        ):
            if not is_same or not field.has_changes():
                field.show_text(shown)
        self._method.show_value(sheet.method)
        self._level.show_value(sheet.own_level)
        here = {person.id for person in sheet.attendees}
        listed = {person.id for person in (*team, *own)}
        gone = [person for person in sheet.attendees if person.id not in listed]
        self._show_people(self._own_rows, [*own, *gone], here)
        self._show_people(self._team_rows, team, here)

    def editors(self) -> Mapping[str, TextField | LongTextField]:
        """What is typed into, by the name of its draft."""
        return {
            "day": self._day,
            "start": self._start,
            "end": self._end,
            "place": self._place,
            "purpose": self._purpose,
            "next_on": self._next_on,
            "next_time": self._next_time,
            "next_topic": self._next_topic,
        }

    def new_people(self) -> Mapping[str, TextField]:
        """Where names of people are typed who are not listed yet."""
        return {"company": self._new_own, "support": self._new_team}

    def go_to_day(self) -> None:
        """Put the focus on the first field, once the form has its place: sooner, Qt piles up its rows."""
        QTimer.singleShot(0, self._day, self._day.setFocus)

    # telling

    def _times_left(self) -> None:
        """Day, start and end are one thing: both moments are told together."""
        day, start, end = self._day.day(), self._start.time_of_day(), self._end.time_of_day()
        is_readable = (start is not None or not self._start.text()) and (
            end is not None or not self._end.text()
        )
        if day is not None and is_readable:
            begins = datetime.combine(day, start or time())
            ends = datetime.combine(day, end) if end else None
            self.changed.emit({"starts_at": begins, "ends_at": ends})

    def _method_chosen(self, code: str) -> None:
        self.method_changed.emit(code)

    def _place_left(self, text: str) -> None:
        self.changed.emit({"place": text})

    def _purpose_left(self, text: str) -> None:
        self.changed.emit({"purpose": text})

    def _next_day_left(self, day: date | None) -> None:
        self.changed.emit({"next_on": day})

    def _next_time_left(self, text: str) -> None:
        self.changed.emit({"next_time": text})

    def _next_topic_left(self, text: str) -> None:
        self.changed.emit({"next_topic": text})

    def _ticked(self) -> None:
        self.attendees_changed.emit([key for key, tick in self._ticks.items() if tick.isChecked()])

    def _own_added(self, name: str) -> None:
        self._add(self._new_own, name, PersonSide.COMPANY)

    def _team_added(self, name: str) -> None:
        self._add(self._new_team, name, PersonSide.SUPPORT)

    def _add(self, field: TextField, name: str, side: PersonSide) -> None:
        if name:
            field.show_text("")
            self.person_added.emit(name, str(side))

    # people

    def _show_people(self, rows: QVBoxLayout, people: Sequence[PersonRow], here: set[str]) -> None:
        while (item := rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for person in people:
            words = " ".join(part for part in (person.name, person.role) if part)
            tick = CheckField(words)
            tick.setChecked(person.id in here)
            tick.clicked.connect(self._ticked)
            self._ticks[person.id] = tick
            rows.addWidget(tick)

    # building

    def _make_fields(self) -> None:
        self._day, self._next_on = DateField(self._today), DateField(self._today, Lean.FUTURE)
        self._start, self._end, self._next_time = TimeField(), TimeField(), TimeField()
        self._method = ChoiceField(term_options(SessionMethod))
        self._place = TextField(placeholder="例 本社工場")
        self._purpose = LongTextField(lines=2, most_lines=6, placeholder="例 治具の強みと取引先を聞く")
        self._next_topic = LongTextField(lines=2, most_lines=6, placeholder="例 焼入れの台帳を見る")
        self._level = ChoiceField(term_options(Confidentiality), blank="企業と同じ")
        self._new_own = TextField(placeholder="先方の人を足す", icon="plus")
        self._new_team = TextField(placeholder="支援側の人を足す", icon="plus")
        self._new_own.setAccessibleName("先方の人を足す")
        self._new_team.setAccessibleName("支援側の人を足す")

    def _arrange(self) -> None:
        head = row()
        close = IconButton("close", "まとめに戻る")
        close.clicked.connect(self.closed)
        put(head, Text("面談の情報", Role.BODY_BOLD), None, close)
        about, after = FieldForm(labels="left", spacing=8), FieldForm(labels="left", spacing=8)
        for label, field in (
            ("日", self._day),
            ("開始", self._start),
            ("終了", self._end),
            ("方法", self._method),
            ("場所", self._place),
            ("目的", self._purpose),
            ("取扱", self._level),
        ):
            about.add(label, field)
        for label, field in (("日", self._next_on), ("時刻", self._next_time), ("話題", self._next_topic)):
            after.add(label, field)
        self._own_rows, self._team_rows = column(spacing=0), column(spacing=0)
        whole = column(self, spacing=6, margins=(16, 10, 16, 16))
        put(whole, head, about, 4, Text("出席者", Role.BODY_BOLD))
        put(whole, Text("先方", Role.TABLE, "sub"), self._own_rows, self._new_own)
        put(whole, Text("支援側", Role.TABLE, "sub"), self._team_rows, self._new_team)
        put(whole, 8, Text("次回", Role.BODY_BOLD), after)

    def _connect(self) -> None:
        self._day.day_left.connect(self._times_left)
        self._start.left.connect(self._times_left)
        self._end.left.connect(self._times_left)
        self._method.chosen.connect(self._method_chosen)
        self._place.left.connect(self._place_left)
        self._purpose.left.connect(self._purpose_left)
        self._next_on.day_left.connect(self._next_day_left)
        self._next_time.left.connect(self._next_time_left)
        self._next_topic.left.connect(self._next_topic_left)
        self._level.chosen.connect(self.level_changed)
        self._new_own.left.connect(self._own_added)
        self._new_team.left.connect(self._team_added)


def _tidied_time(text: str) -> Tidied:
    found = read_time(text)
    return Tidied(f"{found:%H:%M}" if found else text.strip())
