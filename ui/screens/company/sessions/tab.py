"""面談 of 企業カルテ: every visit and call of the company, planned ones too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.calendar import western_moment
from app.rows.companies import CompanyCard, CourseRow
from ui.models.row_table_model import RowTableModel
from ui.navigation import Place, Route
from ui.screens.company.sessions.plan_line import PlanLine
from ui.screens.company.sessions.session_columns import session_columns
from ui.screens.company.tab import CardTab
from ui.tasks import TaskRunner, Ticket
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, put, row
from ui.widgets.row_table import RowTable
from ui.widgets.segmented import Option, Segmented

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.directory import Services

DECISIONS = "decisions"
"""The anchor that shows only 面談 in which something was decided."""
_KINDS = (Option("all", "すべて"), Option(DECISIONS, "決定のある面談"))


class SessionsTab(CardTab):
    """Enter opens a 面談, Del moves it to ごみ箱."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._company_id = ""
        self._course: Sequence[CourseRow] = ()
        self._kinds = Segmented(_KINDS, name="見る面談")
        self._plan = PlanLine(services.place.today)
        columns = session_columns(services.place.wall_time, services.shared_marks)
        self._model = RowTableModel(columns, key=lambda entry: entry.id)
        self._table = RowTable(self._model, name="面談")
        self._empty = QStackedWidget()
        self._arrange()
        self._kinds.chosen.connect(self._narrow)
        self._plan.planned.connect(self._start_planned)
        self._table.opened.connect(self._open)
        self._table.delete_asked.connect(self._delete)
        self.setFocusProxy(self._table)

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show the 面談 of a company; the anchor DECISIONS narrows them, an id goes to one."""
        if company_id != self._company_id:
            self._company_id, self._course = company_id, ()
            self._plan.clear()
            self._kinds.choose("all")
        if anchor == DECISIONS:
            self._kinds.choose(DECISIONS)
        self._narrow()
        self._table.go_to(anchor)

    def show_card(self, card: CompanyCard) -> None:
        """The course of the card is the list, newest first."""
        if card.id == self._company_id:
            self._course = card.course[::-1]
            self._narrow()

    def memory(self) -> object:
        """The focused 面談."""
        return self._table.current_key()

    def restore(self, memory: object) -> None:
        """Focus it again."""
        if isinstance(memory, str):
            self._table.go_to(memory)

    def _narrow(self, _kind: str = "") -> None:
        decided_only = self._kinds.value() == DECISIONS
        self._empty.setCurrentIndex(1 if self._course else 0)
        self._model.show_rows(entry for entry in self._course if entry.decisions or not decided_only)
        if self._model.rowCount() and not self._table.current_key():
            self._table.setCurrentIndex(self._model.index(0, 0))

    def _open(self, session_id: str) -> None:
        self.go.emit(Route(Place.COMPANIES, self._company_id, "sessions", session_id))

    def _start_planned(self, moment: datetime) -> None:
        company_id = self._company_id
        told = partial(self._tell_planned, moment)
        self._tasks.run(lambda _: self._services.support_sessions.start(company_id, moment), told)

    def _tell_planned(self, moment: datetime, session_id: str) -> None:
        self._table.go_to(session_id)
        self.told.emit(f"{western_moment(moment)} の面談を予定に入れました", None)

    def _delete(self, session_ids: list[str]) -> None:
        for session_id in session_ids:
            self._tasks.run(partial(self._delete_one, session_id), self._tell_deleted)

    def _delete_one(self, session_id: str, _ticket: Ticket) -> DeletedNote:
        return self._services.trash.delete("support_session", session_id)

    def _tell_deleted(self, note: DeletedNote) -> None:
        self.told.emit(note.message, partial(self._bring_back, note.id))

    def _bring_back(self, session_id: str) -> None:
        self._tasks.run(lambda _: self._services.trash.restore("support_session", session_id))

    def _arrange(self) -> None:
        self._empty.addWidget(
            EmptyState("まだ面談がありません", "Ctrl+N で始められます。日時と出席者は自動で入ります。")
        )
        self._empty.addWidget(
            EmptyState("決定のある面談はまだありません", "面談の行に Ctrl+3 で決定の印を付けると並びます。")
        )
        self._table.show_when_empty(self._empty)
        card = Card(padded=False)
        card.add(self._table)
        line = row()
        put(line, self._kinds, None, self._plan)
        whole = column(self, spacing=8, margins=(20, 8, 16, 16))
        whole.addLayout(line)
        whole.addWidget(card, 1)
