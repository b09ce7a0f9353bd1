"""The pages of the right panel: the overview, 面談の情報, and one 宿題."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow
from ui.screens.support_session.head_form import HeadForm
from ui.screens.support_session.homework_form import HomeworkForm
from ui.screens.support_session.presenter import Visit
from ui.screens.support_session.summary import SessionOverview
from ui.widgets.side_panel import SidePanel


class SessionPanel(SidePanel):
    """One page at a time; Esc and the cross lead back to the overview."""

    page_closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overview = SessionOverview()
        self.form = HeadForm(today)
        self.homework = HomeworkForm(today)
        for page in (self.overview, self.form, self.homework):
            self.add_widget(page)
        self.form.closed.connect(self.page_closed)
        self.homework.closed.connect(self.page_closed)
        self.closed.connect(self.page_closed)
        self.show_overview()

    def show_head(self, visit: Visit) -> None:
        """Show the head and the people anew."""
        self.form.show_visit(visit.sheet, visit.team, visit.own)

    def show_overview(self) -> None:
        """Turn to what came of the visit."""
        self._turn_to(self.overview)

    def show_details(self) -> None:
        """Turn to 面談の情報."""
        self._turn_to(self.form)

    def show_homework(self, homework: HomeworkRow, people: Mapping[str, PersonRow]) -> None:
        """Turn to one 宿題."""
        self.homework.show_homework(homework, people)
        self._turn_to(self.homework)

    def _turn_to(self, page: QWidget) -> None:
        """From its beginning: how far one had scrolled belongs to the page before."""
        for each in (self.overview, self.form, self.homework):
            each.setVisible(each is page)
        self.verticalScrollBar().setValue(0)
