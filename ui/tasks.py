"""Work off the window's thread: one store thread, so that database work never races itself, and a side pool.

Answers come back on the window's thread. Workers receive and return plain values, never widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from inspect import ismethod
from typing import Any, Generic, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

Answer = TypeVar("Answer")
Failed = Callable[[Exception], None]
Late = Callable[[Callable[[], bool]], object]
SIDE_THREADS = 2
LATE_MS = 500
"""With a second of rest before a draft is written, its text is on a disk within two seconds."""


class Ticket:
    """One piece of work; a cancelled one never calls back. Long work looks at `cancelled` between steps."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        """The answer is no longer wanted."""
        self.cancelled = True


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[Answer]):
    ticket: Ticket
    call: Callable[[], Callable[[Any], None] | None]
    answer: Any
    is_failure: bool = False


class TaskRunner(QObject):
    """Runs work on the store thread or in the side pool. Belongs to the program, outlives every screen."""

    failed_unheard = Signal(object)
    """An exception of work that gave no `failed`, or whose `failed` is gone: the window shows it."""
    failing = Signal(object)
    """Any exception of any work, before whoever asked for the work hears of it."""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._side = ThreadPoolExecutor(SIDE_THREADS, thread_name_prefix="side")
        self._late = ThreadPoolExecutor(1, thread_name_prefix="late")
        self._is_closed = False
        self.failures = 0
        """How much work of the store thread failed so far; exact when read on that thread."""
        # Queued also when the work was done before the callback was added: no answer arrives inside `run`.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Ticket], Answer],
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
        *,
        side: bool = False,
        late: Late | None = None,
    ) -> Ticket:
        """Run `work(ticket)` and call `done(answer)` or `failed(error)` on the window's thread.

        Methods of a widget, also as `partial`, are held weakly, so a closed screen is not kept alive and not
        called; a failure then goes to `failed_unheard`.
        `side` is for work that does not touch the store's own connection: printing, sealing, reading files.
        `late(is_done)` is called on a thread of its own when the work has not ended after LATE_MS, because
        others hold its thread; `is_done` tells whether it has ended meanwhile.
        """
        ticket = Ticket()
        future = (self._side if side else self._store).submit(work, ticket)
        if not side:
            future.add_done_callback(self._count_failure)
        future.add_done_callback(partial(self._report, ticket, _weakly(done), _weakly(failed)))
        if late is not None:
            QTimer.singleShot(LATE_MS, self, partial(self._look_whether_done, future, late))
        return ticket

    def _look_whether_done(self, future: Future[Any], late: Late) -> None:
        if not future.done() and not self._is_closed:
            self._late.submit(late, future.done)

    def close(self) -> None:
        """Wait for what is running; work that has not begun is dropped from the side pool only.

        Nobody is called back afterwards: whoever asked is closing, and would only ask again.
        """
        self._is_closed = True
        self._store.shutdown(wait=True)
        for pool in (self._side, self._late):
            pool.shutdown(wait=True, cancel_futures=True)
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)

    def _count_failure(self, future: Future[Any]) -> None:
        """On the store thread, before its next work begins."""
        if not future.cancelled() and future.exception() is not None:
            self.failures += 1

    def _report(
        self,
        ticket: Ticket,
        done: Callable[[], Callable[[Any], None] | None],
        failed: Callable[[], Callable[[Any], None] | None],
        future: Future[Any],
    ) -> None:
        """On the worker's thread: send the outcome over."""
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._finished.emit(_Outcome(ticket, done, future.result()))
        else:
            self._finished.emit(_Outcome(ticket, partial(self._who_hears, failed), error, is_failure=True))

    def _who_hears(self, failed: Callable[[], Callable[[Any], None] | None]) -> Callable[[Any], None]:
        """A failure is told even when its screen was closed meanwhile: what was asked for is not done."""
        return failed() or self.failed_unheard.emit

    def _deliver(self, outcome: _Outcome[Any]) -> None:
        if outcome.is_failure:
            self.failing.emit(outcome.answer)
        if outcome.ticket.cancelled:
            return
        call = outcome.call()
        if call is not None:
            call(outcome.answer)


def _weakly(call: Callable[[Any], None] | None) -> Callable[[], Callable[[Any], None] | None]:
    if call is None:
        return _nobody
    given = partial(call)
    if not ismethod(given.func):
        return partial(_itself, call)
    return partial(_if_alive, WeakMethod(given.func), given.args, given.keywords)


def _nobody() -> None:
    return None


def _itself(call: Callable[[Any], None]) -> Callable[[Any], None]:
    return call


def _if_alive(
    method: WeakMethod[Any], values: tuple[Any, ...], named: Mapping[str, Any]
) -> Callable[[Any], None] | None:
    call = method()
    if call is None or (isinstance(call.__self__, QObject) and not isValid(call.__self__)):
        return None
    return partial(call, *values, **named)
