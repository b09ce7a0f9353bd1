"""印のない行: what a visit left without a mark, one line after the other: Ctrl+1 to 6, then Down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.note_sheet import Line
from app.domain.terms import Mark
from app.errors import AppError
from app.rows.support_sessions import NoteLineRow, SessionSheet
from app.workplace import session_scope
from ui.actions import MARK_COMMANDS
from ui.models.row_list_model import ListRow
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Heading, LineButton, Screen
from ui.screens.support_session.words import stamp_words
from ui.tasks import TaskRunner, Ticket
from ui.theme.paint import SECRET_MARK
from ui.undo_actions import UndoActions
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.notes.line_look import HIDDEN_LINE
from ui.widgets.notes.mark_bar import MarkBar
from ui.widgets.row_list import RowList
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

_DONE = "どの行にも印が付きました"
_DONE_MORE = "印のない行は「その他の記録」として印刷されます。付けたくない行は、そのままでかまいません。"


@dataclass(frozen=True, slots=True)
class _Memory:
    session_id: str
    line_id: str


class LeftoverScreen(Screen):
    """A line stays listed after it got its mark, so that Down leads on and a slip can be put right."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._sheet: SessionSheet | None = None
        self._listed: set[str] = set()
        self._session_id = ""
        self._undo = UndoActions(tasks, services, self, self._scope)
        self._list = RowList(name="印のない行", lead_width=56)
        self._list.show_when_empty(EmptyState(_DONE, _DONE_MORE))
        self._bar = MarkBar()
        self._bar.more.hide()
        whole = column(self, spacing=0)
        whole.addWidget(self._list, 1)
        whole.addWidget(self._bar)
        self._list.opened.connect(self._open_line)
        self._bar.pressed.connect(self._mark)
        self._bar.next_unmarked_asked.connect(self._next)
        self.setFocusProxy(self._list)

    # what the window asks

    def heading(self) -> Heading:
        """Which visit, and the way back to it."""
        if self._sheet is None:
            return Heading("印のない行")
        sheet = self._sheet
        return Heading(
            "印のない行",
            crumbs=(
                Crumb("企業", Route(Place.COMPANIES)),
                Crumb(sheet.company_name, Route(Place.COMPANIES, company_id=sheet.company_id)),
                Crumb(f"第{sheet.ordinal}回面談", self._visit_route(sheet)),
                Crumb("印のない行"),
            ),
            subtitle=f"{sheet.company_name} 第{sheet.ordinal}回面談",
            buttons=(LineButton("edit", "行を直す"), LineButton("finish", "おわり", primary=True)),
        )

    def enter(self, route: Route) -> None:
        """List what has no mark in the 面談 of the route; within the same one the list stays."""
        if route.item_id and route.item_id != self._session_id:
            self._session_id, self._sheet, self._listed = route.item_id, None, set()
            self._list.show_entries(())
        self._load()

    def leave(self) -> None:
        """The next time only what is still unmarked is listed."""
        super().leave()
        self._listed = set()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Marks on the line of the focus, the line itself, undo, and back to the visit."""
        marks: dict[str, Callable[[], None]] = {
            command_id: partial(self._mark, command_id) for command_id in MARK_COMMANDS
        }
        return marks | {
            "edit": self._list.open_current,
            "finish": self._back_to_visit,
            "undo": self._undo.undo,
            "redo": self._undo.redo,
        }

    def touched(self, changes: Changes) -> None:
        """Follow marks set here and elsewhere."""
        if self.isVisible() and changes.touch("note_line", "support_session"):
            self._load()

    def memory(self) -> object:
        """The line one was at."""
        return _Memory(self._session_id, self._list.current_key())

    def restore(self, memory: object) -> None:
        """Go on at that line."""
        if isinstance(memory, _Memory) and memory.session_id == self._session_id:
            self._list.go_to(memory.line_id)

    # reading

    def _load(self) -> None:
        if self._session_id:
            self._tasks.run(partial(self._read, self._session_id), self._show, self._refuse)

    def _read(self, session_id: str, _ticket: Ticket) -> SessionSheet:
        return self._services.support_sessions.sheet(session_id)

    def _show(self, sheet: SessionSheet) -> None:
        if sheet.id != self._session_id:
            return
        self._sheet = sheet
        unmarked = {line.id for line in sheet.lines if _line(line).is_unmarked}
        self._listed |= unmarked
        self._list.show_entries([_entry(line) for line in sheet.lines if line.id in self._listed])
        if not self._list.current_key():
            self._list.step(1)
        self._bar.show_unmarked(len(unmarked))
        self.heading_changed.emit()

    # acting

    def _mark(self, command_id: str) -> None:
        row = self._current()
        if row is None:
            return
        mark = MARK_COMMANDS[command_id]
        sessions, line = self._services.support_sessions, _line(row)
        work: Callable[[], object]
        if mark == SECRET_MARK:
            work = partial(sessions.set_secret, self._session_id, line, is_secret=not line.is_secret)
        else:
            wanted = None if line.mark == mark else Mark(mark)
            work = partial(sessions.set_mark, self._session_id, line, wanted)
        self._tasks.run(partial(_called, work), _nothing, self._refuse)
        self._list.setFocus()

    def _next(self) -> None:
        self._list.step(1)
        self._list.setFocus()

    def _open_line(self, line_id: str) -> None:
        if self._sheet is not None:
            self.go.emit(self._visit_route(self._sheet, line_id))

    def _back_to_visit(self) -> None:
        if self._sheet is not None:
            self.go.emit(self._visit_route(self._sheet))

    def _current(self) -> NoteLineRow | None:
        key = self._list.current_key()
        lines = self._sheet.lines if self._sheet else ()
        return next((line for line in lines if line.id == key), None)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.warn(error_message(error))
        else:
            self._tasks.failed_unheard.emit(error)

    def _scope(self) -> str | None:
        return session_scope(self._session_id) if self._session_id else None

    @staticmethod
    def _visit_route(sheet: SessionSheet, line_id: str | None = None) -> Route:
        return Route(
            Place.COMPANIES, company_id=sheet.company_id, tab="sessions", item_id=sheet.id, anchor=line_id
        )


def _line(row: NoteLineRow) -> Line:
    return Line(row.id, row.text, row.stamped_at, row.order_key, row.mark, row.is_secret)


def _entry(line: NoteLineRow) -> ListRow:
    mark = line.mark or (SECRET_MARK if line.is_secret else "")
    text = HIDDEN_LINE if line.is_secret else line.text
    return ListRow(line.id, text, lead=stamp_words(line.stamped_at), mark=str(mark))


def _called(work: Callable[[], object], _ticket: Ticket) -> object:
    return work()


def _nothing(_answer: object) -> None:
    """Nothing follows."""
