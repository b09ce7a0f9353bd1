"""What the window says of sharing while a store is open: status bar, left bar, marks beside records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInterface

from app.changes import Changes
from app.rows.sharing import SharingState
from ui.background_rounds import BackgroundRounds
from ui.main_window import MainWindow
from ui.navigation import Place, Route
from ui.shared_states import MARKS
from ui.sharing_news import news_of
from ui.sharing_words import question_words, standing_words
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services

_REST_MS = 300


class SharingWatch(QObject):
    """Belongs to the program, as long as one store is open."""

    changed = Signal()
    """`state`, or that of the rounds, is another one."""

    def __init__(
        self, tasks: TaskRunner, services: Services, window: MainWindow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._window = window
        self._ticket: Ticket | None = None
        self._written: set[str] = set()
        self.state: SharingState | None = None
        """What the store says; None without a team."""
        self.rounds = BackgroundRounds(services, self)
        self.rounds.changed.connect(self._show)
        self.rounds.ended.connect(self.read)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.read)
        window.status_bar.sharing_pressed.connect(self._go_to_sync)
        self.read()

    # what the program asks

    def touched(self, changes: Changes) -> None:
        """Something was written, here or elsewhere."""
        if self.state is None or changes.touch(MARKS):
            return
        if changes.origin == "here":
            written = frozenset(record for _, record in changes.touched)
            self._written |= written
            self._services.shared_marks.add(written)
            self.rounds.saved(changes)
        self._rest.start()

    def locked(self) -> None:
        """Nothing goes on behind a locked window."""
        self.rounds.rest()

    def unlocked(self) -> None:
        """Go on."""
        if self.state is not None:
            self.rounds.begin()

    def close(self) -> None:
        """End what goes on, and listen no longer."""
        self._rest.stop()
        for told, heard in ((self.rounds.changed, self._show), (self.rounds.ended, self.read)):
            told.disconnect(heard)
        self._window.status_bar.sharing_pressed.disconnect(self._go_to_sync)
        self.rounds.close(self._tasks)

    # reading

    def read(self) -> None:
        """Ask the store anew."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._tasks.run(partial(_read, self._services), self._came)

    def _came(self, state: SharingState | None) -> None:
        had_team = self.state is not None
        self._tell_of_questions(self.state, state)
        news = news_of(self.state, state) if state is not None else None
        if news is not None:
            self._window.warn(news, "info")
        self.state = state
        if self._services.shared_marks.renew(state):
            self._window.touched(Changes(frozenset({(MARKS, "")})))
        if state is not None and not had_team and not self._window.is_locked:
            self.rounds.begin()
        self._show()

    def _tell_of_questions(self, before: SharingState | None, state: SharingState | None) -> None:
        """Who has just saved what somebody else changed meanwhile hears of it, once and quietly."""
        written, self._written = self._written, set()
        known = {row.key for row in before.questions} if before else set()
        for row in state.questions if state and before else ():
            if row.is_asked and row.key not in known and row.record_id in written:
                self._window.tell(f"{row.title}を、ほかの人も直していました。どちらの内容も残っています")
                return

    def _show(self) -> None:
        now = self._services.place.now()
        said = standing_words(self.state, self.rounds.state, now, is_online=is_online())
        self._window.status_bar.show_sharing(said.words, said.icon, question_words(self.state))
        count = self.state.question_count if self.state else 0
        self._window.left_bar.show_count(Place.SYNC, str(count or ""))
        self.changed.emit()

    def _go_to_sync(self) -> None:
        if not self._window.is_locked:
            self._window.open(Route(Place.SYNC))


def is_online() -> bool:
    """Whether the machine has any connection to a network."""
    flag = QNetworkInterface.InterfaceFlag
    for each in QNetworkInterface.allInterfaces():
        flags = each.flags()
        if flags & flag.IsUp and flags & flag.IsRunning and not flags & flag.IsLoopBack:
            return True
    return False


def _read(services: Services, _ticket: Ticket) -> SharingState | None:
    return services.sharing_status.state()
