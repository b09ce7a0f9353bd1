"""The list of S02: filters, table, bulk bar, and what stands there while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.rows.companies import CompanyListRow
from ui.models.row_table_model import RowTableModel
from ui.screens.companies.bulk_bar import BulkBar
from ui.screens.companies.columns import company_columns
from ui.screens.companies.filter_bar import FilterBar
from ui.screens.companies.filtering import CompanyFilter
from ui.widgets.buttons import Button, command_button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.message_bar import Banner
from ui.widgets.row_table import RowTable


class CompanyListPage(QWidget):
    """Shows the companies that pass the filter; ticks outlive a change of the filter only while shown."""

    new_asked = Signal()
    practice_asked = Signal()
    """To see in the practice region what a list of companies looks like."""
    print_asked = Signal()
    duplicates_asked = Signal()
    unfinished_asked = Signal()
    """To go on with the company that is half entered."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[CompanyListRow] = ()
        self._wanted_key = ""
        self.filters, self._bulk = FilterBar(), BulkBar()
        compare = Button("見比べる", size="small")
        compare.clicked.connect(self.duplicates_asked)
        self._doubles = Banner("", compare, kind="warn")
        self._doubles.hide()
        go_on = Button("続きを入れる", size="small")
        go_on.clicked.connect(self.unfinished_asked)
        self._unfinished = Banner("", go_on, kind="info")
        self._unfinished.hide()
        self.model = RowTableModel(company_columns(today), key=lambda listed: listed.id, tickable=True)
        self.table = RowTable(self.model, name="企業")
        self._empty = QStackedWidget()
        self._arrange()
        self.filters.asked.connect(self._narrow)
        self.model.ticks_changed.connect(self._count_ticks)
        self._bulk.untick_asked.connect(self.untick)
        self._bulk.print_asked.connect(self.print_asked)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[CompanyListRow]) -> None:
        """Show these companies as far as they pass; focus, scroll and ticks stay."""
        self._rows = rows
        self.filters.offer(rows)
        self._narrow()
        self.table.go_to(self._wanted_key)
        self._wanted_key = ""
        if rows and not self.table.current_key():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def show_duplicates(self, count: int) -> None:
        """Say how many pairs of companies look alike; 0 says nothing."""
        self._doubles.set_text(f"同じ企業かもしれない組が {count}組あります")
        self._doubles.setVisible(bool(count))

    def show_unfinished(self, name: str | None) -> None:
        """Say that a company is half entered; None says nothing."""
        self._unfinished.set_text(f"入れかけの企業{f' {name}' if name else ''} があります")
        self._unfinished.setVisible(name is not None)

    def go_to(self, key: str) -> None:
        """Focus a company now, or with the next rows."""
        self._wanted_key = "" if self.model.number_of(key) >= 0 else key
        self.table.go_to(key)

    def untick(self) -> None:
        """Take all ticks away."""
        self.model.tick_all(on=False)

    def _narrow(self) -> None:
        passing = self.filters.wanted.passing(self._rows)
        self._empty.setCurrentIndex(1 if self._rows else 0)
        self.model.show_rows(passing)
        self.filters.show_count(len(passing))

    def _count_ticks(self) -> None:
        self._bulk.show_count(len(self.model.ticked()))

    def _show_all(self) -> None:
        self.filters.show_filter(CompanyFilter())
        self.table.setFocus()

    def _arrange(self) -> None:
        first, show_all = command_button("new", "1社入れる"), Button("絞り込みをやめる")
        practice = Button("練習用データを見る", icon="study")
        first.clicked.connect(self.new_asked)
        practice.clicked.connect(self.practice_asked)
        show_all.clicked.connect(self._show_all)
        self._empty.addWidget(
            EmptyState(
                "まだ企業がありません", "候補の企業も、支援中の企業も、ここに並びます。", [first, practice]
            )
        )
        self._empty.addWidget(
            EmptyState("見つかりません", "言葉を短くするか、絞り込みをやめてみてください。", [show_all])
        )
        self.table.show_when_empty(self._empty)
        card = Card(padded=False)
        card.add(self.table)
        framed = column(margins=(20, 0, 16, 12))
        framed.addWidget(card)
        whole = column(self, spacing=0)
        whole.addWidget(self._unfinished)
        whole.addWidget(self._doubles)
        whole.addWidget(self.filters)
        whole.addLayout(framed, 1)
        whole.addWidget(self._bulk)
