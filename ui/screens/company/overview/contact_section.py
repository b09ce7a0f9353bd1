"""先方の人: the people of the company, added, put right and taken off where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.tidying import tidy_email, tidy_kana, tidy_phone
from app.rows.companies import PersonRow
from ui.field_drafts import TextEditor
from ui.theme.fonts import Role
from ui.widgets.buttons import Button, IconButton
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import Paragraph, Text

_WORDS = {
    "name": "氏名",
    "kana": "フリガナ",
    "role": "役職",
    "phone": "電話",
    "email": "メール",
    "duty": "担当していること",
}
_TIDY = {"kana": tidy_kana, "phone": tidy_phone, "email": tidy_email}


class ContactSection(QObject):
    """`edit_asked` carries the PersonRow to put right, None for a new one; `remove_asked` the PersonRow."""

    edit_asked = Signal(object)
    remove_asked = Signal(object)
    written = Signal(str, str)
    """A column and its text, of the person being edited."""
    shown = Signal(str)
    """Id of the person whose fields stand there now, "" for a new one."""

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._add = Button("足す", kind="link", icon="plus")
        self._add.clicked.connect(self._begin_new)
        self._people = QWidget()
        self._editor: PersonEditor | None = None
        self._lines = column(self._people, spacing=8)
        self._known: dict[str, PersonRow] = {}
        self._shown: dict[str, PersonLine] = {}
        self._section = panel.add_section("先方の人", self._add)
        self._section.add(self._people)

    @property
    def editor(self) -> PersonEditor:
        """The fields of one person, made when they are first wanted."""
        if self._editor is None:
            self._editor = PersonEditor()
            self._editor.written.connect(self.written)
            self._editor.closed.connect(self._close)
            self._editor.hide()
            self._section.add(self._editor)
        return self._editor

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Show who is known; nothing is built anew for the same people."""
        if list(people) == list(self._known.values()):
            return
        for line in self._shown.values():
            line.hide()
            line.deleteLater()
        self._known = {person.id: person for person in people}
        self._shown = {person.id: PersonLine(person) for person in people}
        for line in self._shown.values():
            line.edit_pressed.connect(self._begin)
            line.remove_pressed.connect(self.remove_asked)
            self._lines.addWidget(line)

    def close_editor(self) -> None:
        """Show no editor, such as for another company."""
        if self._editor is not None:
            self._editor.hide()
        self._add.show()

    def open_editor(self, person_id: str) -> None:
        """Open the fields of a person, for a new one with "", unless fields are open already."""
        is_open = self._editor is not None and not self._editor.isHidden()
        if not is_open and (person_id in self._known or not person_id):
            self._begin(self._known.get(person_id))

    def _begin_new(self) -> None:
        self._begin(None)

    def _begin(self, person: PersonRow | None) -> None:
        self.editor.flush()
        self.edit_asked.emit(person)
        self.editor.show_person(person)
        self.shown.emit(person.id if person else "")
        self._add.hide()

    def _close(self) -> None:
        self.editor.flush()
        self.close_editor()
        self._add.setFocus()


class PersonLine(QWidget):
    """One person in two lines, with buttons to put right and to take off."""

    edit_pressed = Signal(object)
    remove_pressed = Signal(object)

    def __init__(self, person: PersonRow) -> None:
        super().__init__()
        self._person = person
        edit, remove = (
            IconButton("pencil", f"{person.name}を直す"),
            IconButton("trash", f"{person.name}を外す"),
        )
        edit.clicked.connect(self._edit)
        remove.clicked.connect(self._remove)
        head = row(spacing=0)
        put(head, Text(person.name, Role.BODY_BOLD), 8, Text(person.role, Role.TABLE, "sub", elide=True))
        head.addStretch(1)
        put(head, edit, remove)
        whole = column(self, spacing=0)
        whole.addLayout(head)
        more = "  ".join(part for part in (person.phone, person.email, person.duty) if part)
        if more:
            whole.addWidget(Paragraph(more, Role.TABLE, "sub"))

    def _edit(self) -> None:
        self.edit_pressed.emit(self._person)

    def _remove(self) -> None:
        self.remove_pressed.emit(self._person)


class PersonEditor(QWidget):
    """Fields of one person; each is handed out by `written` when it is left."""

    written = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields = {
            name: TextField(tidy=_TIDY[name]) if name in _TIDY else TextField() for name in _WORDS
        }
        form = FieldForm()
        for name, field in self._fields.items():
            field.setObjectName(name)
            field.left.connect(self._left)
            form.add(_WORDS[name], field, required=name == "name")
        close = Button("閉じる", size="small")
        close.clicked.connect(self.closed)
        last = row()
        put(last, None, close)
        whole = column(self, spacing=4)
        put(whole, form, last)

    def show_person(self, person: PersonRow | None) -> None:
        """Show what is known, or blank fields for a new one."""
        for name, field in self._fields.items():
            field.show_text(getattr(person, name) if person else "")
            field.set_problem("")
        self.show()
        self._fields["name"].setFocus()

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return self._fields

    def entered(self) -> dict[str, str]:
        """What was told so far, by column."""
        return {
            name: field.text()
            for name, field in self._fields.items()
            if field.text() and not field.has_changes()
        }

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self._fields.values():
            field.flush()

    def _left(self, text: str) -> None:
        self.written.emit(self.sender().objectName(), text)
