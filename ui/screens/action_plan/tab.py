"""The tab 計画 of 企業カルテ (S07): stages, and すること as a table, a 線表 or by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.errors import AppError
from app.rows.action_plans import PlanSheet
from ui.navigation import Place, Route, history_route
from ui.record_drafts import BROUGHT_BACK
from ui.screens.action_plan.action_page import ActionPage
from ui.screens.action_plan.gantt_view import GanttView
from ui.screens.action_plan.legend import Legend
from ui.screens.action_plan.owner_list import owner_entries
from ui.screens.action_plan.panel import ACTION, NEW, PLAN, PlanPanel
from ui.screens.action_plan.panel_area import PanelArea
from ui.screens.action_plan.plan_bar import GANTT, OWNERS, TABLE, PlanBar
from ui.screens.action_plan.plan_drafts import PlanDrafts
from ui.screens.action_plan.plan_page import PlanPage
from ui.screens.action_plan.plan_parts import PlanParts
from ui.screens.action_plan.plan_table import PlanTable, plan_model
from ui.screens.action_plan.presenter import ActionPlanPresenter, PlanShown
from ui.screens.action_plan.sources import source_route
from ui.screens.company.tab import CompanyTab
from ui.screens.screen import LineButton
from ui.theme.theme import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, put
from ui.widgets.row_list import RowList
from ui.widgets.texts import Rule
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.shared_states import MARKS
from ui.shared_states import MARKS
from ui.tasks import TaskRunner

_ROOM_FOR_LEGEND = 280


@dataclass(frozen=True, slots=True)
class _Memory:
    view: str
    action_id: str


class ActionPlanTab(CompanyTab):
    """Three views of the same actions with one choice among them, and a panel to write in."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._presenter = ActionPlanPresenter(tasks, services, self)
        self._today = services.place.today
        self._shown: PlanShown | None = None
        self._wanted = ""
        self._opens_new = False
        self._panel_wanted = {TABLE: True, GANTT: False, OWNERS: True}
        self._bar = PlanBar()
        self._model = plan_model(services.shared_marks)
        self._table = PlanTable(self._model)
        self._gantt = GanttView(self._model, self._table.selectionModel())
        self._owners = RowList(name="担当別のすること")
        self._over: list[tuple[PlanTable | RowList, EmptyState, QWidget]] = [
            (self._table, _empty_plan(), QWidget()),
            (self._owners, _empty_plan(), QWidget()),
        ]
        self._views = QStackedWidget()
        self._legend = Legend()
        self._panel = PlanPanel(self._today_date)
        self._drafts = PlanDrafts(tasks, services, self._panel)
        self._area = self._build()
        self._connect()
        self._view_chosen(GANTT)

    # what the file asks

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show a company; `anchor` may be an action."""
        self._wanted = anchor
        if company_id != self._presenter.company_id:
            self._blank()
        self._drafts.open(company_id)
        self._presenter.open(company_id)

    def make_ahead(self) -> Iterator[None]:
        """The pages of the panel."""
        return self._panel.make_ahead()

    def leave(self) -> None:
        """Take over what is typed, a new action included."""
        self._panel.flush()
        self._panel.new.finish()
        self._drafts.settle()

    def touched(self, changes: Changes) -> None:
        """Read again what shows here."""
        if self.isVisible() and self._presenter.concerns(changes.kinds):
            self._presenter.reload()
        elif changes.touch(MARKS):
            self._table.viewport().update()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+N, F2, Ctrl+J and Ctrl+P."""
        return {
            "new": self._begin_new,
            "edit": self._edit_current,
            "panel": self._toggle_panel,
            "print": self._print,
        }

    def heading_buttons(self) -> tuple[LineButton, ...]:
        """Printing, and adding."""
        return LineButton("print"), LineButton("new", "することを足す", "plus", primary=True)

    def memory(self) -> object:
        """View and chosen action."""
        return _Memory(self._bar.view(), self._current_key())

    def restore(self, memory: object) -> None:
        """Show them again."""
        if isinstance(memory, _Memory):
            self._bar.show_view(memory.view)
            self._view_chosen(memory.view)
            self._wanted = memory.action_id
            self._go_to_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the room of the foot where there is little."""
        super().resizeEvent(event)
        self._arrange_foot()

    # what the presenter asks

    def show_plan(self, shown: PlanShown) -> None:
        """Show a company's plan."""
        self._shown = shown
        sheet = shown.sheet
        place = self._current_key(), self._table.currentIndex().row()
        self._lay_over(says_empty=True)
        self._bar.show_stage(sheet.stage)
        self._model.show_rows(sheet.actions)
        self._gantt.show_plan(sheet, shown.today)
        self._owners.show_entries(owner_entries(sheet.by_owner))
        self._return_to(sheet, *place)
        self._panel.show_plan(shown)
        self._drafts.show_plan()
        self._presenter.begin_edit("action_plan", sheet.plan.id)
        self._drafts.bring_forward()
        self._go_to_wanted()
        self._show_current(self._current_key())

    def action_made(self, action_id: str) -> None:
        """Choose the new action as soon as the sheet has it, and go on with who does it."""
        self._wanted, self._opens_new = action_id, True
        self._go_to_wanted()

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""
        self.told.emit(words, undo)

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""
        self.warned.emit(error_message(error), "warn")

    # building

    def _build(self) -> PanelArea:
        for view in (self._table, self._gantt, self._owners):
            self._views.addWidget(view)
        self._gantt.show_when_empty(_empty_plan())
        main = QWidget()
        main.setFocusProxy(self._views)
        inside = column(main, spacing=0)
        inside.addWidget(self._views, 1)
        put(inside, Rule(), self._legend)
        area = PanelArea(main, self._panel)
        whole = column(self, spacing=0)
        put(whole, self._bar, Rule())
        whole.addWidget(area, 1)
        return area

    def _connect(self) -> None:
        self._bar.view_chosen.connect(self._view_chosen)
        self._bar.stage_chosen.connect(self._presenter.set_stage)
        self._bar.panel_asked.connect(self._toggle_panel)
        self._table.current_changed.connect(self._show_current)
        self._owners.current_changed.connect(self._owner_row_chosen)
        self._owners.space_pressed.connect(self._presenter.turn_done)
        self._owners.delete_asked.connect(self._delete)
        for view in (self._table, self._gantt):
            view.done_asked.connect(self._presenter.turn_done)
            view.delete_asked.connect(self._delete_first)
        for opener in (self._table, self._gantt, self._owners):
            opener.opened.connect(self._open)
        self._table.source_opened.connect(self._open_source)
        self._gantt.shift_asked.connect(self._presenter.shift)
        self._area.closed.connect(self._close_panel)
        self._connect_panel()

    def _connect_panel(self) -> None:
        panel = self._panel
        panel.closed.connect(self._close_panel)
        panel.new.named.connect(self._add)
        self._drafts.action_left.connect(self._want)
        self._drafts.action_back.connect(self._show_action_back)
        self._drafts.new_back.connect(self._show_new_back)
        self._drafts.plan_back.connect(self._show_plan_back)
        panel.page_made.connect(self._page_made)

    def _page_made(self, page: str) -> None:
        if page == ACTION:
            self._connect_action(self._panel.action)
            self._fill_action()
        else:
            self._connect_plan(self._panel.plan)
            if self._shown is not None:
                self._panel.plan.show_plan(self._shown)
                self._drafts.show_plan()

    def _connect_action(self, page: ActionPage) -> None:
        page.edited.connect(self._presenter.change)
        page.source_opened.connect(self._open_source)
        page.delete_asked.connect(self._delete)
        page.history_asked.connect(self._open_history)

    def _connect_plan(self, page: PlanPage) -> None:
        page.edited.connect(self._presenter.change_plan)
        page.issue_opened.connect(self._open_issue)
        self._parts = PlanParts(page, self._presenter, self._drafts)

    def _open_history(self, action_id: str) -> None:
        self.go.emit(history_route(self._presenter.company_id, "action_item", action_id))

    # views

    def _front(self) -> QWidget:
        return {TABLE: self._table, GANTT: self._gantt, OWNERS: self._owners}[self._bar.view()]

    def _view_chosen(self, view: str) -> None:
        key = self._current_key()
        self._views.setCurrentWidget(self._front())
        self.setFocusProxy(self._front())
        self._area.set_open(on=self._panel_wanted[view] and not self._area.is_drawer)
        if view == OWNERS:
            self._owners.go_to(key)
        self._arrange_foot()

    def _arrange_foot(self) -> None:
        self._legend.setVisible(self.height() >= theme().px(_ROOM_FOR_LEGEND))
        self._legend.show_for(gantt=self._bar.view() == GANTT)

    def _return_to(self, sheet: PlanSheet, key: str, number: int) -> None:
        """Choose the action chosen before, its follower, or at first what is still to be done."""
        rows = self._model.rowCount()
        if self._model.number_of(key) < 0 and number >= 0 and rows:
            key = self._model.key_at(min(number, rows - 1))
        first = min(sheet.actions, key=lambda action: not action.is_open, default=None)
        if not key and first is not None:
            key = first.id
        self._table.go_to(key)

    def _blank(self) -> None:
        """Nothing of one company may stand below the name of another."""
        self._shown = None
        self._lay_over(says_empty=False)
        self._model.show_rows([])
        self._owners.show_entries([])
        self._gantt.blank()
        self._panel.blank()

    def _lay_over(self, *, says_empty: bool) -> None:
        for view, empty, nothing_yet in self._over:
            hidden, over = (nothing_yet, empty) if says_empty else (empty, nothing_yet)
            hidden.hide()
            view.show_when_empty(over)

    def _current_key(self) -> str:
        return self._table.current_key()

    def _owner_row_chosen(self, action_id: str) -> None:
        self._table.go_to(action_id)

    def _show_current(self, action_id: str) -> None:
        action = self._presenter.action(action_id)
        if action is None or self._shown is None:
            self._panel.show_no_action()
            return
        self._panel.show_has_action()
        if self._drafts.has_left(action_id):
            self._panel.show_page(ACTION)
        if self._panel.is_made(ACTION):
            self._fill_action()
        self._presenter.begin_edit("action_item", action_id)
        if self._bar.view() == OWNERS:
            self._owners.go_to(action_id)

    def _fill_action(self) -> None:
        action = self._presenter.action(self._current_key())
        if action is not None and self._shown is not None:
            self._panel.action.show_action(action, self._shown)
            self._drafts.show_action()

    def _go_to_wanted(self) -> None:
        if self._wanted and self._presenter.action(self._wanted) is not None:
            wanted, self._wanted = self._wanted, ""
            self._table.go_to(wanted)
            if self._opens_new:
                self._opens_new = False
                self._panel.show_page(ACTION)
                self._panel.action.go_to_owner()

    # panel

    def _begin_new(self) -> None:
        self._panel.show_page(NEW)
        self._area.set_open(on=True)
        self._panel.new.begin()

    def _edit_current(self) -> None:
        self._open(self._current_key())

    def _open(self, action_id: str) -> None:
        if self._presenter.action(action_id) is not None:
            self._open_panel_at(ACTION)
            self._panel.action.go_to_title()

    def _want(self, action_id: str) -> None:
        self._wanted = self._wanted or action_id

    def _open_panel_at(self, page: str) -> None:
        self._panel.show_page(page)
        self._area.set_open(on=True)

    def _show_action_back(self) -> None:
        self._open_panel_at(ACTION)
        self.tell(BROUGHT_BACK)

    def _show_new_back(self) -> None:
        self._begin_new()
        self.tell(BROUGHT_BACK)

    def _show_plan_back(self) -> None:
        self._open_panel_at(PLAN)
        self.tell(BROUGHT_BACK)

    def _toggle_panel(self) -> None:
        if self._area.is_open:
            self._close_panel()
            return
        self._panel_wanted[self._bar.view()] = True
        self._open_panel_at(PLAN)
        self._panel.plan.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panel(self) -> None:
        self._panel.flush()
        self._panel_wanted[self._bar.view()] = False
        self._area.set_open(on=False)
        self._front().setFocus(Qt.FocusReason.OtherFocusReason)

    # acts

    def _add(self, title: str) -> None:
        self._presenter.add(title)
        self._drafts.action_sent(title)

    def _delete(self, action_id: str) -> None:
        if action_id:
            self._presenter.delete("action_item", action_id)

    def _delete_first(self, action_ids: list[str]) -> None:
        for action_id in action_ids[:1]:
            self._delete(action_id)

    # elsewhere

    def _print(self) -> None:
        company_id = self._presenter.company_id
        self.go.emit(Route(Place.DOCUMENTS, company_ids=(company_id,), document="plan"))

    def _open_source(self, action_id: str) -> None:
        action = self._presenter.action(action_id)
        route = source_route(self._presenter.company_id, action) if action is not None else None
        if route is not None:
            self.go.emit(route)

    def _open_issue(self, issue_id: str) -> None:
        company_id = self._presenter.company_id
        self.go.emit(Route(Place.COMPANIES, company_id=company_id, tab="analysis", item_id=issue_id))

    def _today_date(self) -> date:
        return self._today()


def _empty_plan() -> EmptyState:
    return EmptyState("まだ計画がありません", "Ctrl+N で「すること」を足すか、\n分析から計画に入れます。")
