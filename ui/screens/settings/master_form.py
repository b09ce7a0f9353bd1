"""One entry of a list as a form: its words, what a prompt names, and the way back to the shipped words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.masters import FIRST_VISIT_QUESTION, IP_PERSPECTIVE, MANAGEMENT_ISSUE, PROMPT
from app.rows.masters import MasterRow
from ui.field_drafts import TextEditor
from ui.screens.analysis.tick_flow import TickFlow
from ui.screens.settings.section import show_unless_typing
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chips import StateChip
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

_LATER = "使わないにしても、もう選んだ記録の言葉はそのまま残ります。"
_WORDS = {
    MANAGEMENT_ISSUE: ("経営課題", "説明"),
    IP_PERSPECTIVE: ("知財の視点", "説明"),
    PROMPT: ("困りごと", "よくある打ち手 (1行に1つ)"),
    FIRST_VISIT_QUESTION: ("短い言い方", "質問の文 (訪問シートに載ります)"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """The 経営課題 and 知財の視点 that a prompt can name."""

    management: Sequence[MasterRow]
    perspectives: Sequence[MasterRow]


class MasterForm(QWidget):
    """Every signal carries the entry it is about."""

    changed = Signal(object, object)
    """Entry, columns that were written."""
    hide_asked = Signal(object)
    reset_asked = Signal(object)
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: MasterRow | None = None
        self._named_next = ""
        self._label, self._detail = TextField(limit=60), LongTextField(lines=2)
        self._label.left.connect(self._label_left)
        self._problem = Paragraph("", Role.TABLE, "danger")
        self._problem.hide()
        self._label.problem_changed.connect(self._show_problem)
        self._detail.left.connect(partial(self._write, "detail"))
        self._management, self._perspectives = TickFlow("経営課題"), TickFlow("知財の視点")
        self._management.changed.connect(partial(self._write, "management_codes"))
        self._perspectives.changed.connect(partial(self._write, "perspective_codes"))
        self._label_word, self._detail_word = Text("", Role.TABLE, "sub"), Text("", Role.TABLE, "sub")
        self._standing = StateChip(State("flat", ""))
        self._build()
        self.setFocusProxy(self._label)

    def show_entry(self, entry: MasterRow, choices: Choices) -> None:
        """Show an entry; typing in the same one stays."""
        is_same = self._entry is not None and self._entry.code == entry.code
        self._entry = entry
        if not is_same:
            self._label.set_problem("")
        for field, text in ((self._label, entry.label), (self._detail, entry.detail)):
            if is_same:
                show_unless_typing(field, text)
            else:
                field.show_text(text)
        label_word, detail_word = _WORDS[entry.kind]
        self._label_word.setText(label_word)
        self._label.setAccessibleName(label_word)
        self._detail_word.setText(detail_word)
        self._detail.setAccessibleName(detail_word)
        self._named.setVisible(entry.kind == PROMPT)
        if entry.kind == PROMPT:
            self._management.show_options(_options(choices.management), entry.management_codes)
            self._perspectives.show_options(_options(choices.perspectives), entry.perspective_codes)
        self._show_standing(entry)
        if self._named_next == entry.code:
            self._named_next = ""
            self._label.setFocus()
            self._label.selectAll()

    def name_next(self, code: str) -> None:
        """Once this entry is shown, put the caret over its words."""
        self._named_next = code

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {"label": self._label, "detail": self._detail}

    def flush(self) -> None:
        """Tell of every field that was left with a change."""
        self._label.flush()
        self._detail.flush()

    def _show_standing(self, entry: MasterRow) -> None:
        words = "このチームで足した言葉" if entry.is_own else "はじめから入っている言葉"
        if entry.is_changed and not entry.is_own:
            words = "このチームで直した言葉"
        self._standing.set_state(State("off" if entry.is_hidden else "flat", words))
        self._turn.set_label("また使う" if entry.is_hidden else "使わない")
        self._reset.setVisible(entry.is_changed and not entry.is_own)
        self._remove.setVisible(entry.is_own)
        self._turn.setVisible(not entry.is_own)
        self._later.setVisible(not entry.is_own)

    def _label_left(self, text: str) -> None:
        self._label.set_problem("" if text else "言葉を入れてください")
        if text:
            self._write("label", text)

    def _show_problem(self, text: str) -> None:
        self._problem.set_text(f"! {text}" if text else "")
        self._problem.setVisible(bool(text))

    def _write(self, column_name: str, value: object) -> None:
        if self._entry is not None:
            self.changed.emit(self._entry, {column_name: value})

    def _turn_pressed(self) -> None:
        self.hide_asked.emit(self._entry)

    def _reset_pressed(self) -> None:
        self.reset_asked.emit(self._entry)

    def _remove_pressed(self) -> None:
        if self._entry is not None:
            self.remove_asked.emit(self._entry.code)

    # building

    def _build(self) -> None:
        self._turn = Button("使わない", icon="eye", size="small")
        self._turn.clicked.connect(self._turn_pressed)
        self._reset = Button("はじめの言葉に戻す", icon="undo", size="small")
        self._reset.clicked.connect(self._reset_pressed)
        self._remove = Button("消す", icon="trash", size="small")
        self._remove.clicked.connect(self._remove_pressed)
        heading, acts = row(spacing=8), row(spacing=8)
        put(heading, self._standing, None)
        put(acts, None, self._reset, self._turn, self._remove)
        self._named = QWidget()
        named = column(self._named, spacing=6, margins=(0, 8, 0, 0))
        put(named, Text("この経営課題で出す", Role.BODY_BOLD), self._management, 8)
        put(named, Text("見る知財の視点", Role.BODY_BOLD), self._perspectives)
        card = Card(spacing=6)
        self._later = Paragraph(_LATER, Role.CAPTION, "sub")
        card.add(
            heading,
            4,
            self._label_word,
            self._label,
            self._problem,
            6,
            self._detail_word,
            self._detail,
            self._named,
        )
        card.add(4, acts, self._later)
        put(column(self, spacing=0), card)


def _options(entries: Sequence[MasterRow]) -> list[Option]:
    return [Option(entry.code, entry.label) for entry in entries if not entry.is_hidden]
