"""One optional question of the intake: its label, the answer's own 取扱, and an editor of its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.calendar import western
from app.domain.intake_answers import FLAG_SET, THOUSAND_YEN, kept_answer
from app.domain.masters import FieldKind, IntakeField
from app.domain.terms import Confidentiality
from app.domain.tidying import tidy_email, tidy_integer, tidy_phone, tidy_thousand_yen
from ui.screens.company.chip_button import LevelButton
from ui.theme.fonts import Role
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import TextField, trimmed
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

Today = Callable[[], date]
Editor = TextField | LongTextField | ChoiceField | CheckField
_TIDY = {"phone": tidy_phone, "email": tidy_email}


class AnswerField(QWidget):
    """`answered` carries code and kept value, `level_set` code and 取扱 ("" for the company's)."""

    answered = Signal(str, str)
    level_set = Signal(str, str)

    def __init__(self, field: IntakeField, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = field.code
        self._field = field
        self._today = today
        self.editor = make_editor(field, today)
        self.editor.setAccessibleName(field.label)
        self._level = _level_button()
        self._problem = Paragraph("", Role.TABLE, "danger")
        self._problem.hide()
        self._arrange()
        self._connect()
        self.show_answer("", None)

    @property
    def text_editor(self) -> TextField | LongTextField | None:
        """The editor, where one types into it."""
        return self.editor if isinstance(self.editor, TextField | LongTextField) else None

    def show_answer(self, value: str, level: Confidentiality | None) -> None:
        """Show what is kept, unless the person is typing something else here."""
        self._level.show_value(level or "")
        self._level.setVisible(bool(value))
        editor = self.editor
        if isinstance(editor, ChoiceField):
            editor.show_value(value)
        elif isinstance(editor, CheckField):
            editor.setChecked(value == FLAG_SET)
        elif not editor.has_changes() and not self._problem.text():
            editor.show_text(_typed_form(self._field, value))

    def clear(self) -> None:
        """Blank, whatever it holds."""
        if self.text_editor is not None:
            self.text_editor.show_text("")
        self._show_problem("")
        self.show_answer("", None)

    def type_again(self, text: str) -> None:
        """Put back what was typed and never became an answer."""
        if isinstance(self.editor, LongTextField):
            self.editor.setPlainText(text)
        elif isinstance(self.editor, TextField):
            self.editor.setText(text)

    # telling

    def _left(self, text: str) -> None:
        kept = kept_answer(self._field, text, self._today())
        if kept.problem is None:
            self._tell(kept.value)

    def _day_left(self, day: date | None) -> None:
        self._tell(day.isoformat() if day else "")

    def _chosen(self, value: str) -> None:
        self._tell(value)

    def _ticked(self, on: bool) -> None:
        self._tell(FLAG_SET if on else "")

    def _tell(self, value: str) -> None:
        self._level.setVisible(bool(value))
        self.answered.emit(self.code, value)

    def _set_level(self, level: str) -> None:
        self.level_set.emit(self.code, level)

    def _show_problem(self, text: str) -> None:
        self._problem.set_text(f"! {text}" if text else "")
        self._problem.setVisible(bool(text))

    # building

    def _arrange(self) -> None:
        head, line = row(), row()
        put(head, Text(self._field.label, Role.TABLE, "sub", elide=True), None, self._level)
        line.addWidget(self.editor, 1)
        whole = column(self, spacing=2)
        whole.addLayout(head)
        whole.addLayout(line)
        if isinstance(self.editor, ChoiceField | CheckField | NumberField) and self._field.hint:
            whole.addWidget(Paragraph(self._field.hint, Role.CAPTION, "sub"))
        put(whole, self._problem, None)

    def _connect(self) -> None:
        editor = self.editor
        self._level.chosen.connect(self._set_level)
        if isinstance(editor, ChoiceField):
            editor.chosen.connect(self._chosen)
        elif isinstance(editor, CheckField):
            editor.clicked.connect(self._ticked)
        else:
            editor.problem_changed.connect(self._show_problem)
            editor.left.connect(self._left)
        if isinstance(editor, DateField):
            editor.day_left.connect(self._day_left)


def _level_button() -> LevelButton:
    """Keeps its room while it is hidden, so that neighbours stay in line."""
    button = LevelButton(inherits=True)
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    return button


def make_editor(field: IntakeField, today: Today) -> Editor:
    """The editor of a field by its kind."""
    match field.kind:
        case FieldKind.DATE:
            return DateField(today)
        case FieldKind.NUMBER:
            read = tidy_thousand_yen if field.unit == THOUSAND_YEN else tidy_integer
            return NumberField(unit=field.unit, read=read)
        case FieldKind.CHOICE:
            return ChoiceField([Option(each.code, each.word) for each in field.choices], blank="–")
        case FieldKind.FLAG:
            return CheckField("はい")
        case FieldKind.LONG_TEXT:
            return LongTextField(lines=2, placeholder=field.hint)
        case _:
            return TextField(tidy=_TIDY.get(field.tidy, trimmed), placeholder=field.hint)


def _typed_form(field: IntakeField, value: str) -> str:
    """A kept answer as its editor would write it on being left."""
    try:
        if field.kind is FieldKind.NUMBER:
            return f"{int(value):,}" if value else ""
        if field.kind is FieldKind.DATE and value:
            return western(date.fromisoformat(value))
    except ValueError:
        return value
    return value
