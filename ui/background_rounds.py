"""Rounds of synchronisation by themselves: at the start, after a save or sleep, at intervals, quietly."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.changes import Changes
from app.domain.round_pace import RoundPace
from app.errors import AppError, PlaceBusy, PlaceLineCut, PlaceUnreachable
from app.rows.sharing import RoundReport
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.sharing_background import BackgroundRound

LOOK_MS = 250
"""How often a running round is looked at."""
SLEPT_S = 90
"""The clock on the wall has gone on so much further than the timers: the machine slept."""
_WATCH_MS = 30_000

_PASSING: Mapping[str, type[AppError]] = {
    each.code: each for each in (PlaceBusy, PlaceLineCut, PlaceUnreachable)
}
"""What broke off the sending of a round that otherwise came to its end, and is tried again soon."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoundsState:
    """`is_going` with `done` of `total` objects; else what went wrong last, and when it is tried again."""

    is_going: bool = False
    done: int = 0
    total: int = 0
    fault: AppError | None = None
    retry_s: int = 0


class BackgroundRounds(QObject):
    """Belongs to the program, as long as one store is open. Asks nobody anything; tells only `changed`."""

    changed = Signal()
    """`state` is another one."""
    ended = Signal()
    """A round has ended, in whatever way: the store may know more."""
    _came = Signal(object)
    _prepared = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="round")
        self._running: BackgroundRound | None = None
        self._future: Future[None] | None = None
        self._state = RoundsState()
        self._is_prepared = False
        self._is_resting = True
        self._is_wanted_again = False
        self._wishes: dict[str, bool] = {}
        self.pace = RoundPace(monotonic())
        self._due = self._timer(self._go, is_single=True)
        self._look = self._timer(self._show_progress)
        self._look.setInterval(LOOK_MS)
        self._watch = self._timer(self._watch_clock)
        self._watch.setInterval(_WATCH_MS)
        self._last_look = self._seconds()
        self._came.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._prepared.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> RoundsState:
        """How things are."""
        return self._state

    # what the program asks

    def begin(self) -> None:
        """The store is open, or unlocked again: begin with a round now."""
        self._is_resting = False
        self._last_look = self._seconds()
        self._watch.start()
        self.pace.want_now(monotonic())
        self._thread.submit(self._prepare)

    def rest(self) -> None:
        """The window is locked: end what runs, and begin nothing."""
        self._is_resting = True
        self._is_wanted_again = False
        for timer in (self._due, self._watch):
            timer.stop()
        if self._running is not None:
            self._running.stop()

    def saved(self, changes: Changes) -> None:
        """Something was written here."""
        if changes.origin == "here":
            self.pace.saved(monotonic())
            self._wait()

    def ask_now(self, **wishes: bool) -> None:
        """A person wants a round now; one that runs is followed by another."""
        self._wishes = wishes
        self.pace.want_now(monotonic())
        self._is_wanted_again = self._running is not None
        self._wait()

    def cancel(self) -> None:
        """A person wants the running round to end; the next one comes in its time."""
        self._is_wanted_again = False
        if self._running is not None:
            self._running.stop()

    def close(self, tasks: TaskRunner) -> None:
        """End, and let the store thread wait for that before it closes the store."""
        self.rest()
        self._look.stop()
        self._came.disconnect(self._ended)
        self._prepared.disconnect(self._begin)
        if self._future is not None:
            tasks.run(partial(_await, self._future))
        self._thread.shutdown(wait=False, cancel_futures=True)

    # one round

    def _prepare(self) -> None:
        """On the round's thread: import what a window without a team never needs."""
        import_module("app.services.sharing_background")
        self._prepared.emit()

    def _begin(self) -> None:
        self._is_prepared = True
        self._wait()

    def _wait(self) -> None:
        if self._is_prepared and not self._is_resting and self._running is None:
            self._due.start(round(self.pace.wait_s(monotonic()) * 1000))

    def _go(self) -> None:
        if self._is_resting or self._running is not None:
            return
        from app.services.sharing_background import BackgroundRound

        wishes, self._wishes = self._wishes, {}
        self._running = BackgroundRound(self._services.place)
        self._future = self._thread.submit(self._run, self._running, wishes)
        self._show(RoundsState(is_going=True, fault=self._state.fault))
        self._look.start()

    def _run(self, going: BackgroundRound, wishes: dict[str, bool]) -> None:
        """On the round's thread."""
        try:
            self._came.emit(going.run(**wishes))
        except Exception as fault:  # noqa: BLE001 - told on the window's thread
            self._came.emit(fault)

    def _ended(self, came: RoundReport | Exception | None) -> None:
        self._look.stop()
        self._running = self._future = None
        now = monotonic()
        if isinstance(came, Exception):
            self._failed(came, now)
        elif came is not None and came.fault in _PASSING:
            self._failed(_PASSING[came.fault](), now)
        else:
            self.pace.went_well(now)
            self._show(RoundsState())
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.pace.want_now(now)
        self.ended.emit()
        self._wait()

    def _failed(self, fault: Exception, now: float) -> None:
        self.pace.failed(now)
        if not isinstance(fault, AppError):
            _log.error("a defect: %s", type(fault).__name__, exc_info=fault)
        told = fault if isinstance(fault, AppError) else None
        self._show(RoundsState(fault=told, retry_s=self.pace.pause_s))

    # looking

    def _show_progress(self) -> None:
        if self._running is not None:
            progress = self._running.progress
            self._show(RoundsState(True, progress.done, progress.total, self._state.fault))

    def _show(self, state: RoundsState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    def _watch_clock(self) -> None:
        now = self._seconds()
        if now - self._last_look > SLEPT_S:
            self.pace.want_now(monotonic())
            self._wait()
        self._last_look = now

    def _seconds(self) -> float:
        return self._services.place.now().timestamp()

    def _timer(self, act: Callable[[], None], *, is_single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(is_single)
        timer.timeout.connect(act)
        return timer


def _await(future: Future[None], _ticket: Ticket) -> None:
    future.exception()
