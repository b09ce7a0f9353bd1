"""One person of the team as a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.terms import PersonSide
from app.domain.tidying import Tidied, tidy_email, tidy_phone
from app.rows.companies import PersonRow
from ui.field_drafts import TextEditor
from ui.screens.settings.section import show_unless_typing
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField, trimmed
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Text

_SIDES = (
    Option(PersonSide.SUPPORT, PersonSide.SUPPORT.term),
    Option(PersonSide.EXPERT, PersonSide.EXPERT.term),
)
_SIDE_CODES = {option.value for option in _SIDES}
_FIELDS: tuple[tuple[str, str, str, Callable[[str], Tidied]], ...] = (
    ("name", "氏名", "", trimmed),
    ("kana", "ふりがな", "", trimmed),
    ("body", "所属", "例: 北国県産業振興財団", trimmed),
    ("role", "役割", "例: プロデューサー、補佐、弁理士", trimmed),
    ("phone", "電話", "", tidy_phone),
    ("email", "メール", "", tidy_email),
    ("duty", "担当していること", "例: 企業との連絡、会議の進行", trimmed),
)


class PersonForm(QWidget):
    """`changed` carries the person (None for a new one) and the columns that were written."""

    changed = Signal(object, object)
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: PersonRow | None = None
        self._sent: dict[str, str] = {}
        self.is_new = False
        self._fields = {
            column: TextField(tidy=tidy, limit=60, placeholder=example)
            for column, _, example, tidy in _FIELDS
        }
        for column_name, field in self._fields.items():
            field.left.connect(partial(self._left, column_name))
        self._side = Segmented(_SIDES, name="立場", small=True)
        self._side.chosen.connect(partial(self._left, "side"))
        self._title = Text("", Role.SECTION, elide=True)
        self._remove = Button("一覧から外す", kind="quiet", icon="trash", size="small")
        self._remove.clicked.connect(self._remove_pressed)
        self.setFocusProxy(self._fields["name"])
        self._build()

    def show_person(self, person: PersonRow, *, is_me: bool) -> None:
        """Show a person; oneself cannot be taken off the list."""
        is_other = self._person is None or self._person.id != person.id
        self._person, self.is_new = person, False
        for column_name, field in self._fields.items():
            show = field.show_text if is_other else partial(show_unless_typing, field)
            show(getattr(person, column_name))
        self._side.choose(person.side if person.side in _SIDE_CODES else PersonSide.SUPPORT)
        self._title.setText(person.name)
        self._remove.setVisible(not is_me)

    def person_id(self) -> str:
        """The person shown; "" for a new one."""
        return self._person.id if self._person else ""

    def show_new(self) -> None:
        """An empty form; the person exists once it has a name."""
        self._person, self.is_new, self._sent = None, True, {}
        for field in self._fields.values():
            field.show_text("")
        self._side.choose(PersonSide.SUPPORT)
        self._title.setText("新しい人")
        self._remove.hide()

    def became(self, person_id: str) -> None:
        """The new person is in the store now; what was left meanwhile goes after it."""
        if self.is_new and self._person is None:
            entered = self._entered()
            texts = {name: entered.get(name, "") for name in self._fields}
            self._person = PersonRow(person_id, None, self._side.value(), **texts)
            self.is_new = False
            later = {name: text for name, text in entered.items() if self._sent.get(name) != text}
            if later:
                self.changed.emit(self._person, later)

    def is_in_use(self) -> bool:
        """Whether one is in the form."""
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus()

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return self._fields

    def flush(self) -> None:
        """Tell of every field that was left with a change."""
        for field in self._fields.values():
            field.flush()

    def _left(self, column_name: str, value: str) -> None:
        if column_name == "name":
            self._fields["name"].set_problem("" if value else "氏名を入れてください")
        if self._person is not None and (value or column_name != "name"):
            self.changed.emit(self._person, {column_name: value})
        elif self.is_new and not self._sent and self._fields["name"].text().strip():
            self._sent = self._entered()
            self.changed.emit(None, dict(self._sent))

    def _entered(self) -> dict[str, str]:
        """What stands in the form, but for text that is still being typed."""
        left = {name: field.text().strip() for name, field in self._fields.items() if not field.has_changes()}
        return {**{name: text for name, text in left.items() if text}, "side": self._side.value()}

    def _remove_pressed(self) -> None:
        if self._person is not None:
            self.remove_asked.emit(self._person.id)

    def _build(self) -> None:
        form = FieldForm()
        for column_name, label, _, _ in _FIELDS:
            form.add(label, self._fields[column_name], required=column_name == "name")
            if column_name == "kana":
                form.add("立場", self._side)
        heading = row(spacing=8)
        heading.addWidget(self._title, 1)
        heading.addWidget(self._remove)
        card = Card()
        card.add(heading, form)
        put(column(self, spacing=0), card)
