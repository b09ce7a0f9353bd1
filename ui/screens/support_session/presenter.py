"""What S04 asks and says, without widgets: opening a visit, its head, finishing, the summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.changes import Changes
from app.domain.terms import Confidentiality, PersonSide, ReadBackOutcome
from app.errors import DISK_FAULTS, RecordMissing, RecordWithdrawn
from app.rows.companies import PersonRow
from app.rows.support_sessions import SessionSheet
from app.workplace import session_scope
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Heading, LineButton
from ui.screens.support_session.left_drafts import Caret
from ui.screens.support_session.note_keeper import NoteKeeper
from ui.screens.support_session.notes_page import NotesPage
from ui.screens.support_session.summary import Summary
from ui.screens.support_session.visit import Visit
from ui.screens.support_session.visit_summary import summary_of
from ui.screens.support_session.words import session_facts
from ui.shared_states import shared_states
from ui.tasks import TaskRunner, Ticket
from ui.widgets.confidentiality import confidentiality_state

if TYPE_CHECKING:
    from datetime import date

    from app.services.directory import Services
    from app.services.visit_choices import Choice


class SessionPage(NotesPage, Protocol):
    """What the presenter asks of the screen."""

    def show_visit(self, visit: Visit, caret: Caret | None) -> None:
        """A visit was opened."""

    def head_changed(self, visit: Visit) -> None:
        """The head of the visit, or the people there are, changed."""

    def head_taken_back(self, visit: Visit) -> None:
        """A change of the head made no sense: the record is shown again."""


_WAITS = "いまは書き込めません。書き込めるようになると保存されます"
_HEAD = ("support_session", "person", "link", "company", "master_item", "read_back")
"""What is read anew with the head of the visit."""


class SessionPresenter:
    """One visit at a time."""

    def __init__(self, tasks: TaskRunner, services: Services, page: SessionPage) -> None:
        self._tasks = tasks
        self._services = services
        self._choices = services.visit_choices
        self._page = page
        self._ticket: Ticket | None = None
        self._people: dict[str, PersonRow] = {}
        self.visit: Visit | None = None
        self.keeper: NoteKeeper | None = None
        self._refused_changes: list[tuple[str, Callable[[SessionSheet], None]]] = []

    # opening

    def open(self, session_id: str) -> None:
        """Ask for a visit; `show_visit` follows. The one that is open already stays as it is."""
        self._write_refused()
        if self.visit is not None and self.visit.sheet.id == session_id:
            return
        self.visit = self.keeper = None
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._tasks.run(partial(self._look, session_id), self._opened, self._page.refuse)

    def _look(self, session_id: str, _ticket: Ticket | None = None) -> Visit:
        """On the store thread."""
        sheet = self._services.support_sessions.sheet(session_id)
        people = self._services.people
        return Visit(
            sheet,
            people.of_team(),
            people.of_company(sheet.company_id),
            self._services.drafts.of(session_scope(session_id)),
            self._services.questions.of_company(sheet.company_id),
            self._answered_days(session_id),
        )

    def _answered_days(self, session_id: str) -> tuple[tuple[str, str], ...]:
        days = self._services.read_back.days(session_id)
        return tuple((item.line_id, item.answer.outcome.term) for item in days if item.answer)

    def _opened(self, visit: Visit) -> None:
        self._page.when_idle(partial(self._show, visit))

    def _show(self, visit: Visit) -> None:
        self.visit = visit
        self._people = dict(visit.people)
        self.keeper = NoteKeeper(self._tasks, self._services, self._page, visit.sheet, self._people)
        caret = self.keeper.open(visit.drafts)
        self._page.show_visit(visit, caret)

    def touched(self, changes: Changes) -> None:
        """Follow what happened elsewhere, and to the head by undo; our own writing of lines is known."""
        keeper, visit = self.keeper, self.visit
        if keeper is None or visit is None:
            return
        if changes.touch(*_HEAD):
            self._tasks.run(partial(self._look, visit.sheet.id), self._head_read, self._look_failed)
        if keeper.is_writing:
            return
        if changes.touch("note_line"):
            keeper.reload()
        elif changes.touch("action_item"):
            keeper.refresh_homework()

    def _look_failed(self, error: Exception) -> None:
        """A visit that went to ごみ箱 is open no longer; coming back to it asks anew."""
        if isinstance(error, RecordMissing | RecordWithdrawn):
            self.visit = self.keeper = None
        else:
            self._page.refuse(error)

    def today(self) -> date:
        """The day of the program's clock."""
        return self._services.place.today()

    # the title line

    def heading(self) -> Heading:
        """Path, name, facts and the main button."""
        if self.visit is None:
            return Heading("")
        sheet = self.visit.sheet
        shared = shared_states(self._services.shared_marks, sheet.id)
        company = Route(Place.COMPANIES, company_id=sheet.company_id, tab="overview")
        sessions = Route(Place.COMPANIES, company_id=sheet.company_id, tab="sessions")
        return Heading(
            sheet.company_name,
            crumbs=(
                Crumb("企業", Route(Place.COMPANIES)),
                Crumb(sheet.company_name, company),
                Crumb("面談", sessions),
                Crumb(f"第{sheet.ordinal}回"),
            ),
            subtitle=f"第{sheet.ordinal}回面談",
            facts=(*session_facts(sheet), confidentiality_state(sheet.level), *shared),
            buttons=_buttons(is_finished=sheet.finished_at is not None),
        )

    def line_level(self, index: int) -> Confidentiality | None:
        """The own 取扱 of a line."""
        return self.keeper.level_of(index) if self.keeper is not None else None

    # the panel

    def summary(self, *, faces_guest: bool = False) -> Summary:
        """What the overview shows; before a guest nothing that came from a 秘密 line."""
        if self.visit is None or self.keeper is None:
            return Summary()
        return summary_of(self.visit, self.keeper, self._people, faces_guest=faces_guest)

    def set_asked(self, code: str, is_asked: bool) -> None:
        """Tick a question, or take its tick back."""
        self._choose(self._choices.asked(code, is_asked=is_asked))

    def answer_days(self, line_id: str, outcome: ReadBackOutcome) -> None:
        """Keep what was said to the days of a line."""
        self._choose(self._choices.days_answered(line_id, outcome))

    # the head

    def change_head(self, values: Mapping[str, object]) -> None:
        """Save columns of the head as they were left."""
        self._change(lambda sheet: self._services.support_sessions.change(sheet.form, values))

    def set_method(self, code: str) -> None:
        """Say how it was held."""
        self._choose(self._choices.method(code))

    def set_attendees(self, person_ids: list[str]) -> None:
        """Say who was there."""
        self._choose(self._choices.attendees(person_ids))

    def set_level(self, code: str) -> None:
        """Set the 取扱 of the visit; "" takes the company's."""
        self._choose(self._choices.level(code))

    def add_person(self, name: str, side: str) -> None:
        """Add somebody to the people of the company or of the team, as one who was there."""
        self._choose(self._choices.person(name, PersonSide(side)))

    def finish(self) -> None:
        """End the visit now, with everything typed kept before."""
        self._choose(self._choices.finished(), self._finished)

    def reopen(self) -> None:
        """Go on writing in a finished visit."""
        self._choose(self._choices.reopened())

    def _choose(self, choice: Choice, done: Callable[[Visit], None] | None = None) -> None:
        if self.visit is None or self.keeper is None:
            return
        self.keeper.keep()
        work = partial(self._chosen, self.visit.sheet.id, choice)
        self._tasks.run(work, done or self._head_read, self._choice_refused)

    def _chosen(self, session_id: str, choice: Choice, _ticket: Ticket) -> Visit:
        """On the store thread."""
        self._choices.take(session_id, choice)
        return self._look(session_id)

    def _choice_refused(self, error: Exception) -> None:
        self._page.refuse(error)
        if isinstance(error, DISK_FAULTS):
            self._page.say(_WAITS)
        elif self.visit is not None:
            self._page.head_taken_back(self.visit)

    def _change(self, work: Callable[[SessionSheet], None]) -> None:
        if self.visit is None or self.keeper is None:
            return
        self.keeper.keep()
        self._run_change(self.visit.sheet.id, work)

    def _run_change(self, session_id: str, work: Callable[[SessionSheet], None]) -> None:
        refused = partial(self._head_refused, session_id, work)
        self._tasks.run(partial(self._changed, session_id, work), self._head_read, refused)

    def write_again(self) -> None:
        """The disk takes writes again: lines and head that it refused."""
        if self.keeper is not None:
            self.keeper.keep()
        self._write_refused()

    def _write_refused(self) -> None:
        refused, self._refused_changes = self._refused_changes, []
        for session_id, work in refused:
            self._run_change(session_id, work)

    def _changed(self, session_id: str, work: Callable[[SessionSheet], None], _ticket: Ticket) -> Visit:
        """On the store thread: each change starts from the record as it is then."""
        work(self._services.support_sessions.sheet(session_id))
        return self._look(session_id)

    def _finished(self, visit: Visit) -> None:
        self._head_read(visit)
        left = sum(line.is_unmarked for line in self.keeper.lines) if self.keeper else 0
        more = f"。印のない行 {left}件は、もう一度 Ctrl+Enter か今日から続けられます" if left else ""
        self._page.say(f"この端末に保存しました{more}")

    def _head_read(self, visit: Visit) -> None:
        if self.visit is None or self.visit.sheet.id != visit.sheet.id:
            return
        self.visit = visit
        self._people.update(visit.people)
        self._page.head_changed(visit)

    def _head_refused(self, session_id: str, work: Callable[[SessionSheet], None], error: Exception) -> None:
        self._page.refuse(error)
        if isinstance(error, DISK_FAULTS):
            self._refused_changes.append((session_id, work))  # it stays in sight, and is written later
        elif self.visit is not None:
            self._page.head_taken_back(self.visit)


def _buttons(*, is_finished: bool) -> tuple[LineButton, ...]:
    details = LineButton("edit", "面談の情報", "note")
    read_back = LineButton("read_back")
    if is_finished:
        reopen = LineButton("reopen", "続きを書く", "pencil")
        return details, read_back, reopen, LineButton("print", primary=True)
    return details, LineButton("print"), LineButton("finish"), replace(read_back, primary=True)
