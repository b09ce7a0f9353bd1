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
from ui.screens.support_session.summary import SessionOverview
from ui.screens.support_session.visit import Visit
from ui.widgets.side_panel import SidePanel


class SessionPanel(SidePanel):
    """One page at a time, made when it is first opened; Esc and the cross lead back to the overview."""

    page_closed = Signal()
    form_made = Signal()
    """面談の情報 was made and shows the visit."""
    head_changed = Signal(dict)
    """As `HeadForm.changed`; so are the next three."""
    attendees_changed = Signal(list)
    person_added = Signal(str, str)
    method_changed = Signal(str)
    level_changed = Signal(str)
    homework_changed = Signal(str, dict)
    """As `HomeworkForm.changed`."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._visit: Visit | None = None
        self._form: HeadForm | None = None
        self._homework: HomeworkForm | None = None
        self._pages: list[QWidget] = []
        self.overview = SessionOverview()
        self._take_in(self.overview)
        self.closed.connect(self.page_closed)

    @property
    def form(self) -> HeadForm:
        """面談の情報."""
        if self._form is None:
            self._form = form = HeadForm(self._today)
            form.changed.connect(self.head_changed)
            form.attendees_changed.connect(self.attendees_changed)
            form.person_added.connect(self.person_added)
            form.method_changed.connect(self.method_changed)
            form.level_changed.connect(self.level_changed)
            form.closed.connect(self.page_closed)
            form.hide()
            self._take_in(form)
            self._fill_form(form)
            self.form_made.emit()
        return self._form

    @property
    def has_form(self) -> bool:
        """Whether 面談の情報 was wanted so far."""
        return self._form is not None

    @property
    def homework(self) -> HomeworkForm:
        """One 宿題."""
        if self._homework is None:
            self._homework = HomeworkForm(self._today)
            self._homework.changed.connect(self.homework_changed)
            self._homework.closed.connect(self.page_closed)
            self._homework.hide()
            self._take_in(self._homework)
        return self._homework

    def show_head(self, visit: Visit) -> None:
        """Show the head and the people anew."""
        self._visit = visit
        if self._form is not None:
            self._fill_form(self._form)

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
        for each in self._pages:
            each.setVisible(each is page)
        self.verticalScrollBar().setValue(0)

    def _take_in(self, page: QWidget) -> None:
        self._pages.append(page)
        self.add_widget(page)

    def _fill_form(self, form: HeadForm) -> None:
        if self._visit is not None:
            form.show_visit(self._visit.sheet, self._visit.team, self._visit.own)
