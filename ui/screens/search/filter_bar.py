"""The line above what was found: the words, four filters in words, and how much there is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.calendar import fiscal_year_short
from app.domain.terms import Mark
from app.rows.search import LATELY, SearchChoices, SearchFilters, SearchKind
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.text_field import SearchField
from ui.widgets.layouts import put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Text

LEAST_SEARCH_WIDTH, SEARCH_WIDTH, CHOICE_WIDTH = 180, 360, 180
_EVERY = "すべて"


class SearchBar(QWidget):
    """`searched` carries the words; `narrowed` tells that a person chose other `filters`."""

    searched = Signal(str)
    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = SearchFilters()
        self.field = SearchField("言葉でさがす")
        self._choices = {
            "kind": ChoiceField(term_options(SearchKind), prefix="種類", blank=_EVERY),
            "company_id": ChoiceField(prefix="企業", blank=_EVERY),
            "period": ChoiceField(prefix="期間", blank=_EVERY),
            "mark": ChoiceField(term_options(Mark), prefix="印", blank=_EVERY),
        }
        self._count = Text("", Role.TABLE, "sub")
        line = row(self, margins=(20, 8, 16, 8))
        line.addWidget(self.field, 4)
        put(line, 6, *self._choices.values(), None, self._count)
        self.field.searched.connect(self.searched)
        for name, choice in self._choices.items():
            choice.setObjectName(name)
            choice.chosen.connect(self._choose)
        theme().changed.connect(self._measure)
        self._measure()
        self.setFocusProxy(self.field)

    def offer(self, choices: SearchChoices) -> None:
        """Offer these companies and 年度."""
        self._choices["company_id"].set_options([Option(key, name) for key, name in choices.companies])
        years = [Option(str(year), fiscal_year_short(year)) for year in choices.years]
        self._choices["period"].set_options([Option(LATELY, "この30日"), *years])

    def show_filters(self, filters: SearchFilters) -> None:
        """Show filters that come from elsewhere, without telling."""
        self.filters = filters
        for name, choice in self._choices.items():
            choice.show_value(getattr(filters, name))

    def show_count(self, words: str) -> None:
        """Say how much there is, to a screen reader too."""
        if words != self._count.text():
            self._count.setText(words)
            announce(self.field, words)

    def _choose(self, value: str) -> None:
        self.filters = replace(self.filters, **{self.sender().objectName(): value})
        self.narrowed.emit()

    def _measure(self) -> None:
        self.field.setMinimumWidth(theme().px(LEAST_SEARCH_WIDTH))
        self.field.setMaximumWidth(theme().px(SEARCH_WIDTH))
        self._choices["company_id"].setMaximumWidth(theme().px(CHOICE_WIDTH))
