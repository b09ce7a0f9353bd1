"""S02 企業一覧, and the page that takes a new company in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from app.changes import Changes
from app.domain.terms import EngagementStatus
from app.rows.companies import CompanyListRow
from ui.navigation import Place, Route
from ui.screens.companies.duplicates.page import DuplicatesPage
from ui.screens.companies.filtering import CompanyFilter, count_words
from ui.screens.companies.list_page import CompanyListPage
from ui.screens.companies.new_company_page import NewCompanyPage, unfinished_company
from ui.screens.screen import Crumb, Heading, LineButton, Screen
from ui.shared_states import MARKS
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.directory import Services

NEW, DUPLICATES = "new", "duplicates"
"""The tabs of the routes that take a new company in, and that show companies entered twice."""
_LISTED = ("company", "engagement", "support_session", "action_item", "person", "link")


class CompaniesScreen(Screen):
    """The route's tab chooses between the list and the other pages, each made when it is first shown.

    `narrowed` is a standing to show.
    """

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._rows: Sequence[CompanyListRow] = ()
        self._pages = QStackedLayout(self)

    def heading(self) -> Heading:
        """企業 with its counts, or that of another page."""
        if (page := self._other_page()) is not None:
            return page.heading()
        facts = (count_words(self._rows),) if self._rows else ()
        new = LineButton("new", "企業", "plus", primary=True)
        count = sum(self._services.shared_marks.questions_of(row.id) for row in self._rows)
        asked = (LineButton("questions", f"確認が必要な変更 {count}件", "question"),) if count else ()
        return Heading("企業", crumbs=(Crumb("企業"),), facts=facts, buttons=(*asked, new))

    def enter(self, route: Route) -> None:
        """Show the list, or the page that the route names."""
        page = self._page(route.tab)
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        if isinstance(page, CompanyListPage):
            self._narrow(route.narrowed)
            self._load()
        elif isinstance(page, DuplicatesPage):
            page.enter(route)

    def leave(self) -> None:
        """Keep what was typed about a new company."""
        super().leave()
        page = self._other_page()
        if isinstance(page, NewCompanyPage):
            page.leave()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Those of the page in front."""
        if (page := self._other_page()) is not None:
            return page.commands()
        return {
            "new": self._open_new,
            "print": self._print,
            "find": self._find,
            "duplicates": self._open_duplicates,
            "questions": self._open_questions,
        }

    def make_ahead(self) -> Iterator[None]:
        """The list, then what it leads to."""
        for tab in (None, NEW):
            page = self._page(tab)
            yield
            page.ensurePolished()
            yield

    def _open_questions(self) -> None:
        self.go.emit(Route(Place.SYNC))

    def touched(self, changes: Changes) -> None:
        """Read the page in front again when something that it shows was changed."""
        page = self._pages.currentWidget()
        if changes.touch(MARKS):
            self.heading_changed.emit()
        if not self.isVisible() or not changes.touch(*_LISTED):
            return
        if isinstance(page, CompanyListPage):
            self._load()
        elif isinstance(page, DuplicatesPage):
            page.load()

    def memory(self) -> object:
        """The focused company of the list."""
        page = self._pages.currentWidget()
        return page.table.current_key() if isinstance(page, CompanyListPage) else None

    def restore(self, memory: object) -> None:
        """Focus it again."""
        page = self._pages.currentWidget()
        if isinstance(page, CompanyListPage) and isinstance(memory, str) and memory:
            page.go_to(memory)

    def _page(self, tab: str | None) -> CompanyListPage | NewCompanyPage | DuplicatesPage:
        if tab == NEW:
            return self._new
        return self._duplicates if tab == DUPLICATES else self._list

    @cached_property
    def _list(self) -> CompanyListPage:
        page = CompanyListPage(self._services.place.today)
        page.table.opened.connect(self._open)
        page.table.delete_asked.connect(self._delete)
        page.new_asked.connect(self._open_new)
        page.practice_asked.connect(self._open_practice)
        page.print_asked.connect(self._print)
        page.duplicates_asked.connect(self._open_duplicates)
        page.unfinished_asked.connect(self._open_new)
        self._pages.addWidget(page)
        return page

    @cached_property
    def _new(self) -> NewCompanyPage:
        page = NewCompanyPage(self._tasks, self._services)
        page.registered.connect(self._open)
        page.left_unfinished.connect(self._open_list)
        page.heading_changed.connect(self.heading_changed)
        page.go.connect(self.go)
        page.told.connect(self.told)
        page.warned.connect(self.warned)
        self._pages.addWidget(page)
        return page

    @cached_property
    def _duplicates(self) -> DuplicatesPage:
        page = DuplicatesPage(self._tasks, self._services)
        page.go.connect(self.go)
        page.told.connect(self.told)
        page.heading_changed.connect(self.heading_changed)
        self._pages.addWidget(page)
        return page

    def _other_page(self) -> NewCompanyPage | DuplicatesPage | None:
        """The page in front of the list; None while that is in front."""
        page = self._pages.currentWidget()
        return page if isinstance(page, NewCompanyPage | DuplicatesPage) else None

    def _narrow(self, status: str | None) -> None:
        if status in set(EngagementStatus):
            self._list.filters.show_filter(CompanyFilter(status=str(status)))

    def _load(self) -> None:
        self._tasks.run(lambda _: self._services.companies.list_rows(), self._show)
        self._tasks.run(lambda _: self._services.duplicates.count(), self._list.show_duplicates)
        self._tasks.run(lambda _: unfinished_company(self._services), self._list.show_unfinished)

    def _show(self, rows: Sequence[CompanyListRow]) -> None:
        self._rows = rows
        self._list.show_rows(rows)
        self.heading_changed.emit()

    def _open(self, company_id: str) -> None:
        self.go.emit(Route(Place.COMPANIES, company_id=company_id))

    def _open_new(self) -> None:
        self.go.emit(Route(Place.COMPANIES, tab=NEW))

    def _open_duplicates(self) -> None:
        self.go.emit(Route(Place.COMPANIES, tab=DUPLICATES))

    def _open_list(self) -> None:
        self.go.emit(Route(Place.COMPANIES))

    def _open_practice(self) -> None:
        """Where the practice region is opened, and said what that means."""
        self.go.emit(Route(Place.SETTINGS, tab="about"))

    def _find(self) -> None:
        self._list.filters.search.setFocus()
        self._list.filters.search.selectAll()

    def _print(self) -> None:
        chosen = tuple(self._list.table.chosen_keys())
        if chosen:
            self.go.emit(Route(Place.DOCUMENTS, company_ids=chosen, document="history"))

    def _delete(self, company_ids: list[str]) -> None:
        if company_ids:
            self._tasks.run(partial(self._delete_all, tuple(company_ids)), self._tell_deleted)

    def _delete_all(self, company_ids: tuple[str, ...], _ticket: Ticket) -> tuple[DeletedNote, ...]:
        return tuple(self._services.trash.delete("company", company_id) for company_id in company_ids)

    def _tell_deleted(self, notes: tuple[DeletedNote, ...]) -> None:
        words = notes[0].message if len(notes) == 1 else f"{len(notes)}社をごみ箱に移しました"
        self.tell(words, partial(self._bring_back, notes))

    def _bring_back(self, notes: tuple[DeletedNote, ...]) -> None:
        self._tasks.run(partial(self._restore_all, notes))

    def _restore_all(self, notes: tuple[DeletedNote, ...], _ticket: Ticket) -> None:
        for note in notes:
            self._services.trash.restore(note.record_type, note.id)
