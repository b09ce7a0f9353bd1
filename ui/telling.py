"""What the program says above the screens, or on the page that covers them; and the next steps it offers."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.clock import JAPAN
from app.errors import AppError, Defect, StoppedBefore
from ui.entrance import Entrance
from ui.main_window import MainWindow
from ui.navigation import Place, Route
from ui.tasks import TaskRunner, Ticket
from ui.wording import Message, error_message, message

if TYPE_CHECKING:
    from app.rows.today import Waiting
    from app.services.directory import Services

_BACKUP_OF = {"store.records_unreadable": "newest"}
"""By code: the backup that the next step begins with, item by item; else the list of them."""
_REPORT = "報告を作る (送る前に中身を見られます)"

_log = logging.getLogger(__name__)


class Telling(QObject):
    """Knows where a message belongs: above the screens, on the covering page, or at the start, once."""

    def __init__(self, window: MainWindow, entrance: Entrance, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._entrance = entrance
        self._tasks = tasks
        self.services: Services | None = None
        """The open store; None before and after."""
        self.first: Message | None = None
        """What led to this window, to be said when its screens are there."""
        window.message_acted.connect(self._take_next_step)
        window.message_acted_otherwise.connect(self._show_report)
        tasks.failed_unheard.connect(self.tell_fault)

    def tell_fault(self, fault: Exception) -> None:
        """Something went wrong that nobody who asked for it hears of."""
        told = fault_message(fault)
        if self._window.is_locked:
            self._entrance.tell(replace(told, action=""))
        else:
            told = told if told.code == Defect.code else replace(told, action="")
            self._window.warn(told, "warn" if isinstance(fault, AppError) else "danger")

    def tell_defect(self, _report: str) -> None:
        """The program met what it was not made for; the log has it already."""
        told = message(Defect.code)
        if self._window.is_locked:
            self._entrance.tell(replace(told, action=""))
        else:
            self._window.warn(told, "danger")

    # at the start

    def tell_first(self) -> bool:
        """Say what led here, if anything did."""
        if self.first is not None:
            self._window.warn(self.first, "warn" if self.first.number else "ok")
        return self.first is not None

    def tell_stop(self, services: Services) -> None:
        """Say until when the text of a run that ended unexpectedly is there."""
        self._tasks.run(partial(_stopped_before, services), self._stop_read)

    def _stop_read(self, stopped: StoppedBefore | None) -> None:
        if stopped is not None:
            self._window.warn(error_message(stopped), "info", other=_REPORT)

    # next steps

    def _take_next_step(self, shown: Message) -> None:
        # Imported here: the window shows its first page before anything of sharing is needed.
        from ui.sharing_news import step_of

        if shown.code == StoppedBefore.code:
            self._go_on()
        elif shown.code == Defect.code:
            self._show_report(shown)
        elif shown.code.startswith("store."):
            self._window.open(Route(Place.SETTINGS, tab="backups", item_id=_BACKUP_OF.get(shown.code)))
        elif (step := step_of(shown.code)) is not None:
            self._window.open(step)
        elif shown.code.startswith(("team.", "invitation.", "sheet.")):
            self._window.open(Route(Place.TEAM))
        elif shown.code.startswith("place."):
            self._window.open(Route(Place.TEAM, tab="place"))
        elif shown.code.startswith("keyring."):
            self._window.open(Route(Place.SETTINGS, tab="keys"))

    def _show_report(self, _shown: Message) -> None:
        self._window.open(Route(Place.SETTINGS, tab="support"))

    def _go_on(self) -> None:
        """Where text was left, the newest first; without any, 今日 is the place to go on from."""
        if self.services is not None:
            self._tasks.run(partial(_left_text, self.services), self._go_to_left)

    def _go_to_left(self, waiting: Waiting | None) -> None:
        from ui.screens.today.presenter import waiting_route

        self._window.open(waiting_route(waiting) if waiting else Route(Place.TODAY))


def fault_message(fault: Exception) -> Message:
    """The words for what went wrong; a defect goes to the log with all there is to know."""
    if isinstance(fault, AppError):
        return error_message(fault)
    _log.error("a defect: %s", type(fault).__name__, exc_info=fault)
    return message(Defect.code)


def _stopped_before(services: Services, _ticket: Ticket) -> StoppedBefore | None:
    """None where nothing had been typed yet."""
    until = services.today.kept_until()
    if until is None:
        return None
    from app.domain.calendar import western_moment

    moment, today = until.astimezone(JAPAN), services.place.today()
    return StoppedBefore(until=f"{moment:%H:%M}" if moment.date() == today else western_moment(moment))


def _left_text(services: Services, _ticket: Ticket) -> Waiting | None:
    from app.rows.today import WaitingKind

    return next((each for each in services.today.board().waiting if each.kind is WaitingKind.DRAFTS), None)
