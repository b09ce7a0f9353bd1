"""履歴 of 企業カルテ: who did what and when, the difference in words, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.rows.history import HistoryChange, HistoryItem, HistoryRow, TakenBack
from app.services.history import PAGE
from app.workplace import company_scope
from ui.navigation import Place, Route
from ui.screens.company.history.entries import list_entries
from ui.screens.company.history.entry_details import EntryDetails
from ui.screens.company.history.pages import HistoryPages, Page, Subject, no_pages
from ui.screens.company.tab import CompanyTab
from ui.tasks import TaskRunner, Ticket
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.message_bar import Banner
from ui.widgets.row_list import RowList
from ui.widgets.side_panel import SidePanel, WithSidePanel

if TYPE_CHECKING:
    from app.services.directory import Services


class HistoryTab(CompanyTab):
    """Moving through the list shows each action at the right; where the window is narrow Enter does.

    The anchor may name one record as "type:id": then only what was done to it is listed.
    """

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._subject = Subject("")
        self._pages: HistoryPages = no_pages()
        self._list, self._details = RowList(name="履歴", lead_width=56), EntryDetails()
        self._more = Button("もっと前を見る", kind="quiet", icon="down")
        whole = Button("企業の履歴すべて", size="small")
        self._narrowed = Banner("", whole, kind="info")
        self._panel = SidePanel()
        self._panel.add_widget(self._details)
        self._split = WithSidePanel(self._main(), self._panel)
        lines = column(self, spacing=0)
        lines.addWidget(self._narrowed)
        lines.addWidget(self._split, 1)
        self._narrowed.hide()
        whole.clicked.connect(self._widen)
        self._list.current_changed.connect(self._show_one)
        self._list.opened.connect(self._open_one)
        self._more.clicked.connect(self._load_more)
        self._details.restore_asked.connect(self._restore)
        self._details.undelete_asked.connect(self._undelete)
        self._details.take_back_asked.connect(self._take_back)
        self.setFocusProxy(self._list)

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show the history of a company, or of one of its records."""
        subject = Subject(company_id, *anchor.split(":", 1)) if ":" in anchor else Subject(company_id)
        if subject != self._subject:
            self._subject = subject
            self._narrowed.hide()
            self._show_pages(no_pages())
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
        self._tasks.run(partial(_read, self._services, self._subject, None), self._loaded)

    def _load_more(self) -> None:
        last = self._pages.last
        if last is not None:
            self._tasks.run(partial(_read, self._services, self._subject, last), self._loaded)

    def _loaded(self, page: Page) -> None:
        if page.subject == self._subject:
            self._narrowed.set_text(f"{page.words}の履歴だけを見ています")
            self._narrowed.setVisible(bool(page.words))
            self._show_pages(self._pages.with_page(page))

    def _show_pages(self, pages: HistoryPages) -> None:
        self._pages = pages
        self._list.show_entries(list(list_entries(pages.entries)))
        self._more.setVisible(pages.has_more)
        if not self._list.current_key():
            self._list.step(1)
        self._show_one(self._list.current_key())

    def _show_one(self, key: str) -> None:
        self._details.show_entry(self._pages.entry(key))

    def _open_one(self, key: str) -> None:
        self._show_one(key)
        self._split.toggle_panel()

    def _widen(self) -> None:
        self.go.emit(Route(Place.COMPANIES, self._subject.company_id, "history"))

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

    def _take_back(self, entry: HistoryRow) -> None:
        work = partial(_take_back, self._services, self._subject.company_id, entry)
        self._tasks.run(work, self._tell_taken_back)

    def _tell_taken_back(self, taken: TakenBack) -> None:
        self.told.emit(taken.message, self._undo if taken.count else None)

    def _undo(self) -> None:
        self._tasks.run(partial(_undo, self._services, self._subject.company_id))

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


def _read(services: Services, subject: Subject, before: HistoryRow | None, _ticket: Ticket) -> Page:
    history = services.history
    if subject.record_id:
        words = history.words_of(subject.record_type, subject.record_id)
        found = history.of_record(subject.record_type, subject.record_id, PAGE, before)
    else:
        words, found = "", history.of_company(subject.company_id, PAGE, before)
    return Page(subject, words, found, before, has_more=len(found) == PAGE)


def _take_back(services: Services, company_id: str, entry: HistoryRow, _ticket: Ticket) -> TakenBack:
    return services.history.take_back(company_id, entry)


def _undo(services: Services, company_id: str, _ticket: Ticket) -> None:
    services.place.undo(company_scope(company_id))
