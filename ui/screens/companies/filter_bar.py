"""The line above 企業一覧: the search box, four filters in words, and how many companies pass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.terms import EngagementStatus, Stage
from app.rows.companies import CompanyListRow
from ui.screens.companies.filtering import CompanyFilter, assignees_of, industries_of
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.text_field import SearchField
from ui.widgets.flow import Flow
from ui.widgets.layouts import column
from ui.widgets.segmented import Option
from ui.widgets.texts import Text

SEARCH_WIDTH, NARROW_SEARCH_WIDTH, _NARROW = 262, 240, 1100
_EVERY = "すべて"


class FilterBar(QWidget):
    """`asked` tells that `wanted` has changed."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = CompanyFilter()
        self.search = SearchField("企業をさがす (かな・旧字も)")
        self._choices = {
            "status": ChoiceField(term_options(EngagementStatus), prefix="状態", blank=_EVERY),
            "stage": ChoiceField(term_options(Stage), prefix="段階", blank=_EVERY),
            "assignee": ChoiceField(prefix="担当", blank=_EVERY),
            "industry": ChoiceField(prefix="業種", blank=_EVERY),
        }
        self._count = Text("", Role.TABLE, "sub")
        line = Flow(self.search, *self._choices.values(), self._count)
        column(self, margins=(20, 8, 16, 8)).addWidget(line)
        self.search.searched.connect(self._search)
        for name, choice in self._choices.items():
            choice.setObjectName(name)
            choice.chosen.connect(self._choose)
        theme().changed.connect(self._measure)
        self._measure()

    def offer(self, rows: Sequence[CompanyListRow]) -> None:
        """Offer the people and industries that occur."""
        for name, words in (("assignee", assignees_of(rows)), ("industry", industries_of(rows))):
            self._choices[name].set_options([Option(word, word) for word in words])
            self.wanted = self.wanted.asked(name, self._choices[name].value())

    def show_filter(self, wanted: CompanyFilter) -> None:
        """Show a filter that comes from elsewhere, and ask for it."""
        self.wanted = wanted
        self.search.show_text(wanted.query)
        for name, choice in self._choices.items():
            choice.show_value(getattr(wanted, name))
        self.asked.emit()

    def show_count(self, count: int) -> None:
        """Say how many companies pass."""
        self._count.setText(f"{count}社")

    def _search(self, query: str) -> None:
        self._ask("query", query)

    def _choose(self, value: str) -> None:
        self._ask(self.sender().objectName(), value)

    def _ask(self, name: str, value: str) -> None:
        self.wanted = self.wanted.asked(name, value)
        self.asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choices ask for less where the window is narrow."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        is_narrow = self.width() < theme().px(_NARROW)
        self.search.setFixedWidth(theme().px(NARROW_SEARCH_WIDTH if is_narrow else SEARCH_WIDTH))
        for choice in self._choices.values():
            choice.be_short(on=is_narrow)
