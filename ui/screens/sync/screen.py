"""同期 and S11: how far the team has what is written here, and what two people wrote differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.errors import AppError, ConflictMovedOn
from app.rows.conflicts import ConflictPage, MergedRow
from app.rows.sharing import UnsharedRow
from app.services.today import CONFLICT
from ui.navigation import Place, Route
from ui.record_drafts import RecordDrafts
from ui.record_routes import record_route
from ui.screens.screen import Crumb, Heading, LineButton, Screen
from ui.screens.sync import entries
from ui.screens.sync.carry_page import CarryPage
from ui.screens.sync.overview import SyncOverview
from ui.screens.sync.question_page import BOTH, OWN, QuestionPage
from ui.sharing_watch import SharingWatch, is_online
from ui.tasks import TaskRunner, Ticket
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

MERGED, CARRY = "merged", "carry"
_ANSWER = "answer"
_CARRY_BUTTON = LineButton("carry", "持出しと読込み", "download")


class SyncScreen(Screen):
    """The overview, one question, what was put together by itself, and carrying out and in by files."""

    def __init__(self, tasks: TaskRunner, services: Services, watch: SharingWatch) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._watch = watch
        self._route = Route(Place.SYNC)
        self._unshared: tuple[UnsharedRow, ...] = ()
        self._merged_rows: tuple[MergedRow, ...] = ()
        self._overview = SyncOverview()
        self._drafts = RecordDrafts(tasks, services, self)
        self._answered = ""
        """The key of the question that was just decided here: what is read of it meanwhile is old."""
        self._stack = QStackedWidget()
        self._connect()
        column(self, spacing=0).addWidget(self._stack)
        self.setFocusProxy(self._stack)

    # what the window asks

    def heading(self) -> Heading:
        """The place, the question, or the list of what needed nobody."""
        home = Crumb("同期", Route(Place.SYNC))
        if self._route.tab == CARRY:
            return Heading("持出しと読込み", crumbs=(home, Crumb("持出しと読込み")))
        if self._route.tab == MERGED:
            return Heading("自動でまとまった項目", crumbs=(home, Crumb("自動でまとまった項目")))
        page = self._question.page if self._route.item_id else None
        if page is not None:
            words = f"確認が必要な変更 {self._ordinal(page)}"
            buttons = (
                LineButton("later", "あとで", key="Esc"),
                LineButton("decide", "決める", key="Enter", primary=True),
            )
            is_company = page.row.record_type == "company"
            about = page.row.company_name if is_company else f"{page.row.company_name} の{page.row.type_term}"
            shown = buttons if page.row.is_asked else buttons[:1]
            return Heading(page.row.title, crumbs=(home, Crumb(words)), facts=(about,), buttons=shown)
        return Heading("同期", crumbs=(Crumb("同期"),), buttons=self._buttons())

    def enter(self, route: Route) -> None:
        """Show what is known at once, and ask for what is new."""
        self._route = route
        self._answered = ""
        page = self._page(route)
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if route.item_id:
            self._drafts.open(f"{CONFLICT}:{route.item_id}")
        self._load()

    def leave(self) -> None:
        """What was typed stays a draft until it is decided."""
        if "_question" in self.__dict__:
            self._question.leave()
        super().leave()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """今すぐ and やめる; in a question the choices and the decision."""
        if not self._route.item_id:
            acts = {"sync_now": self._ask_now, "sync_stop": self._watch.rounds.cancel}
            return {**acts, "carry": self._show_carry}
        choices = ("mark_fact", "mark_issue", "mark_decision", "mark_homework")
        chosen = {name: partial(self._question.choose, number) for number, name in enumerate(choices)}
        more = {"edit": self._question.choose_own, "later": self._later, "decide": self._decide}
        return {**chosen, **more, "finish": self._decide}  # Ctrl+Enter also ends a text of several lines

    def touched(self, changes: Changes) -> None:
        """Ask again: a question may be another one now."""
        if self.isVisible():
            self._load()

    # reading

    def _load(self) -> None:
        route = self._route
        if route.tab == CARRY:
            self._carry.load()
            return
        if route.tab == MERGED or route.item_id:
            self._tasks.run(partial(_read_merged, self._services), self._show_merged)
        if route.item_id:
            key = tuple(route.item_id.split(":", 2))
            unread = partial(self._refuse_page, route.item_id)
            self._tasks.run(partial(_read_page, self._services, key), self._show_question, unread)
        elif route.tab != MERGED:
            self._tasks.run(partial(_read_unshared, self._services), self._show_unshared)
            self._show_overview()

    def _show_unshared(self, rows: tuple[UnsharedRow, ...]) -> None:
        self._unshared = rows
        self._show_overview()

    def _show_overview(self) -> None:
        watch, now = self._watch, self._services.place.now()
        self._overview.show_state(watch.state, watch.rounds.state, self._unshared, now, is_online=is_online())
        self.heading_changed.emit()

    def _watch_changed(self) -> None:
        if self.isVisible() and not self._route.item_id and not self._route.tab:
            self._show_overview()

    def _show_merged(self, rows: tuple[MergedRow, ...]) -> None:
        self._merged_rows = rows
        if self._route.tab == MERGED:
            self._merged.show_entries(entries.merged(rows))

    def _show_question(self, page: ConflictPage) -> None:
        if self._route.item_id != page.row.key:
            return
        self._question.show_page(page, len(self._merged_rows))
        self._drafts.show(_ANSWER, self._question.editors(), is_new=True)
        self.heading_changed.emit()

    def _ordinal(self, page: ConflictPage) -> str:
        """「1/2」 among those that somebody is asked."""
        asked = [row.key for row in self._watch.state.questions if row.is_asked] if self._watch.state else []
        return f"{asked.index(page.row.key) + 1}/{len(asked)}" if page.row.key in asked else ""

    # deciding

    def _decide(self) -> None:
        question, page = self._question, self._question.page
        if page is None or not page.row.is_asked or question.choice is None:
            return
        if self._answered == page.row.key:  # Enter was pressed twice
            return
        question.reason.flush()
        reason, choice = question.reason.text(), question.choice
        if choice == OWN:
            question.own_day.flush()
            if question.own_day.property("problem"):
                question.own_day.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        own = question.own_value() if choice == OWN else None
        work = partial(_write, self._services, page, choice, own, reason)
        self._answered = page.row.key
        self._tasks.run(work, partial(self._decided, page), self._refuse_answer)
        self._drafts.written(_ANSWER, {"own": question.own_text.text(), "reason": question.reason.text()})

    def _decided(self, page: ConflictPage, scope: str) -> None:
        self.tell(f"{page.row.title}を決めました", partial(self._undo, scope))
        self._question.page = None
        self._watch.read()
        following = self._following(page)
        self.go.emit(Route(Place.SYNC, item_id=following) if following else Route(Place.SYNC))

    def _following(self, page: ConflictPage) -> str | None:
        """The next question that somebody is asked."""
        rows = self._watch.state.questions if self._watch.state else ()
        return next((row.key for row in rows if row.is_asked and row.key != page.row.key), None)

    def _undo(self, scope: str) -> None:
        self._tasks.run(partial(_take_back, self._services, scope), self._undone, self._refuse)

    def _undone(self, label: str | None) -> None:
        if label is not None:
            self.tell(f"元に戻しました: {label}")

    def _later(self) -> None:
        self.go.emit(Route(Place.SYNC))

    def _refuse_answer(self, error: Exception) -> None:
        self._answered = ""
        self._refuse(error)

    def _refuse_page(self, key: str, error: Exception) -> None:
        """A question that was left, or answered from here, has moved on without news for anybody."""
        is_old = key == self._answered or key != self._route.item_id
        if not (is_old and isinstance(error, ConflictMovedOn)):
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, ConflictMovedOn):
            self.go.emit(Route(Place.SYNC))
        if isinstance(error, AppError):
            self.warn(error_message(error), "info")
        else:
            self._tasks.failed_unheard.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter decides and Esc leaves the question for later, but in a field of several lines."""
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self._route.item_id and event.key() == Qt.Key.Key_Escape:
            self._later()
        elif self._route.item_id and is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decide()
        else:
            super().keyPressEvent(event)

    # going

    def _buttons(self) -> tuple[LineButton, ...]:
        if self._watch.state is None:
            return ()
        if self._watch.rounds.state.is_going:
            return (_CARRY_BUTTON, LineButton("sync_stop", "やめる"))
        return (_CARRY_BUTTON, LineButton("sync_now", "今すぐ", "sync", primary=True))

    def _ask_now(self) -> None:
        self._watch.rounds.ask_now()

    def _refill(self) -> None:
        self._watch.rounds.ask_now(refill=True)

    def _open_question(self, key: str) -> None:
        self.go.emit(Route(Place.SYNC, item_id=key))

    def _open_unshared(self, key: str) -> None:
        for row in self._unshared:
            if f"{row.record_type}:{row.record_id}" == key:
                place = row.record_type, row.record_id, row.company_id, row.support_session_id
                self.go.emit(record_route(*place))

    def _open_merged(self, key: str) -> None:
        for row in self._merged_rows:
            if f"{row.record_type}:{row.record_id}" == key:
                place = row.record_type, row.record_id, row.company_id, row.support_session_id
                self.go.emit(record_route(*place))

    def _open_record(self) -> None:
        page = self._question.page
        if page is not None:
            row = page.row
            self.go.emit(
                record_route(row.record_type, row.record_id, row.company_id, page.support_session_id)
            )

    def _go_to_team(self) -> None:
        self.go.emit(Route(Place.TEAM))

    def _show_carry(self) -> None:
        self.go.emit(Route(Place.SYNC, tab=CARRY))

    def _show_list(self) -> None:
        self.go.emit(Route(Place.SYNC, tab=MERGED))

    # the pages, each made when it is first shown

    def _page(self, route: Route) -> QWidget:
        if route.tab == MERGED:
            return self._merged
        if route.tab == CARRY:
            return self._carry
        return self._question if route.item_id else self._overview

    @cached_property
    def _question(self) -> QuestionPage:
        page = QuestionPage(self._services.place.today)
        page.decided.connect(self._decide)
        page.merged_asked.connect(self._show_list)
        page.record_asked.connect(self._open_record)
        page.related_asked.connect(self._open_question)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _merged(self) -> RowList:
        rows = RowList(name="自動でまとまった項目", indent=16, opens_on_click=True)
        rows.show_when_empty(EmptyState("自動でまとまった項目はありません", ""))
        rows.opened.connect(self._open_merged)
        self._stack.addWidget(rows)
        return rows

    @cached_property
    def _carry(self) -> CarryPage:
        page = CarryPage(self._tasks, self._services)
        page.told.connect(self.tell)
        page.warned.connect(self.warn)
        self._stack.addWidget(page)
        return page

    def _connect(self) -> None:
        self._stack.addWidget(self._overview)
        self._watch.changed.connect(self._watch_changed)
        self._overview.question_opened.connect(self._open_question)
        self._overview.record_opened.connect(self._open_unshared)
        self._overview.refill_asked.connect(self._refill)
        self._overview.team_asked.connect(self._go_to_team)
        self._overview.step_asked.connect(self.go)
        self._overview.again_asked.connect(self._ask_now)


def _read_unshared(services: Services, _ticket: Ticket) -> tuple[UnsharedRow, ...]:
    return services.sharing_status.unshared_rows()


def _read_merged(services: Services, _ticket: Ticket) -> tuple[MergedRow, ...]:
    return services.conflicts.merged()


def _read_page(services: Services, key: tuple[str, ...], _ticket: Ticket) -> ConflictPage:
    return services.conflicts.page(*key)


def _write(
    services: Services, page: ConflictPage, choice: int, own: str | None, reason: str, _ticket: Ticket
) -> str:
    if choice == BOTH:
        return services.conflicts.keep_both(page, reason)
    if choice == OWN:
        return services.conflicts.write_own(page, own, reason)
    return services.conflicts.choose(page, choice, reason)


def _take_back(services: Services, scope: str, _ticket: Ticket) -> str | None:
    return services.place.undo(scope)
