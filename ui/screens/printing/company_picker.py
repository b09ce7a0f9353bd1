"""Ticking the companies to print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.folding import fold
from app.rows.companies import CompanyListRow
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.printing.overlay import Overlay
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.text_field import SearchField
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text

_NO_STANDING = "この年度の支援はありません"


class CompanyPicker(Overlay):
    """Search, arrows, Space or a click ticks, Enter takes the ticks over."""

    picked = Signal(object)
    """The ticked ids, in the order of the list."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "印刷する企業", 400, 420)
        self._companies: Sequence[CompanyListRow] = ()
        self._ticked: set[str] = set()
        self._search = SearchField("企業をさがす (かな・旧字も)")
        self._list = RowList(name="企業", indent=12, opens_on_click=True)
        self._list.show_when_empty(EmptyState("見つかりません"))
        self._count = Text("", tone="sub")
        self._all = Button("すべてに印", kind="quiet", size="small")
        self._none = Button("印を外す", kind="quiet", size="small")
        self._take = Button("決める", key="Enter", size="small")
        self._arrange()
        self._connect()

    def show_companies(self, companies: Sequence[CompanyListRow], ticked: Sequence[str]) -> None:
        """Offer these, some of them ticked."""
        self._companies, self._ticked = companies, set(ticked)
        self._search.show_text("")
        self._show()

    def first_field(self) -> QWidget:
        """One begins by typing a name."""
        return self._search

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes over what is ticked; Down leads from the search box into the list."""
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or watched is self.parent()
        ):
            return super().eventFilter(watched, event)
        if watched is not self.parent() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
            return True
        if event.key() == Qt.Key.Key_Down and watched is self._search:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _turn(self, company_id: str) -> None:
        self._ticked ^= {company_id} & {company.id for company in self._companies}
        self._show()

    def _tick_all(self) -> None:
        self._ticked |= {company.id for company in self._passing()}
        self._show()

    def _tick_none(self) -> None:
        self._ticked -= {company.id for company in self._passing()}
        self._show()

    def _finish(self) -> None:
        self.dismiss()
        self.picked.emit(tuple(company.id for company in self._companies if company.id in self._ticked))

    def _narrow(self, _words: str) -> None:
        self._show()

    def _passing(self) -> list[CompanyListRow]:
        wanted = fold(self._search.text())
        return [company for company in self._companies if wanted in company.search_key]

    def _show(self) -> None:
        entries: list[Entry] = []
        heading = ""
        for company in self._passing():
            standing = company.status.term if company.status else _NO_STANDING
            if standing != heading:
                entries.append(ListHeading(standing))
                heading = standing
            ticked = company.id in self._ticked
            entries.append(ListRow(company.id, company.name, quiet=company.industry_term, ticked=ticked))
        self._list.show_entries(entries)
        self._count.setText(f"{len(self._ticked):,}社")

    def _arrange(self) -> None:
        body = column(self, spacing=8, margins=(12, 12, 12, 10))
        body.addWidget(self._search)
        body.addWidget(self._list, 1)
        foot = row(spacing=4)
        put(foot, self._all, self._none, None, self._count, 8, self._take)
        body.addLayout(foot)

    def _connect(self) -> None:
        self._search.searched.connect(self._narrow)
        for part in (self._search, self._list):
            part.installEventFilter(self)
        self._list.space_pressed.connect(self._turn)
        self._list.opened.connect(self._turn)
        self._all.clicked.connect(self._tick_all)
        self._none.clicked.connect(self._tick_none)
        self._take.clicked.connect(self._finish)
