"""聞き忘れがないか: the questions of the first visit, ticked as they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.rows.questions import QuestionRow
from ui.widgets.fields.check_field import CheckField
from ui.widgets.layouts import set_measures

_COLUMNS, _LONGEST_OF_TWO, _LONGEST = 2, 7, 17


class QuestionList(QWidget):
    """Two short words beside one another; a longer one has a line of its own."""

    ticked = Signal(str, bool)
    """A question's code, and whether it was asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("聞き忘れがないか")
        self._grid = QGridLayout(self)
        set_measures(self._grid, spacing=4, margins=(0, 0, 0, 0))
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, 1)
        self._shown: tuple[QuestionRow, ...] = ()
        self._boxes: dict[str, CheckField] = {}

    def show_questions(self, rows: Sequence[QuestionRow]) -> None:
        """Show these; boxes are made anew only where other questions are asked."""
        asks_the_same = [(row.code, row.word) for row in rows] == [
            (row.code, row.word) for row in self._shown
        ]
        self._shown = tuple(rows)
        if not asks_the_same:
            self._make_boxes()
        for row in rows:
            self._boxes[row.code].setChecked(row.is_asked)

    def _make_boxes(self) -> None:
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {row.code: self._box(row) for row in self._shown}
        at = 0
        for row in self._shown:
            is_long = len(row.word) > _LONGEST_OF_TWO
            at += at % _COLUMNS if is_long else 0
            span = _COLUMNS if is_long else 1
            place = at // _COLUMNS, at % _COLUMNS, 1, span
            self._grid.addWidget(self._boxes[row.code], *place, Qt.AlignmentFlag.AlignLeft)
            at += span

    def _box(self, row: QuestionRow) -> CheckField:
        box = CheckField(row.word if len(row.word) <= _LONGEST else f"{row.word[:_LONGEST]}…")
        box.setObjectName(row.code)
        box.setToolTip(row.text)
        box.setAccessibleDescription(row.text)
        box.clicked.connect(self._clicked)
        return box

    def _clicked(self, checked: bool) -> None:
        self.ticked.emit(self.sender().objectName(), checked)
