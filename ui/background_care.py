"""What the program does for the store by itself once it is open: the daily backup, the monthly check."""

from __future__ import annotations

import logging
import tomllib
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from ui.tasks import TaskRunner, Ticket
from ui.wording import Message, error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.store_reports import StoreReport

MOST_NEWS = 5
_log = logging.getLogger(__name__)


class BackgroundCare(QObject):
    """Belongs to the program; its work waits for nobody and stops nobody."""

    backed_up = Signal()
    found = Signal(object)
    """The Message that the monthly check has to tell."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services

    def begin(self) -> None:
        """Make the backup of the day if there is none yet, then check if a month has gone by."""
        self._tasks.run(partial(_back_up_if_due, self._services), self._backed_up, side=True)

    def _backed_up(self, was_made: bool) -> None:
        if was_made:
            self.backed_up.emit()
        self._tasks.run(partial(_is_check_due, self._services), self._check)

    def _check(self, is_due: bool) -> None:
        if is_due:
            self._tasks.run(partial(_look, self._services), self._looked, side=True)

    def _looked(self, report: StoreReport) -> None:
        self._tasks.run(partial(_settle, self._services, report), self._settled)

    def _settled(self, told: AppError | None) -> None:
        _log.info("checked: %s", told.code if told else "0")
        if told is not None:
            self.found.emit(error_message(told))


def news(version: str, *, was_upgraded: bool) -> Message:
    """What this version brought, in at most five lines, and that the store was brought along."""
    known = tomllib.loads(files("resources").joinpath("wording", "news.toml").read_text("utf-8"))
    lines = [f"・{line}" for line in known.get(version, {}).get("lines", ())[:MOST_NEWS]]
    if was_upgraded:
        lines.append("記録を新しい形に直しました。直す前の控えは「控えと書き出し」にあります。")
    return Message(f"版 {version} になりました", "\n".join(lines))


def _back_up_if_due(services: Services, _ticket: Ticket) -> bool:
    is_due = services.backups.is_due()
    if is_due:
        services.backups.make()
    return is_due


def _is_check_due(services: Services, _ticket: Ticket) -> bool:
    return services.self_checks.is_due()


def _look(services: Services, _ticket: Ticket) -> StoreReport:
    return services.self_checks.look()


def _settle(services: Services, report: StoreReport, _ticket: Ticket) -> AppError | None:
    return services.self_checks.settle(report)
