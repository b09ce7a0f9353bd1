"""What the right column shows of a seed and of an issue alike: heading, 根拠の行, すること, 取扱."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.confidentiality import level_of
from app.domain.terms import Confidentiality
from app.rows.analysis import AnalysisSheet, IssueRow, SeedRow
from ui.field_drafts import TextEditor
from ui.models.row_list_model import Entry
from ui.screens.analysis.entries import action_entries, evidence_entries
from ui.screens.analysis.pane_list import LineList
from ui.theme.fonts import Role
from ui.widgets.buttons import IconButton
from ui.widgets.confidentiality import ConfidentialityChip
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph, Rule, Text

Field = TextField | LongTextField


class ItemPage(QWidget):
    """Fields tell `edited` of the item they show; typing is never replaced by what comes from the record."""

    edited = Signal(str, object)
    """Item id, and a mapping of columns to values."""
    line_opened = Signal(str)
    line_dropped = Signal(str, str)
    """Item id, line id: the item shall not rest on the line any longer."""
    action_opened = Signal(str)
    history_asked = Signal(str)

    def __init__(self, words_column: str, words_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item_id = ""
        self._words_column, self._words_label = words_column, words_label
        self._fields: dict[str, Field] = {}
        self._title = Paragraph("", Role.SECTION)
        self._level_chip = ConfidentialityChip(Confidentiality.ASSIGNED)
        self._history = IconButton("history", "この項目の履歴")
        self._level = ChoiceField(term_options(Confidentiality), blank="企業の取扱と同じ")
        lines = LineList(name="根拠の行", indent=0, opens_on_click=True, fits=True)
        actions = RowList(name="すること", indent=0, opens_on_click=True, fits=True)
        self._evidence = _Linked(lines, "左の行で Space を押すと、ここに入ります。")
        self._actions = _Linked(actions, "Ctrl+Enter で計画に入ります。")
        self.words = self.text_field(words_column)
        self.body = column(self, spacing=0, margins=(20, 12, 20, 20))
        self._connect()

    def show_item(self, sheet: AnalysisSheet, item: IssueRow | SeedRow, level: Confidentiality) -> None:
        """Show an item; `level` is the company's 取扱. Typing for another item is taken over first."""
        if item.id != self._item_id:
            self.flush()
            self.words.set_problem("")
            self._item_id = item.id
        self._title.set_text(getattr(item, self._words_column))
        self._level_chip.set_level(item.level or level)
        self._level.setItemText(0, f"{level.term} (企業と同じ)")
        self._level.show_value(item.level)
        for column_name, field in self._fields.items():
            self._refresh(field, getattr(item, column_name))
        self._evidence.show_rows(evidence_entries(sheet, item))
        self._actions.show_rows(action_entries(item.actions))

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return self._fields

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self._fields.values():
            field.flush()

    def edit_words(self) -> None:
        """F2: go into the name or title."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def item_id(self) -> str:
        """The item shown; "" for none."""
        return self._item_id

    def text_field(self, column_name: str, *, lines: int = 0, placeholder: str = "") -> Field:
        """A field for a column: of one line, or of `lines` lines and more."""
        field: Field
        if lines:
            field = LongTextField(lines=lines, most_lines=8, placeholder=placeholder)
        else:
            field = TextField(placeholder=placeholder)
        field.setObjectName(column_name)
        field.left.connect(self._field_left)
        self._fields[column_name] = field
        return field

    def write(self, values: Mapping[str, object]) -> None:
        """Tell of new values of the item shown."""
        if self._item_id:
            self.edited.emit(self._item_id, values)

    def heading(self, *beside: QWidget) -> None:
        """Lay out title and 取扱, other words between them."""
        line = row(spacing=12)
        line.addWidget(self._title, 1)
        for part in (*beside, self._level_chip, self._history):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        put(self.body, line, 10)

    def links(self) -> None:
        """Lay out 根拠の行 and すること."""
        put(self.body, 14, self._evidence, 14, self._actions, 18, Rule(), 12)

    def _connect(self) -> None:
        self._level.chosen.connect(self._level_chosen)
        self._history.clicked.connect(self._ask_history)
        self._evidence.list.opened.connect(self.line_opened)
        self._evidence.list.delete_asked.connect(self._drop_line)
        self._actions.list.opened.connect(self.action_opened)

    @staticmethod
    def _refresh(field: Field, value: str) -> None:
        if not field.has_changes():
            field.show_text(value)

    def _field_left(self, text: str) -> None:
        field = self.sender()
        if not isinstance(field, TextField | LongTextField):
            return
        if field is self.words and not text.strip():
            field.set_problem(f"{self._words_label}が空です。前のまま残しています")
            field.show_text(self._title.text())
            return
        if field is self.words:
            field.set_problem("")
        self.write({field.objectName(): text})

    def _level_chosen(self, code: str) -> None:
        self.write({"confidentiality": level_of(code)})

    def _ask_history(self) -> None:
        self.history_asked.emit(self._item_id)

    def _drop_line(self, line_id: str) -> None:
        if line_id:
            self.line_dropped.emit(self._item_id, line_id)


class _Linked(QWidget):
    """A heading with its count and a list as high as its rows; a sentence where there are none."""

    def __init__(self, rows: RowList, when_empty: str) -> None:
        super().__init__()
        self.list = rows
        self._count = Text("", Role.TABLE, "sub")
        self._sentence = Paragraph(when_empty, Role.TABLE, "sub")
        line = row(spacing=8)
        put(line, Text(rows.accessibleName(), Role.BODY_BOLD), self._count, None)
        whole = column(self, spacing=4)
        put(whole, line, self.list, self._sentence)

    def show_rows(self, entries: Sequence[Entry]) -> None:
        """Show rows of a row list."""
        self._count.setText(str(len(entries)) if entries else "")
        self.list.show_entries(entries)
        self.list.setVisible(bool(entries))
        self._sentence.setVisible(not entries)
