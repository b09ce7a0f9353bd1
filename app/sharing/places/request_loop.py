"""Requests that can be stopped at any moment: one event loop on a thread, asked from any other.

A blocking socket notices a wish to stop after its timeout only, and holds up the end of the program.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from typing import Any, TypeVar

from app.sharing.places.stopping import Stop, Stopped

_Answer = TypeVar("_Answer")


class RequestLoop:
    """Runs coroutines for threads that wait for them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._is_closed = False
        self._thread = threading.Thread(target=self._loop.run_forever, name="requests", daemon=True)
        self._thread.start()

    def run(self, question: Callable[[], Coroutine[Any, Any, _Answer]], stop: Stop) -> _Answer:
        """The coroutine's answer. Raises Stopped as soon as `stop` is asked for, or the loop is closed."""
        stop.check()
        if self._is_closed:
            raise Stopped
        future = asyncio.run_coroutine_threadsafe(question(), self._loop)
        with stop.calling(future.cancel):
            try:
                return future.result()
            except CancelledError:
                raise Stopped from None

    def close(self, last: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """Stop what still runs, then run `last` and end. Closing again does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result()
        if last:
            asyncio.run_coroutine_threadsafe(last(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
