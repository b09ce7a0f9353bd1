"""訪問準備: what one reads the day before a visit; the same as stands on the 訪問シート."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from app.changes import Changes
from app.errors import AppError
from app.rows.preparation import Preparation
from ui.navigation import Place, Route
from ui.screens.preparation import presenter
from ui.screens.screen import Crumb, Heading, LineButton, Screen
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.block_page import BlockPage
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services


class PreparationScreen(Screen):
    """Four blocks to read; Ctrl+P leads to the sheet, Ctrl+N into the visit."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._shown: Preparation | None = None
        self._route: Route | None = None
        self._build()
        # Where Enter does nothing: one held too long on 今日 must not begin a visit.
        self.setFocusProxy(self._lists["questions"])

    # what the window asks

    def heading(self) -> Heading:
        """Company, which visit, when and where; the sheet, and the visit itself."""
        shown = self._shown
        if shown is None or self._route is None:
            return Heading("訪問準備")
        company = Route(Place.COMPANIES, company_id=shown.company_id)
        return Heading(
            shown.company_name,
            crumbs=(
                Crumb("企業", Route(Place.COMPANIES)),
                Crumb(shown.company_name, company),
                Crumb(f"第{shown.ordinal}回 訪問準備"),
            ),
            subtitle="訪問準備",
            facts=presenter.facts(shown),
            buttons=(
                LineButton("print", "訪問シートを印刷"),
                LineButton("new", "面談を始める", "note", primary=True),
            ),
        )

    def enter(self, route: Route) -> None:
        """Show the visit of the route, or the next one of the company."""
        if self._route is None or (route.company_id, route.item_id) != (
            self._route.company_id,
            self._route.item_id,
        ):
            self._shown = None
        self._route = route
        self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The sheet on paper, and into the visit."""
        return {"print": self._print, "new": self._begin}

    def touched(self, changes: Changes) -> None:
        """Follow what changes while one reads."""
        if self.isVisible():
            self._load()

    # reading

    def _load(self) -> None:
        if self._route is not None and self._route.company_id is not None:
            work = partial(self._read, self._route.company_id, self._route.item_id)
            self._tasks.run(work, self._show, self._refuse)

    def _read(self, company_id: str, session_id: str | None, _ticket: Ticket) -> Preparation:
        return self._services.preparations.of(company_id, session_id)

    def _show(self, read: Preparation) -> None:
        if self._route is None or read.company_id != self._route.company_id:
            return
        self._shown = read
        for key, entries in presenter.blocks(read).items():
            shown = self._lists[key]
            shown.show_entries(entries)
            if shown.hasFocus() and not shown.current_key():
                shown.step(1)
        self._counts["homework"].setText(presenter.count_words(len(read.homework)))
        self._counts["questions"].setText(presenter.count_words(len(read.questions)))
        self.heading_changed.emit()

    # acting

    def _print(self) -> None:
        """One key: the page shows on 印刷 and is printed at once, or becomes a PDF without a printer."""
        if self._shown is not None:
            self.go.emit(
                Route(
                    Place.DOCUMENTS,
                    company_ids=(self._shown.company_id,),
                    item_id=self._shown.session_id,
                    document="visit-sheet",
                )
            )
            self.asked_in_front.emit("issue")

    def _begin(self) -> None:
        """Into the visit: the planned one, or a new one that is filled in from the last."""
        if self._shown is None:
            return
        if self._shown.session_id is not None:
            self._go_to_visit(self._shown.session_id)
        else:
            work = partial(self._start, self._shown.company_id)
            self._tasks.run(work, self._go_to_visit, self._refuse)

    def _start(self, company_id: str, _ticket: Ticket) -> str:
        return self._services.support_sessions.start(company_id)

    def _go_to_visit(self, session_id: str) -> None:
        if self._route is not None:
            company_id = self._route.company_id
            self.go.emit(Route(Place.COMPANIES, company_id=company_id, tab="sessions", item_id=session_id))

    def _open_homework(self, _key: str) -> None:
        self._open_tab("plan")

    def _open_visit(self, key: str) -> None:
        self._go_to_visit(key)

    def _open_tab(self, tab: str) -> None:
        if self._route is not None:
            self.go.emit(Route(Place.COMPANIES, company_id=self._route.company_id, tab=tab))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.warn(error_message(error))
        else:
            self._tasks.failed_unheard.emit(error)

    # building

    def _build(self) -> None:
        self._lists = {
            "homework": _reading_list("持ち越しの宿題", "持ち越しの宿題はありません"),
            "questions": _reading_list("まだ聞いていないこと", "まだ聞いていないことはありません"),
            "dates": _reading_list("気をつける期日", "期日はありません", lead_width=140),
            "visits": _reading_list("これまでの面談", "はじめての面談です"),
        }
        self._counts = {key: Text("", Role.TABLE, "sub") for key in self._lists}
        self._lists["homework"].opened.connect(self._open_homework)
        self._lists["visits"].opened.connect(self._open_visit)
        blocks = []
        for key, each in self._lists.items():
            block = Card(each.accessibleName(), self._counts[key])
            block.add(each)
            blocks.append(block)
        column(self, spacing=0).addWidget(BlockPage(blocks))


def _reading_list(name: str, nothing: str, *, lead_width: int = 0) -> RowList:
    made = RowList(name=name, indent=8, lead_width=lead_width)
    made.show_when_empty(EmptyState(nothing, ""))
    return made
