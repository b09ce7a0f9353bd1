"""直す: our words, owner and day of an item, and beside them how the client puts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.date_reading import Lean
from app.rows.companies import PersonRow
from app.rows.read_back import ReadBackItem
from ui.field_drafts import TextEditor
from ui.screens.support_session.words import NO_OWNER, short_name
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

_BOTH_STAY = "書くと「見解の相違」の印が付き、こちらの文と両方残ります。"


class CorrectionForm(QWidget):
    """Tells single changes as fields are left; signals carry the subject's id first."""

    reworded = Signal(str, str)
    homework_changed = Signal(str, dict)
    differed = Signal(str, str)
    closed = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject_id = ""
        self._is_homework = False
        self.ours = LongTextField(lines=2, most_lines=5)
        self.theirs = LongTextField(lines=2, most_lines=5)
        self._owner = ChoiceField(blank=NO_OWNER)
        self.due = DateField(today, Lean.FUTURE)
        self._plan = FieldForm(labels="left", spacing=8)
        self._build()
        self.ours.left.connect(self._ours_left)
        self.theirs.left.connect(self._theirs_left)
        self._owner.chosen.connect(self._owner_chosen)
        self.due.day_left.connect(self._due_left)

    def show_item(self, item: ReadBackItem, people: Sequence[PersonRow]) -> None:
        """Show an item."""
        self.subject_id = item.subject_id
        self._is_homework = item.action_id is not None
        self.ours.show_text(item.text)
        self.theirs.show_text(item.answer.their_wording if item.answer else "")
        self._plan.setVisible(self._is_homework)
        if self._is_homework:
            options = [Option(person.id, short_name(person)) for person in people]
            if item.owner is None and item.owner_name:
                options.append(Option(item.owner_name, item.owner_name))
            self._owner.set_options(options)
            self._owner.show_value(item.owner.id if item.owner else item.owner_name)
            self.due.show_day(item.due_on)

    def editors(self) -> Mapping[str, TextEditor]:
        """The fields whose typing is kept, by name."""
        own: dict[str, TextEditor] = {"ours": self.ours, "theirs": self.theirs}
        return own | {"due": self.due} if self._is_homework else own

    def flush(self) -> None:
        """Tell what was typed so far."""
        for editor in self.editors().values():
            editor.flush()

    def close_form(self) -> None:
        """Tell what was typed, then that the form may go."""
        self.flush()
        self.closed.emit(self.subject_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; what was typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._plan.add("担当", self._owner)
        self._plan.add("期日", self.due)
        close = Button("閉じる", key="Esc")
        close.clicked.connect(self.close_form)
        foot = row()
        put(foot, None, close)
        card = Card(spacing=4)
        for label, field in (("こちらの文", self.ours), ("先方の言い方", self.theirs)):
            name = Text(label, Role.TABLE, "sub")
            name.setBuddy(field)
            field.setAccessibleName(label)
            card.add(4, name, field)
        card.add(Paragraph(_BOTH_STAY, Role.CAPTION, "sub"), self._plan, foot)
        column(self, margins=(12, 4, 12, 12)).addWidget(card)

    def _ours_left(self, text: str) -> None:
        if not text.strip():
            return
        if self._is_homework:
            self.homework_changed.emit(self.subject_id, {"title": text.strip()})
        else:
            self.reworded.emit(self.subject_id, text)

    def _theirs_left(self, text: str) -> None:
        self.differed.emit(self.subject_id, text.strip())

    def _owner_chosen(self, person_id: str) -> None:
        self.homework_changed.emit(self.subject_id, {"owner_id": person_id or None, "owner_name": None})

    def _due_left(self, day: date | None) -> None:
        self.homework_changed.emit(self.subject_id, {"due_on": day})
