"""The questions of one block of the intake, side by side where their answers are short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.masters import FieldKind, IntakeBlock, IntakeField
from app.rows.companies import CompanyForm
from ui.screens.company.intake.answer_field import AnswerField, Today
from ui.widgets.card import Card
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import set_measures
from ui.widgets.scroll_page import ScrollPage

_FIGURES = (FieldKind.NUMBER, FieldKind.DATE)
_ABREAST_FIGURES, _ABREAST = 3, 2
_MANY = 12


class BlockPage(ScrollPage):
    """`answered` and `level_set` carry what those of its fields do."""

    answered = Signal(str, str)
    level_set = Signal(str, str)

    def __init__(self, block: IntakeBlock, today: Today) -> None:
        super().__init__(margins=(16, 12, 16, 16))
        self.fields = {field.code: AnswerField(field, today) for field in block.fields}
        inside = QWidget()
        grid = QGridLayout(inside)
        set_measures(grid, spacing=14, margins=(0, 0, 0, 0))
        for code, place in _places(block.fields).items():
            grid.addWidget(self.fields[code], *place)
        card = Card(block.word, spacing=12)
        card.add(inside)
        self.body.addWidget(card)
        self.body.addStretch(1)
        for field in self.fields.values():
            field.answered.connect(self.answered)
            field.level_set.connect(self.level_set)

    def show_answers(self, form: CompanyForm) -> None:
        """Show the answers of a company."""
        for code, field in self.fields.items():
            field.show_answer(form.answers.get(code, ""), form.answer_levels.get(code))

    def clear(self) -> None:
        """Blank fields, for another company."""
        for field in self.fields.values():
            field.clear()

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed and never became an answer, by code."""
        for code, text in typed.items():
            if code in self.fields:
                self.fields[code].type_again(text)

    def text_editors(self) -> dict[str, TextField | LongTextField]:
        """The editors one types into, by code."""
        return {code: field.text_editor for code, field in self.fields.items() if field.text_editor}

    def editor(self, code: str) -> QWidget:
        """The editor of a question, or of the first one where the code is none of this block."""
        return (self.fields.get(code) or next(iter(self.fields.values()))).editor


def _places(fields: Sequence[IntakeField]) -> dict[str, tuple[int, int, int, int]]:
    """Row, column, rows and columns of each field's cell.

    A long list of figures goes down three columns (one per business year); elsewhere short answers stand two
    abreast and long ones take the whole width.
    """
    if len(fields) >= _MANY and all(field.kind in _FIGURES for field in fields):
        deep = -(-len(fields) // _ABREAST_FIGURES)
        return {field.code: (number % deep, number // deep, 1, 1) for number, field in enumerate(fields)}
    places: dict[str, tuple[int, int, int, int]] = {}
    line, across = 0, 0
    for field in fields:
        is_long = field.kind is FieldKind.LONG_TEXT
        if is_long and across:
            line, across = line + 1, 0
        places[field.code] = (line, across, 1, _ABREAST if is_long else 1)
        across = (across + 1) % _ABREAST if not is_long else 0
        line += 0 if across else 1
    return places
