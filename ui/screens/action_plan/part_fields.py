"""指標 and 主要期日 of a plan: rows of fields, each with a way out, and a row for a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.rows.action_plans import IndicatorRow, MilestoneRow
from ui.field_drafts import TextEditor
from ui.theme.fonts import Role
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Text

_FIGURES = (("baseline", "現状"), ("target", "目標"), ("actual", "実績"), ("unit", "単位"))
PartRow = IndicatorRow | MilestoneRow


class PartFields(QWidget):
    """The fields of one part of a plan; without an id it is a new one, told once it has a name.

    What is typed until the new part has its id waits for it here.
    """

    edited = Signal(str, object)
    """Id, or "" for a new part; columns and values."""
    delete_asked = Signal(str)

    def __init__(self, name_column: str, name_word: str) -> None:
        super().__init__()
        self.part_id = ""
        self._name_column, self._name_word = name_column, name_word
        self._known_name = ""
        self._waiting: dict[str, object] = {}
        self.is_told = False
        self.name = TextField(placeholder=name_word)
        self.name.setAccessibleName(name_word)
        self._remove = IconButton("close", f"{name_word}をごみ箱へ")
        self.name.left.connect(self._name_left)
        self._remove.clicked.connect(self._ask_to_delete)

    def show_name(self, part_id: str, name: str) -> None:
        """Show whose fields these are."""
        self.part_id, self._known_name = part_id, name
        if not self.name.has_changes():
            self.name.show_text(name)
        self._remove.setVisible(bool(part_id))
        waiting, self._waiting = self._waiting, {}
        if part_id and waiting:
            self.edited.emit(part_id, waiting)

    def show_row(self, part: PartRow | None) -> None:
        """Show a part, or blank fields for a new one."""
        raise NotImplementedError

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {self._name_column: self.name}

    def flush(self) -> None:
        """Take over what is typed."""
        self.name.flush()

    def write(self, values: dict[str, object]) -> None:
        """Tell of a change, or keep it until the part has an id."""
        if self.part_id:
            self.edited.emit(self.part_id, values)
        elif self.is_told:
            self._waiting.update(values)

    def others(self) -> dict[str, object]:
        """What a new part takes along with its name."""
        raise NotImplementedError

    def _name_left(self, name: str) -> None:
        if not name:
            self.name.show_text(self._known_name)
        elif self.part_id or self.is_told:
            self.write({self._name_column: name})
        else:
            self.is_told = True
            self.edited.emit("", {self._name_column: name, **self.others()})

    def _ask_to_delete(self) -> None:
        self.delete_asked.emit(self.part_id)


class IndicatorFields(PartFields):
    """Name, then baseline, target, actual and unit side by side."""

    def __init__(self) -> None:
        super().__init__("name", "指標")
        self._figures = {column_name: TextField() for column_name, _ in _FIGURES}
        line = row(spacing=4)
        put(line, self.name, self._remove)
        figures = row(spacing=6)
        for column_name, word in _FIGURES:
            field = self._figures[column_name]
            field.setAccessibleName(word)
            field.setMinimumWidth(1)
            cell = column(spacing=0)
            put(cell, Text(word, Role.CAPTION, "sub"), field)
            figures.addLayout(cell)
            field.setObjectName(column_name)
            field.left.connect(self._figure_left)
        whole = column(self, spacing=4, margins=(0, 0, 0, 8))
        put(whole, line, figures)

    def show_row(self, part: PartRow | None) -> None:
        """Show an indicator."""
        self.show_name(part.id if part else "", part.name if isinstance(part, IndicatorRow) else "")
        for column_name, field in self._figures.items():
            if not field.has_changes():
                field.show_text(getattr(part, column_name, ""))

    def editors(self) -> Mapping[str, TextEditor]:
        """Name and figures."""
        return {**super().editors(), **self._figures}

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self._figures.values():
            field.flush()
        super().flush()

    def others(self) -> dict[str, object]:
        """The figures typed so far."""
        return {column_name: field.text() for column_name, field in self._figures.items()}

    def _figure_left(self, text: str) -> None:
        self.write({self.sender().objectName(): text})


class MilestoneFields(PartFields):
    """Title, and the day below it."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("title", "主要期日")
        self._day = DateField(today)
        self._day.setAccessibleName("主要期日の日")
        line = row(spacing=4)
        put(line, self.name, self._remove)
        whole = column(self, spacing=4, margins=(0, 0, 0, 8))
        put(whole, line, self._day)
        self._day.day_left.connect(self._day_left)

    def show_row(self, part: PartRow | None) -> None:
        """Show a milestone."""
        self.show_name(part.id if part else "", part.title if isinstance(part, MilestoneRow) else "")
        if not self._day.has_changes():
            self._day.show_day(part.due_on if isinstance(part, MilestoneRow) else None)

    def editors(self) -> Mapping[str, TextEditor]:
        """Title and day."""
        return {**super().editors(), "due_on": self._day}

    def flush(self) -> None:
        """Take over what is typed."""
        self._day.flush()
        super().flush()

    def others(self) -> dict[str, object]:
        """The day typed so far."""
        return {"due_on": self._day.day()}

    def _day_left(self, day: date | None) -> None:
        self.write({"due_on": day})


