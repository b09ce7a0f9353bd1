"""S01 今日: coming visits, homework of all companies, what waits, and the state of this device."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.changes import Changes
from app.rows.today import ComingSession, OpenHomework, TodayBoard
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Fact, Heading, LineButton, MeterFact, Screen
from ui.screens.today import presenter
from ui.screens.today.presenter import DeviceFacts
from ui.shared_states import MARKS
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.block_page import BlockPage
from ui.widgets.card import Card
from ui.widgets.chips import StateChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text

if TYPE_CHECKING:
    from app.services.directory import Services

_SHOWN = (
    "support_session",
    "note_line",
    "read_back",
    "action_item",
    "company",
    "engagement",
    "team",
    "project_year",
    "backup",
    MARKS,
)


@dataclass(frozen=True, slots=True)
class _Today:
    board: TodayBoard
    device: DeviceFacts


class TodayScreen(Screen):
    """Four blocks; every row opens what it was counted from."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._shown: _Today | None = None
        self._ticket: Ticket | None = None
        self._is_arriving = False
        self._build()
        self.setFocusProxy(self._agenda)

    # what the window asks

    def heading(self) -> Heading:
        """The day, the year's count, and the sheet for the next visit."""
        if self._shown is None:
            return Heading("今日", crumbs=(Crumb("今日"),))
        board = self._shown.board
        done, target = board.year.supported, board.year.target
        facts: tuple[Fact, ...] = (MeterFact("支援", min(done, target), target, f"{done}/{target}社"),)
        title = presenter.day_words(board.today)
        return Heading(title, crumbs=(Crumb("今日"),), facts=facts, buttons=self._buttons(board))

    def enter(self, route: Route) -> None:
        """Show what is known at once, and ask for what is new."""
        self._is_arriving = True
        self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """New company, the sheet of the next visit."""
        return {"new": self._new_company, "sheet": self._open_sheet, "print": self._open_sheet}

    def touched(self, changes: Changes) -> None:
        """Ask again when something shown here has changed."""
        if self.isVisible() and changes.touch(*_SHOWN):
            self._load()

    def memory(self) -> object:
        """The rows that were chosen."""
        return self._agenda.current_key(), self._homework.current_key()

    def restore(self, memory: object) -> None:
        """Choose them again."""
        if isinstance(memory, tuple):
            self._is_arriving = False
            self._agenda.go_to(memory[0])
            self._homework.go_to(memory[1])

    # reading

    def _load(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._tasks.run(partial(_read, self._services), self._show)

    def _show(self, read: _Today) -> None:
        self._shown = read
        board = read.board
        self._span.setText(presenter.span_words(board.today))
        self._agenda.show_entries(presenter.agenda(board))
        if self._is_arriving or (self._agenda.hasFocus() and not self._agenda.current_key()):
            self._go_to_next_session(board)
        self._is_arriving = False
        self._count.setText(f"{board.homework_count}件")
        self._overdue.setVisible(board.overdue_count > 0)
        self._overdue.set_state(State("danger", f"超過 {board.overdue_count}件"))
        self._homework.show_entries(presenter.homework(board.homework, board.today))
        self._waiting_count.setText(f"{len(board.waiting)}件")
        self._waiting.show_entries(presenter.waiting(board.waiting))
        self._device.show_entries(presenter.device(read.device))
        self.heading_changed.emit()

    def _go_to_next_session(self, board: TodayBoard) -> None:
        """What comes next is what one wants, not what is over."""
        if board.next_session is not None:
            self._agenda.go_to(str(board.sessions.index(board.next_session)))
        elif not self._agenda.current_key():
            self._agenda.step(1)

    # acting

    def _session_opened(self, key: str) -> None:
        if self._shown is not None:
            now = self._services.place.wall_time()
            self.go.emit(presenter.session_route(self._shown.board.sessions[int(key)], now))

    def _homework_opened(self, key: str) -> None:
        item = self._homework_item(key)
        if item is not None:
            route = Route(Place.COMPANIES, company_id=item.company_id, tab="plan", anchor=item.id)
            self.go.emit(route)

    def _homework_ticked(self, key: str) -> None:
        item = self._homework_item(key)
        if item is not None:
            self._tasks.run(partial(_finish, self._services, item), self._finished)

    def _finished(self, item: OpenHomework) -> None:
        self.tell(f"「{item.title}」を済にしました", partial(self._undo_finish, item))

    def _undo_finish(self, item: OpenHomework) -> None:
        self._tasks.run(partial(_reopen, self._services, item))

    def _waiting_opened(self, key: str) -> None:
        if self._shown is not None:
            self.go.emit(presenter.waiting_route(self._shown.board.waiting[int(key)]))

    def _new_company(self) -> None:
        self.go.emit(Route(Place.COMPANIES, tab="new"))

    def _open_sheet(self) -> None:
        session = self._next_session()
        if session is not None:
            self.go.emit(presenter.sheet_route(session))

    def _next_session(self) -> ComingSession | None:
        return self._shown.board.next_session if self._shown else None

    def _homework_item(self, key: str) -> OpenHomework | None:
        items = self._shown.board.homework if self._shown else ()
        return next((item for item in items if item.id == key), None)

    def _buttons(self, board: TodayBoard) -> tuple[LineButton, ...]:
        session = board.next_session
        if session is None:
            return (LineButton("new", "企業を入れる", "plus", primary=True),)
        return (LineButton("sheet", f"訪問シート {session.company_name}", "document", primary=True),)

    # building

    def _build(self) -> None:
        self._span = Text("", Role.TABLE, "sub")
        self._agenda = RowList(name="今日と今週", lead_width=84, indent=8)
        self._agenda.opened.connect(self._session_opened)
        self._agenda.show_when_empty(
            EmptyState(
                "この7日に面談の予定はありません", "企業カルテの「面談」で日を決めると、ここに並びます。"
            )
        )
        self._count = Text("", Role.TABLE, "sub")
        self._build_homework()
        self._waiting_count = Text("", Role.TABLE, "sub")
        self._waiting = RowList(name="あなたの確認待ち", indent=8, opens_on_click=True)
        self._waiting.opened.connect(self._waiting_opened)
        self._waiting.show_when_empty(EmptyState("確認待ちはありません", ""))
        self._device = RowList(name="このPCの状態", indent=8)
        self._arrange()

    def _build_homework(self) -> None:
        self._overdue = StateChip(State("danger", ""))
        self._overdue.hide()
        self._homework = RowList(name="宿題", indent=8)
        self._homework.opened.connect(self._homework_opened)
        self._homework.space_pressed.connect(self._homework_ticked)
        self._homework.show_when_empty(
            EmptyState(
                "開いている宿題はありません", "面談の行に Ctrl+4 で「宿題」の印を付けると、ここに並びます。"
            )
        )

    def _arrange(self) -> None:
        blocks = (
            _block("今日と今週", self._agenda, self._span),
            _block("宿題", self._homework, self._overdue, self._count),
            _block("あなたの確認待ち", self._waiting, self._waiting_count),
            _block("このPCの状態", self._device),
        )
        column(self, spacing=0).addWidget(BlockPage(blocks))


def _block(title: str, content: RowList, *heading: Text | StateChip) -> Card:
    card = Card(title, *heading)
    card.add(content)
    return card


def _read(services: Services, _ticket: Ticket) -> _Today:
    board = services.today.board()
    backups = services.backups.rows()
    made_at = backups[0].made_at if backups else None
    sharing = services.sharing_status.state()
    return _Today(board, DeviceFacts(board.saved_at, made_at, sharing, services.place.now()))


def _finish(services: Services, item: OpenHomework, _ticket: Ticket) -> OpenHomework:
    services.action_plans.set_done(item.id, is_done=True)
    return item


def _reopen(services: Services, item: OpenHomework, _ticket: Ticket) -> None:
    services.action_plans.set_done(item.id, is_done=False)
