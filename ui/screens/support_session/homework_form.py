"""What, who and by when of one 宿題, beside the notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.calendar import western
from app.domain.date_reading import Lean
from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow
from ui.screens.support_session.words import NO_OWNER
from ui.theme.fonts import Role
from ui.widgets.buttons import IconButton
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Text


class HomeworkForm(QWidget):
    """Tells single changes of one action."""

    changed = Signal(str, dict)
    """The action, and its columns with their new values."""
    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action_id = ""
        self._title = LongTextField(lines=2, most_lines=6)
        self._owner = ChoiceField(blank=NO_OWNER)
        self._due = DateField(today, Lean.FUTURE)
        form = FieldForm(labels="left", spacing=8)
        for label, field in (("すること", self._title), ("担当", self._owner), ("期日", self._due)):
            form.add(label, field)
        close = IconButton("close", "まとめに戻る")
        head = row()
        put(head, Text("宿題を直す", Role.BODY_BOLD), None, close)
        put(column(self, spacing=6, margins=(16, 10, 16, 16)), head, form)
        close.clicked.connect(self.closed)
        self._title.left.connect(self._title_left)
        self._owner.chosen.connect(self._owner_chosen)
        self._due.day_left.connect(self._due_left)

    def show_homework(self, homework: HomeworkRow, people: Mapping[str, PersonRow]) -> None:
        """Show one action. An owner who is nobody known stays as written until another is chosen."""
        is_same, self.action_id = self.action_id == homework.id, homework.id
        due = western(homework.due_on) if homework.due_on else ""
        for field, shown in ((self._title, homework.title), (self._due, due)):
            if not is_same or not field.has_changes():
                field.show_text(shown)
        options = [Option(person.id, person.name) for person in people.values()]
        if homework.owner and homework.owner_id not in people:
            options.append(Option(homework.owner_id or homework.owner, homework.owner))
        self._owner.set_options(options)
        self._owner.show_value(homework.owner_id or homework.owner)

    def editors(self) -> Mapping[str, TextField | LongTextField]:
        """What is typed into, by column."""
        return {"title": self._title, "due_on": self._due}

    def go_to_owner(self) -> None:
        """Put the focus on the owner."""
        self._owner.setFocus()

    def _title_left(self, text: str) -> None:
        if text.strip():
            self._tell({"title": text.strip()})

    def _owner_chosen(self, person_id: str) -> None:
        self._tell({"owner_id": person_id or None, "owner_name": None})

    def _due_left(self, day: date | None) -> None:
        self._tell({"due_on": day})

    def _tell(self, values: dict[str, object]) -> None:
        self.changed.emit(self.action_id, values)