class Parts(QWidget):
    """A heading, the parts there are, and 「足す」, which opens blank fields for one more."""

    edited = Signal(str, object)
    delete_asked = Signal(str)
    begun = Signal()
    """Blank fields for one more stand there."""

    def __init__(
        self, heading: str, add_words: str, make: Callable[[], PartFields], *, limit: int = 0
    ) -> None:
        super().__init__()
        self._make, self._limit = make, limit
        self._count = Text("", Role.TABLE, "sub")
        self._add = Button(add_words, kind="link", icon="plus")
        self._rows: list[PartFields] = []
        self._new: PartFields | None = None
        line = row(spacing=8)
        put(line, Text(heading, Role.BODY_BOLD), self._count, None, self._add)
        self._list = column(spacing=0)
        whole = column(self, spacing=6, margins=(4, 0, 4, 0))
        put(whole, line, self._list)
        self._add.clicked.connect(self.begin_new)

    def show_rows(self, parts: Sequence[PartRow]) -> None:
        """Show these, each in the fields it had before."""
        by_id = {fields.part_id: fields for fields in self._rows}
        for gone in by_id.keys() - {part.id for part in parts}:
            self._drop(by_id.pop(gone))
        self._rows = [by_id.get(part.id) or self._adopted() or self._fields() for part in parts]
        for number, (fields, part) in enumerate(zip(self._rows, parts, strict=True)):
            fields.show_row(part)
            self._list.insertWidget(number, fields)
        self._count.setText(str(len(parts)) if parts else "")
        self._add.setVisible(not self._limit or len(parts) < self._limit)

    def editors(self) -> Mapping[str, Mapping[str, TextEditor]]:
        """What is typed into, by the id of its part; "" for one that has none yet."""
        return {fields.part_id: fields.editors() for fields in self._every()}

    def flush(self) -> None:
        """Take over what is typed, a new part with a name included."""
        for fields in self._every():
            fields.flush()

    def begin_new(self) -> None:
        """Open blank fields for one more."""
        if self._new is None:
            self._new = self._fields()
            self._new.show_row(None)
            self._list.addWidget(self._new)
            self.begun.emit()
        self._new.show()
        self._new.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _every(self) -> list[PartFields]:
        return [*self._rows, *([self._new] if self._new else [])]

    def _fields(self) -> PartFields:
        fields = self._make()
        fields.edited.connect(self.edited)
        fields.delete_asked.connect(self.delete_asked)
        return fields

    def _adopted(self) -> PartFields | None:
        """The fields in which a part was typed that now comes back with its id."""
        new = self._new
        if new is None or not new.is_told:
            return None
        self._new = None
        return new

    def _drop(self, fields: PartFields) -> None:
        self._list.removeWidget(fields)
        fields.hide()
        fields.deleteLater()
