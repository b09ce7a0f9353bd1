"""The panel's page for one すること, and for the words of a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.confidentiality import level_of
from app.domain.terms import ActionStatus, Confidentiality, Stage
from app.rows.action_plans import ActionRow
from ui.field_drafts import TextEditor
from ui.screens.action_plan.owner_field import OwnerField
from ui.screens.action_plan.presenter import PlanShown
from ui.theme.fonts import Role
from ui.widgets.buttons import Button, IconButton
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Text

FULL = 100
Today = Callable[[], date]


class ActionPage(QWidget):
    """Every field is its own change, told when one leaves it; typing is never replaced from the record."""

    edited = Signal(str, object)
    """Id of the action, columns and values."""
    source_opened = Signal(str)
    delete_asked = Signal(str)
    history_asked = Signal(str)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: ActionRow | None = None
        self._heading = Text("", Role.SECTION)
        self._origin = QWidget()
        self._source = Button("", kind="link", icon="link")
        self._delete = Button("ごみ箱へ", kind="quiet", icon="trash", size="small")
        self._history = IconButton("history", "このすることの履歴")
        self.title = LongTextField(lines=1, most_lines=4)
        self._owner = OwnerField()
        self._start, self._due = DateField(today), DateField(today)
        self._status = ChoiceField(term_options(ActionStatus))
        self._progress = NumberField(unit="%")
        self._stage = ChoiceField(term_options(Stage))
        self._parent = ChoiceField(blank="なし")
        self._note = LongTextField(lines=2)
        self._level = ChoiceField(term_options(Confidentiality), blank="企業の取扱と同じ")
        self._form = FieldForm()
        self._build()
        self._connect()

    def show_action(self, action: ActionRow, shown: PlanShown) -> None:
        """Show an action; typing for another one is taken over first."""
        if self._action is not None and self._action.id != action.id:
            self.flush()
            for refused in (self.title, self._start, self._due, self._progress):
                refused.set_problem("")
        self._action = action
        self._heading.setText(f"すること {action.number}")
        self._source.set_label(action.source_words)
        self._origin.setVisible(bool(action.source_words))
        self._show_choices(action, shown)
        for field, text in ((self.title, action.title), (self._note, action.note)):
            if not field.has_changes():
                field.show_text(text)
        for day_field, day in ((self._start, action.start_on), (self._due, action.due_on)):
            if not is_kept(day_field):
                day_field.show_day(day)
        if not is_kept(self._progress):
            self._progress.show_number(action.progress_percent)

    def action_id(self) -> str:
        """The action shown; "" for none."""
        return self._action.id if self._action is not None else ""

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {
            "title": self.title,
            "start_on": self._start,
            "due_on": self._due,
            "progress_percent": self._progress,
            "note": self._note,
            "owner_name": self._owner.name,
        }

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self.editors().values():
            field.flush()

    def go_to_title(self) -> None:
        """Start with the words."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def go_to_owner(self) -> None:
        """Go on after the words of a new action."""
        self._owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choices(self, action: ActionRow, shown: PlanShown) -> None:
        self._owner.offer(shown.people)
        self._owner.show_owner(action)
        self._status.show_value(action.status)
        self._stage.show_value(action.stage)
        self._parent.set_options(_parents(action, shown.sheet.actions))
        self._parent.show_value(action.parent_id)
        self._level.setItemText(0, f"{shown.level.term} (企業と同じ)")
        self._level.show_value(action.level)

    def _build(self) -> None:
        form = self._form
        form.add("すること", self.title)
        form.add("だれ", self._owner)
        form.add("始め", self._start)
        form.add("いつまで", self._due)
        form.add("状態", self._status)
        # In the next turn: all at once makes the first action wait too long. The fields are there already.
        QTimer.singleShot(0, self, self._lay_rest)
        head = row(spacing=8, margins=(4, 0, 0, 0))
        put(head, self._heading, None, self._history, self._delete)
        origin = row(self._origin, spacing=8, margins=(4, 0, 0, 6))
        put(origin, Text("もとの決定", Role.TABLE, "sub"), self._source, None)
        whole = column(self, spacing=0, margins=(16, 10, 16, 16))
        put(whole, head, 6, self._origin, form, None)

    def _lay_rest(self) -> None:
        form = self._form
        form.add("進み", self._progress)
        form.add("段階", self._stage)
        form.add("上のすること", self._parent)
        form.add("メモ", self._note)
        form.add("取扱", self._level)

    def _connect(self) -> None:
        self._source.clicked.connect(self._open_source)
        self._delete.clicked.connect(self._ask_to_delete)
        self._history.clicked.connect(self._ask_history)
        self.title.left.connect(self._title_left)
        self._owner.chosen.connect(self._write)
        self._start.day_left.connect(self._start_left)
        self._due.day_left.connect(self._due_left)
        self._status.chosen.connect(self._status_chosen)
        self._progress.left.connect(self._progress_left)
        self._stage.chosen.connect(self._stage_chosen)
        self._parent.chosen.connect(self._parent_chosen)
        self._note.left.connect(self._note_left)
        self._level.chosen.connect(self._level_chosen)

    def _write(self, values: dict[str, object]) -> None:
        if self._action is not None:
            self.edited.emit(self._action.id, values)

    def _title_left(self, text: str) -> None:
        if not text.strip() and self._action is not None:
            self.title.set_problem("空にはできません。前の言葉のまま残しています")
            self.title.show_text(self._action.title)
            return
        self.title.set_problem("")
        self._write({"title": text.strip()})

    def _start_left(self, day: date | None) -> None:
        self._write_days(self._start, {"start_on": day})

    def _due_left(self, day: date | None) -> None:
        self._write_days(self._due, {"due_on": day})

    def _write_days(self, field: DateField, values: dict[str, object]) -> None:
        start, due = self._start.day(), self._due.day()
        if start is not None and due is not None and due < start:
            field.set_problem("終わりの日が始まりの日より前です")
            return
        for each in (self._start, self._due):
            each.set_problem("")
        self._write(values)

    def _status_chosen(self, code: str) -> None:
        self._write({"status": ActionStatus(code)})

    def _progress_left(self, _text: str) -> None:
        percent = self._progress.number()
        if percent is not None and not 0 <= percent <= FULL:
            self._progress.set_problem("0 から 100 までの数です")
            return
        self._progress.set_problem("")
        self._write({"progress_percent": percent or 0})

    def _stage_chosen(self, code: str) -> None:
        self._write({"stage": Stage(code)})

    def _parent_chosen(self, action_id: str) -> None:
        self._write({"parent_id": action_id or None})

    def _note_left(self, text: str) -> None:
        self._write({"note": text})

    def _level_chosen(self, code: str) -> None:
        self._write({"confidentiality": level_of(code)})

    def _open_source(self) -> None:
        self.source_opened.emit(self.action_id())

    def _ask_history(self) -> None:
        self.history_asked.emit(self.action_id())

    def _ask_to_delete(self) -> None:
        self.delete_asked.emit(self.action_id())


def is_kept(field: TextField) -> bool:
    """Whether a field holds what the record has not: typing, or a value that was refused."""
    return field.has_changes() or bool(field.property("problem"))


class NewActionPage(QWidget):
    """The words of a new すること: Enter adds it; the rest is filled in afterwards."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextField(placeholder="すること", enter_moves_on=False)
        self._title.setAccessibleName("新しいすること")
        whole = column(self, spacing=8, margins=(20, 14, 20, 16))
        sentence = Text("Enter で入ります。だれ・いつは次に選べます", Role.CAPTION, "sub")
        put(whole, Text("新しいすること", Role.SECTION), self._title, sentence, None)
        self._title.returnPressed.connect(self.finish)

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {"title": self._title}

    def begin(self) -> None:
        """Take the focus."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Add it, if anything was typed."""
        self._title.flush()
        title = self._title.text()
        if title:
            self._title.show_text("")
            self.named.emit(title)


def _parents(action: ActionRow, actions: Sequence[ActionRow]) -> list[Option]:
    """What an action may stand below: those that stand below nothing themselves."""
    return [
        Option(each.id, f"{each.number} {each.title}")
        for each in actions
        if each.id != action.id and (each.parent_id is None or each.id == action.parent_id)
    ]
