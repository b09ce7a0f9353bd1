"""One visit on the store thread: everything is written and read in the order in which it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from app.domain.note_sheet import Edit, Line
from app.domain.terms import Mark
from app.rows.support_sessions import HomeworkRow, SessionSheet
from app.workplace import session_scope
from ui.screens.support_session.left_drafts import PREEDIT_FIELD, Caret, Unconverted, line_field
from ui.screens.support_session.step_progress import Count
from ui.tasks import Late, TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services

Answer = TypeVar("Answer")
Homework = tuple[HomeworkRow, ...] | None
"""What came out of the lines; None when it cannot have changed."""
Failed = Callable[[Exception], None]

_DONE = {"back": "元に戻しました: {}", "forth": "やり直しました: {}"}
_NOTHING_LEFT = {"back": "これより前には戻せません", "forth": "やり直せるものはありません"}


@dataclass(frozen=True, slots=True)
class Moved:
    """What undo or a fresh look brought; `sheet` is None when there was no step left."""

    sheet: SessionSheet | None
    words: str = ""


class VisitStore:
    """`idle` is called whenever the last answer has come."""

    def __init__(
        self, tasks: TaskRunner, services: Services, session_id: str, idle: Callable[[], None]
    ) -> None:
        self._tasks = tasks
        self._sessions = services.support_sessions
        self._drafts = services.drafts
        self._place = services.place
        self._session_id = session_id
        self._scope = session_scope(session_id)
        self._idle = idle
        self._running = 0

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running > 0

    def write(
        self,
        edit: Edit,
        label: str,
        dropped: frozenset[str],
        shown: Mapping[str, Line],
        done: Callable[[Homework], None],
        failed: Failed,
    ) -> None:
        """Make an edit of lines that were shown so one change; then the drafts of these lines may go."""
        self._run(partial(self._written, edit, label, dropped, shown), done, failed)

    def change(self, work: Callable[[], object], done: Callable[[Homework], None], failed: Failed) -> None:
        """Do an action of the services."""
        self._run(partial(self._changed, work), done, failed)

    def homework(self, done: Callable[[Homework], None], failed: Failed) -> None:
        """Read what came out of the lines."""
        self._run(partial(self._sessions.homework, self._session_id), done, failed)

    def undo(self, count: Count, done: Callable[[Moved], None], failed: Failed) -> None:
        """Take back, or do again, the newest step of the visit."""
        self._run(partial(self._replayed, count), done, failed)

    def look(self, done: Callable[[Moved], None], failed: Failed) -> None:
        """Read the visit as it stands."""
        self._run(self._read, done, failed)

    # drafts

    def keep_draft(self, line: Line, anchor: str, preedit: str, caret: Caret, failed: Failed) -> None:
        """Put the typing of a line on disk; `anchor` is the line above it."""
        typed = self._drafts.noted(
            self._scope,
            line_field(line.id),
            line.text,
            anchor=anchor,
            preedit=preedit,
            caret=caret.column,
            scroll=caret.scroll,
            is_secret=line.is_secret,
        )
        late = partial(self._drafts.set_aside, typed)
        self._run(partial(self._drafts.write, typed), _nothing, failed, late)

    def drop_draft(self, line_id: str, failed: Failed) -> None:
        """The line is as the record has it."""
        self._run(partial(self._drafts.drop, self._scope, line_field(line_id)), _nothing, failed)

    def keep_offer(self, unconverted: Unconverted, failed: Failed) -> None:
        """Keep 変換前の文字 of an earlier run until it was taken or declined."""
        keep = partial(
            self._drafts.keep,
            self._scope,
            PREEDIT_FIELD,
            unconverted.text,
            anchor=unconverted.line_id,
            caret=unconverted.column,
        )
        self._run(keep, _nothing, failed)

    def drop_offer(self, failed: Failed) -> None:
        """It was taken or declined."""
        self._run(partial(self._drafts.drop, self._scope, PREEDIT_FIELD), _nothing, failed)

    # on the store thread

    def _written(
        self, edit: Edit, label: str, dropped: frozenset[str], shown: Mapping[str, Line]
    ) -> Homework:
        if edit.put or edit.withdrawn:
            self._sessions.edit_lines(self._session_id, edit, label, shown)
        for line_id in dropped:
            self._drafts.drop(self._scope, line_field(line_id))
        if edit.withdrawn or any(line.mark in (Mark.DECISION, Mark.HOMEWORK) for line in edit.put):
            return self._sessions.homework(self._session_id)
        return None

    def _changed(self, work: Callable[[], object]) -> Homework:
        work()
        return self._sessions.homework(self._session_id)

    def _replayed(self, count: Count) -> Moved:
        direction = count.direction
        label = self._place.undo(self._scope, direction, count)
        if label is None:
            return Moved(None, _NOTHING_LEFT[direction])
        return Moved(self._sessions.sheet(self._session_id), _DONE[direction].format(label))

    def _read(self) -> Moved:
        return Moved(self._sessions.sheet(self._session_id))

    def _run(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        late: Late | None = None,
    ) -> None:
        self._running += 1
        ended, refused = partial(self._ended, done), partial(self._ended, failed)
        self._tasks.run(partial(_called, work), ended, refused, late=late)

    def _ended(self, then: Callable[[Answer], None], answer: Answer) -> None:
        self._running -= 1
        then(answer)
        if not self._running:
            self._idle()


def _called(work: Callable[[], Answer], _ticket: Ticket) -> Answer:
    return work()


def _nothing(_answer: object) -> None:
    """Nothing follows."""
