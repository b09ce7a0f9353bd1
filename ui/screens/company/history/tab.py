"""履歴 of 企業カルテ: who did what and when, the difference in words, and one item brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.rows.history import HistoryChange, HistoryItem, HistoryRow
from app.services.history import PAGE
from ui.screens.company.history.entries import key_of, list_entries
from ui.screens.company.history.entry_details import EntryDetails
from ui.screens.company.tab import CompanyTab
from ui.tasks import TaskRunner, Ticket
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.side_panel import SidePanel, WithSidePanel

if TYPE_CHECKING:
    from app.services.directory import Services


@dataclass(frozen=True, slots=True)
class _Page:
    """The newest entries of a company, and whether there are earlier ones."""

    company_id: str
    history: tuple[HistoryRow, ...]
    has_more: bool


class HistoryTab(CompanyTab):
    """Moving through the list shows each action at the right; where the window is narrow Enter does."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._company_id = ""
        self._entries: dict[str, HistoryRow] = {}
        self._list, self._details = RowList(name="履歴", lead_width=56), EntryDetails()
        self._more = Button("もっと前を見る", kind="quiet", icon="down")
        self._panel = SidePanel()
        self._panel.add_widget(self._details)
        self._split = WithSidePanel(self._main(), self._panel)
        column(self, spacing=0).addWidget(self._split)
        self._list.current_changed.connect(self._show_one)
        self._list.opened.connect(self._open_one)
        self._more.clicked.connect(self._load_more)
        self._details.restore_asked.connect(self._restore)
        self._details.undelete_asked.connect(self._undelete)
        self.setFocusProxy(self._list)

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show the history of a company."""
        if company_id != self._company_id:
            self._company_id = company_id
            self._show_all(())
        self._load()

    def touched(self, changes: Changes) -> None:
        """Show what was done just now."""
        if self.isVisible():
            self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The right panel."""
        return {"panel": self._split.toggle_panel}

    # reading

    def _load(self) -> None:
        self._tasks.run(partial(self._read, self._company_id, max(PAGE, len(self._entries))), self._loaded)

    def _load_more(self) -> None:
        self._tasks.run(partial(self._read, self._company_id, len(self._entries) + PAGE), self._loaded)

    def _read(self, company_id: str, count: int, _ticket: Ticket) -> _Page:
        history = self._services.history.of_company(company_id, count)
        return _Page(company_id, history, has_more=len(history) == count)

    def _loaded(self, page: _Page) -> None:
        if page.company_id == self._company_id:
            self._show_all(page.history)
            self._more.setVisible(page.has_more)

    def _show_all(self, history: tuple[HistoryRow, ...]) -> None:
        self._entries = {key_of(entry): entry for entry in history}
        self._list.show_entries(list(list_entries(history)))
        if not self._list.current_key():
            self._list.step(1)
        self._show_one(self._list.current_key())

    def _show_one(self, key: str) -> None:
        self._details.show_entry(self._entries.get(key))

    def _open_one(self, key: str) -> None:
        self._show_one(key)
        self._split.toggle_panel()

    # bringing back

    def _restore(self, item: HistoryItem, change: HistoryChange) -> None:
        told = partial(self._tell_restored, change.field_term)
        self._tasks.run(partial(self._write_back, item, change), told)

    def _write_back(self, item: HistoryItem, change: HistoryChange, _ticket: Ticket) -> None:
        self._services.history.restore_item(item.record_type, item.record_id, change.cell, change.earlier)

    def _undelete(self, item: HistoryItem) -> None:
        told = partial(self._tell_restored, item.words or item.type_term)
        self._tasks.run(lambda _: self._services.trash.restore(item.record_type, item.record_id), told)

    def _tell_restored(self, words: str, _done: None) -> None:
        self.told.emit(f"{words} を前に戻しました", None)

    def _main(self) -> QWidget:
        card = Card(padded=False, spacing=0)
        card.add(self._list, self._more)
        self._more.hide()
        self._list.show_when_empty(
            EmptyState("まだ履歴がありません", "書いたこと、直したこと、消したことがここに並びます。")
        )
        main = QWidget()
        column(main, margins=(20, 12, 16, 16)).addWidget(card)
        return main
