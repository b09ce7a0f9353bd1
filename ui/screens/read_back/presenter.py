"""What S05 asks and writes, without widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.changes import Changes
from app.domain.terms import ReadBackOutcome
from app.errors import DISK_FAULTS, RecordMissing, RecordWithdrawn
from app.rows.read_back import ReadBackItem, ReadBackSheet
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services

_READ = ("note_line", "action_item", "read_back", "support_session", "person", "link", "company")
Work = Callable[[ReadBackItem], None]


class ReadBackView(Protocol):
    """The screen, as the presenter sees it."""

    def show_sheet(self, sheet: ReadBackSheet) -> None:
        """Show what is to be read back."""

    def answered(self, subject_id: str) -> None:
        """An answer was kept; go on to what comes next."""

    def ended(self, sheet: ReadBackSheet) -> None:
        """The visit was finished."""

    def refuse(self, error: Exception) -> None:
        """Tell of work that failed."""

    def waits(self, subject_id: str) -> None:
        """Say that an answer becomes a change once the disk takes writes again."""


class ReadBackPresenter:
    """One 面談 at a time."""

    def __init__(self, tasks: TaskRunner, services: Services, view: ReadBackView) -> None:
        self._tasks = tasks
        self._services = services
        self._view = view
        self._session_id = ""
        self._ticket: Ticket | None = None
        self.sheet: ReadBackSheet | None = None
        self.client_id: str | None = None
        """Who answers; None for nobody in particular."""

    def open(self, session_id: str) -> None:
        """Ask for a 面談; what another one showed is let go at once."""
        if session_id != self._session_id:
            self.sheet = self.client_id = None
        self._session_id = session_id
        self.load()

    def load(self) -> None:
        """Read what stands in the record now."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._tasks.run(self._read, self._show, self._failed)

    def touched(self, changes: Changes) -> None:
        """Follow what happened here and elsewhere."""
        if self.sheet is not None and changes.touch(*_READ):
            self.load()

    def item(self, subject_id: str) -> ReadBackItem | None:
        """An item that is shown."""
        items = self.sheet.items if self.sheet else ()
        return next((item for item in items if item.subject_id == subject_id), None)

    def confirm(self, subject_id: str) -> None:
        """The client said yes to what was read out."""
        shown = self.item(subject_id)
        if shown is not None:
            work = partial(self._confirmed, self._session_id, shown, self.client_id)
            self._tasks.run(work, partial(self._answered, subject_id), partial(self._not_written, subject_id))

    def differ(self, subject_id: str, their_wording: str) -> None:
        """Keep how the client puts it beside our words; none takes the disagreement back."""
        answer = self._services.read_back.answer
        outcome, client = (ReadBackOutcome.DIFFERS if their_wording else None), self.client_id
        self._change(
            subject_id,
            lambda item: answer(
                self._session_id, item, outcome, person_id=client, their_wording=their_wording
            ),
        )

    def reword(self, subject_id: str, text: str) -> None:
        """Put other words into the line."""
        reword = self._services.read_back.reword
        self._change(subject_id, lambda item: reword(self._session_id, item.line_id, text))

    def change_homework(self, subject_id: str, values: Mapping[str, object]) -> None:
        """Give a 宿題 another text, owner or day."""
        change = self._services.support_sessions.change_homework
        self._change(subject_id, lambda item: change(self._session_id, item.subject_id, values))

    def finish(self) -> None:
        """End the visit, unless it has ended already."""
        self._tasks.run(self._finish, self._view.ended, self._view.refuse)

    def _change(self, subject_id: str, work: Work, done: Callable[[object], None] | None = None) -> None:
        shown = self.item(subject_id)
        if shown is not None:
            self._tasks.run(partial(self._changed, shown, work), done or _nothing, self._view.refuse)

    def _changed(self, shown: ReadBackItem, work: Work, _ticket: Ticket) -> None:
        """On the store thread: the answer goes to the item as it stands after changes asked before."""
        work(self._as_it_stands(self._session_id, shown))

    def _as_it_stands(self, session_id: str, shown: ReadBackItem) -> ReadBackItem:
        items = self._services.read_back.sheet(session_id).items
        found = next((item for item in items if item.subject_id == shown.subject_id), None)
        if found is None:
            raise RecordMissing
        return found

    def _confirmed(self, session_id: str, shown: ReadBackItem, client: str | None, _ticket: Ticket) -> None:
        """On the store thread; what the disk refuses waits among the drafts."""
        choices, found = self._services.visit_choices, self._as_it_stands(session_id, shown)
        choices.take(session_id, choices.read_back_answered(found, ReadBackOutcome.CONFIRMED, client))

    def _not_written(self, subject_id: str, error: Exception) -> None:
        self._view.refuse(error)
        if isinstance(error, DISK_FAULTS):
            self._view.waits(subject_id)

    def _answered(self, subject_id: str, _nothing: object) -> None:
        self.load()
        self._tasks.run(_wait, lambda _: self._view.answered(subject_id))

    def _finish(self, _ticket: Ticket) -> ReadBackSheet:
        sheet = self._services.read_back.sheet(self._session_id)
        if sheet.finished_at is None:
            choices = self._services.visit_choices
            choices.take(self._session_id, choices.finished())
        return sheet

    def _read(self, _ticket: Ticket) -> ReadBackSheet:
        return self._services.read_back.sheet(self._session_id)

    def _show(self, sheet: ReadBackSheet) -> None:
        if sheet.session_id != self._session_id:
            return
        known = [person.id for person in sheet.clients]
        if self.client_id not in known:
            self.client_id = known[0] if known else None
        self.sheet = sheet
        self._view.show_sheet(sheet)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RecordMissing | RecordWithdrawn):
            self.sheet = None
        self._view.refuse(error)


def _wait(_ticket: Ticket) -> None:
    """Nothing but its place in the order."""


def _nothing(_answer: object) -> None:
    """Nothing follows."""
