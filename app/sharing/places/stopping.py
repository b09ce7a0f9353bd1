"""A person's wish to stop, heard by every verb at once (design-sync 6.8: cancel at any point is safe)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """The verb was stopped before it knew what came of it: the object may lie there, or in part, or not."""


class Stop:
    """One wish, asked for once and from any thread."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._guard = threading.Lock()
        self._calls: list[Callable[[], object]] = []

    def ask(self) -> None:
        """Stop what goes on, and what begins later. The callbacks run on this thread."""
        with self._guard:
            self._asked.set()
            calls, self._calls = self._calls, []
        for call in calls:
            call()

    def check(self) -> None:
        """Raise Stopped if it was asked for."""
        if self._asked.is_set():
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Pause; raise Stopped as soon as it is asked for."""
        if self._asked.wait(seconds):
            raise Stopped

    @contextmanager
    def calling(self, call: Callable[[], object]) -> Iterator[None]:
        """Have `call` called once if it is asked for within, or was before."""
        with self._guard:
            was_asked = self._asked.is_set()
            if not was_asked:
                self._calls.append(call)
        if was_asked:
            call()
        try:
            yield
        finally:
            with self._guard:
                if call in self._calls:
                    self._calls.remove(call)
