"""The line above what was found: the words, four filters in words, and how much there is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.calendar import fiscal_year_short
from app.domain.terms import Mark
from app.rows.search import LATELY, SearchChoices, SearchFilters, SearchKind
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.text_field import SearchField
from ui.widgets.flow import Flow
from ui.widgets.layouts import column
from ui.widgets.segmented import Option
from ui.widgets.texts import Text

NARROW_SEARCH_WIDTH, SEARCH_WIDTH, _NARROW = 240, 340, 1100
_EVERY = "すべて"


class SearchBar(QWidget):
    """`searched` carries the words; `narrowed` tells that a person chose other `filters`."""

    searched = Signal(str)
    narrowed = Signal()
    went_down = Signal()
    """Down was pressed in the words: on to what was found."""

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
        line = Flow(self.field, *self._choices.values(), self._count)
        column(self, margins=(20, 8, 16, 8)).addWidget(line)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the Down that the words have no use for."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, value: str) -> None:
        self.filters = replace(self.filters, **{self.sender().objectName(): value})
        self.narrowed.emit()

    def _measure(self) -> None:
        is_narrow = self.width() < theme().px(_NARROW)
        self.field.setFixedWidth(theme().px(NARROW_SEARCH_WIDTH if is_narrow else SEARCH_WIDTH))
        for name, choice in self._choices.items():
            choice.be_short(on=is_narrow or name == "company_id")  # a company's name may be of any length

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choices ask for less where the window is narrow."""
        super().resizeEvent(event)
        self._measure()
