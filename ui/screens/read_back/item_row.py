"""One item of S05: large words, and at the right end what was answered or the ways to answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.terms import Mark
from app.rows.read_back import ReadBackItem
from ui.actions import command
from ui.screens.read_back.words import due_words, owner_words, state_of, text_words
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.chips import StateChip
from ui.widgets.layouts import column, row
from ui.widgets.texts import Paragraph, Text

_NUMBER, _OWNER, _DUE, _ANSWER = 30, 84, 128, 262
_NARROW = 980
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ItemRow(QWidget):
    """Tells what a person wants with the item; `step` is an arrow key up or down."""

    confirmed = Signal(str)
    correction_asked = Signal(str)
    step = Signal(str, int)

    def __init__(self, subject_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject_id = subject_id
        self._number = Text("", Role.READ_BACK, "sub")
        self._text = Paragraph("", Role.READ_BACK)
        self._theirs = Paragraph("", Role.NOTE, "warn")
        self._owner, self._due = Text("", Role.READ_BACK), Text("", Role.READ_BACK)
        self._answer = QWidget()
        self._state = StateChip(State("flat", ""))
        self.confirm = RowButton("確認", key="Enter", size="large")
        self.correct = RowButton("直す", key=command("edit").key, size="large")
        self._arrange()
        self.confirm.clicked.connect(self._confirm)
        self.correct.clicked.connect(self._correct)

    def show_item(self, number: int, item: ReadBackItem) -> None:
        """Show the item as the `number`-th of its section."""
        is_open = item.answer is None
        theirs = item.answer.their_wording if item.answer else ""
        state = state_of(item)
        is_day = item.mark is Mark.DEADLINE
        self.setAccessibleName(f"{item.mark.term} {number} {text_words(item)} {state.text}".strip())
        self._number.setText(str(number))
        self._text.set_text(text_words(item))
        self._theirs.set_text(f"先方の言い方: {theirs}")
        self._theirs.setVisible(bool(theirs))
        for part, words in ((self._owner, owner_words(item)), (self._due, due_words(item))):
            part.setText(words)
            part.setVisible(bool(words))
        self._state.set_state(state)
        self._state.setVisible(bool(state.text))
        self.confirm.set_label("合っています" if is_day else "確認")
        self.correct.set_label("違う" if is_day and is_open else "直す")
        self.confirm.setVisible(is_open)

    def take_focus(self) -> None:
        """The way that most probably comes next."""
        target = self.confirm if not self.confirm.isHidden() else self.correct
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus_inside(self) -> bool:
        """Whether a key press is about this item."""
        return self.confirm.hasFocus() or self.correct.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the item above and below."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.step.emit(self.subject_id, by)

    def _confirm(self) -> None:
        self.confirmed.emit(self.subject_id)

    def _correct(self) -> None:
        self.correction_asked.emit(self.subject_id)

    def _arrange(self) -> None:
        words = column(spacing=2)
        words.addWidget(self._text)
        words.addWidget(self._theirs)
        said = row(spacing=12)
        said.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        rest = row(spacing=12)
        rest.addStretch(0)
        for part in (self._owner, self._due, self._answer):
            rest.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._line = row(self, spacing=12, margins=(12, 8, 12, 8))
        self._line.addLayout(said, 1)
        self._line.addLayout(rest)
        answer = row(self._answer, spacing=12)
        answer.addStretch(1)
        for part in (self._state, self.confirm, self.correct):
            answer.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        theme().changed.connect(self._measure)
        self._measure()

    def arrange(self, room: int) -> None:
        """Owner, day and answer stand below the words where a page of `room` px has little of it."""
        is_narrow = room < theme().px(_NARROW)
        stacked, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(stacked if is_narrow else beside)

    def _measure(self) -> None:
        """Words, owners, days and answers each begin below one another."""
        parts = (self._number, self._owner, self._due, self._answer)
        for part, width in zip(parts, (_NUMBER, _OWNER, _DUE, _ANSWER), strict=True):
            part.setMinimumWidth(theme().px(width))
        for part in (self._owner, self._due):
            part.setContentsMargins(0, theme().px(2), 0, 0)


class RowButton(Button):
    """A button of a row: arrows belong to the row, not to Qt's walk along buttons."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave up and down to the row."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)
