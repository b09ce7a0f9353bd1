"""会社のこと: what is known of the company itself, in short lines."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.calendar import era_of
from app.rows.companies import CompanyCard
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.layouts import set_measures
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import Paragraph, Text

_WORDS = ("法人番号", "代表", "設立", "主な製品", "従業員", "規模")
WORD_WIDTH = 72


class FactsSection(QObject):
    """`edit_asked` opens 企業の情報."""

    edit_asked = Signal()

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        edit = Button("企業の情報を直す", kind="link")
        edit.clicked.connect(self.edit_asked)
        edit.setToolTip("企業の情報を直す (F2)")
        lines = QWidget()
        self._grid = QGridLayout(lines)
        set_measures(self._grid, spacing=4, margins=(0, 0, 0, 0))
        self._grid.setColumnStretch(1, 1)
        self._values = {word: Paragraph("", Role.TABLE) for word in _WORDS}
        for number, (word, value) in enumerate(self._values.items()):
            self._grid.addWidget(Text(word, Role.TABLE, "sub"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, number, 1)
        panel.add_section("会社のこと", edit).add(lines)
        theme().changed.connect(self._measure)
        self._measure()

    def show_card(self, card: CompanyCard) -> None:
        """Show a company."""
        shown = {
            "法人番号": card.corporate_number,
            "代表": card.representative,
            "設立": founded_words(card.founded_on),
            "主な製品": card.products,
            "従業員": employee_words(card),
            "規模": f"{card.size.term if card.size else ''} {card.size_reason}".strip(),
        }
        for word, value in self._values.items():
            value.set_text(shown[word] or "–")

    def _measure(self) -> None:
        self._grid.setColumnMinimumWidth(0, theme().px(WORD_WIDTH))


def founded_words(founded_on: str) -> str:
    """「1971年 (昭和46年)」; what cannot be read as a day is shown as it is."""
    try:
        day = date.fromisoformat(founded_on)
    except ValueError:
        return founded_on
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    number = era.year_of(day.year)
    return f"{day.year}年 ({era.name}{'元' if number == 1 else number}年)"


def employee_words(card: CompanyCard) -> str:
    """「42人、パート 5人」."""
    if card.employees_regular is None:
        return ""
    part = f"、パート {card.employees_part}人" if card.employees_part else ""
    return f"{card.employees_regular}人{part}"
