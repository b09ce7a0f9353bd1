"""S03 企業カルテ: the head of one company, its tabs, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.rows.companies import CompanyCard
from app.workplace import company_scope
from ui.navigation import Place, Route
from ui.screens.company.tab import CardTab, CompanyTab
from ui.screens.company.words import family_names
from ui.screens.screen import Crumb, Fact, Heading, LineButton, Screen
from ui.shared_states import MARKS, shared_states
from ui.tasks import TaskRunner
from ui.undo_actions import UndoActions
from ui.widgets.confidentiality import confidentiality_state
from ui.widgets.layouts import column
from ui.widgets.tab_strip import Tab, TabStrip

if TYPE_CHECKING:
    from app.services.directory import Services

TAB_WORDS = {
    "overview": "概要",
    "sessions": "面談",
    "analysis": "分析",
    "plan": "計画",
    "files": "資料",
    "history": "履歴",
}
"""The tabs of the strip by the `tab` of a route."""
INTAKE = "intake"
"""企業の情報: below 概要, without a tab of its own."""
_START = LineButton("new", "面談を始める", "pencil", primary=True)
_BUTTONS = (LineButton("print"), _START)
_CARD_TYPES = (
    "company",
    "engagement",
    "person",
    "link",
    "support_session",
    "note_line",
    "issue",
    "ip_seed",
    "action_item",
)
_MADE_AHEAD = ("overview", "sessions", "analysis", "plan")
TabFactory = Callable[[TaskRunner, "Services"], CompanyTab]


class CompanyScreen(Screen):
    """Makes each tab when it is first shown; the card is read once for head, counts and the tabs of it."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._company_id = ""
        self._key = "overview"
        self._card: CompanyCard | None = None
        self._tabs: dict[str, CompanyTab] = {}
        self._strip = TabStrip([Tab(key, word) for key, word in TAB_WORDS.items()], hint="Alt+1–4, 6, 8")
        self._pages = QStackedWidget()
        self._undo = UndoActions(tasks, services, self, self._scope)
        whole = column(self, spacing=0)
        whole.addWidget(self._strip)
        whole.addWidget(self._pages, 1)
        self._strip.chosen.connect(self._open_tab)

    def heading(self) -> Heading:
        """The company's name and what one must know of it at every tab."""
        card = self._card
        name = card.name if card else ""
        crumbs = (
            Crumb("企業", Route(Place.COMPANIES)),
            Crumb(name, self._route("overview")),
            Crumb("企業の情報" if self._key == INTAKE else TAB_WORDS[self._key]),
        )
        buttons = self._tab().heading_buttons() or _BUTTONS
        shared = shared_states(self._services.shared_marks, self._company_id)
        facts = (*_facts(card), *shared) if card else ()
        return Heading(name, crumbs=crumbs, facts=facts, buttons=buttons)

    def enter(self, route: Route) -> None:
        """Show a company at a tab."""
        if route.company_id != self._company_id:
            self._company_id, self._card = route.company_id or "", None
        tab = self._show_tab(route.tab or "overview")
        tab.show_company(self._company_id, route.item_id or route.anchor or route.narrowed or "")
        # Without a proxy the window gives the focus to the primary button.
        self.setFocusProxy(tab if tab.focusProxy() else None)  # type: ignore[arg-type]
        self._load()

    def leave(self) -> None:
        """Take over what was typed into the tab in front."""
        super().leave()
        self._tab().leave()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Those of the tab go before those of the file."""
        tabs = {f"tab_{key}": partial(self._open_tab, key) for key in TAB_WORDS}
        own = {
            "new": self.start_session,
            "print": self._print,
            "find": self._find,
            "edit": self._edit,
            "undo": self._undo.undo,
            "redo": self._undo.redo,
        }
        return {**tabs, **own, **self._tab().commands()}

    def touched(self, changes: Changes) -> None:
        """Read the card again when it may say something else now."""
        for tab in self._tabs.values():
            tab.touched(changes)
        if self.isVisible() and changes.touch(*_CARD_TYPES):
            self._load()
        elif changes.touch(MARKS):
            self.heading_changed.emit()

    def memory(self) -> object:
        """What the tab in front wants back."""
        return self._tab().memory()

    def restore(self, memory: object) -> None:
        """Give it back."""
        self._tab().restore(memory)

    def start_session(self) -> None:
        """Open a 面談 now and go to its notes."""
        company_id = self._company_id
        self._tasks.run(lambda _: self._services.support_sessions.start(company_id), self._open_session)

    # the tabs

    def make_ahead(self) -> Iterator[None]:
        """The tabs on which one works, each with what lies in it."""
        for key in _MADE_AHEAD:
            tab = self._made(key)
            yield
            yield from tab.make_ahead()
            tab.ensurePolished()
            yield

    def _tab(self) -> CompanyTab:
        return self._made(self._key)

    def _made(self, key: str) -> CompanyTab:
        if key not in self._tabs:
            tab = _FACTORIES[key](self._tasks, self._services)
            tab.go.connect(self.go)
            tab.told.connect(self.told)
            tab.warned.connect(self.warned)
            tab.status_changed.connect(self.status_changed)
            tab.heading_changed.connect(self.heading_changed)
            self._tabs[key] = tab
            self._pages.addWidget(tab)
        return self._tabs[key]

    def _show_tab(self, key: str) -> CompanyTab:
        self._key = key if key in _FACTORIES else "overview"
        self._strip.choose("overview" if self._key == INTAKE else self._key)
        tab = self._tab()
        self._pages.setCurrentWidget(tab)
        return tab

    def _open_tab(self, key: str) -> None:
        self.go.emit(self._route(key))

    def _edit(self) -> None:
        self._open_tab(INTAKE)

    # the card

    def _load(self) -> None:
        company_id = self._company_id
        self._tasks.run(lambda _: self._services.companies.card(company_id), self._show)

    def _show(self, card: CompanyCard) -> None:
        if card.id != self._company_id:
            return
        if card.is_deleted:
            self.go.emit(Route(Place.COMPANIES))
            return
        self._card = card
        self._strip.set_count("sessions", str(len(card.course) or ""))
        self._strip.set_count("plan", str(card.homework_count or ""))
        for tab in self._tabs.values():
            if isinstance(tab, CardTab):
                tab.show_card(card)
        self.heading_changed.emit()

    # acts

    def _scope(self) -> str | None:
        return company_scope(self._company_id) if self._company_id else None

    def _route(self, tab: str) -> Route:
        return Route(Place.COMPANIES, self._company_id, None if tab == "overview" else tab)

    def _open_session(self, session_id: str) -> None:
        self.go.emit(Route(Place.COMPANIES, self._company_id, "sessions", session_id))

    def _find(self) -> None:
        """What is looked for within one company is looked for in all of it, not only in one tab."""
        self.go.emit(Route(Place.SEARCH, company_id=self._company_id))

    def _print(self) -> None:
        self.go.emit(Route(Place.DOCUMENTS, company_ids=(self._company_id,), document="history"))


def _facts(card: CompanyCard) -> tuple[Fact, ...]:
    assignees = family_names([person.name for person in card.assignees])
    words = (
        card.industry_term,
        f"{card.employees_regular}人" if card.employees_regular is not None else "",
        card.place,
        f"担当 {assignees}" if assignees else "",
    )
    return (*(word for word in words if word), confidentiality_state(card.confidentiality))


def _overview(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.company.overview.tab import OverviewTab

    return OverviewTab(tasks, services)


def _sessions(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.company.sessions.tab import SessionsTab

    return SessionsTab(tasks, services)


def _analysis(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.analysis.tab import AnalysisTab

    return AnalysisTab(tasks, services)


def _plan(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.action_plan.tab import ActionPlanTab

    return ActionPlanTab(tasks, services)


def _files(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.company.files.tab import FilesTab

    return FilesTab(tasks, services)


def _history(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.company.history.tab import HistoryTab

    return HistoryTab(tasks, services)


def _intake(tasks: TaskRunner, services: Services) -> CompanyTab:
    from ui.screens.company.intake.tab import IntakeTab

    return IntakeTab(tasks, services)


_FACTORIES: dict[str, TabFactory] = {
    "overview": _overview,
    "sessions": _sessions,
    "analysis": _analysis,
    "plan": _plan,
    "files": _files,
    "history": _history,
    INTAKE: _intake,
}
