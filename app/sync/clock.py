"""A clock for ordering changes: follows the wall clock, never runs back, and is not led astray."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

COUNTER_BITS: Final = 16
MOST_AHEAD_MS: Final = 10 * 60 * 1000
SLIP_MS: Final = 24 * 60 * 60 * 1000
"""A wall clock that goes back further than this was set right, and did not slip."""


class HybridClock:
    """Times as integers: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.

    Used by one thread.
    """

    def __init__(self, now_ms: Callable[[], int], last: int = 0) -> None:
        """Start after `last`, the greatest time in the store, unless that is far ahead of the wall clock.

        A store that was once used with a clock years ahead thus gets over it at the next start.
        """
        self._now_ms = now_ms
        self._last = 0
        self.observe(last)

    def tick(self) -> int:
        """A time later than every time given or adopted before, unless the wall clock was set right."""
        now_ms = self._now_ms()
        if self._last >= (now_ms + SLIP_MS) << COUNTER_BITS:
            self._last = 0
        # A full counter carries into the milliseconds by itself.
        self._last = max(now_ms << COUNTER_BITS, self._last + 1)
        return self._last

    def observe(self, remote: int) -> None:
        """Adopt another device's time, if it is less than 10 minutes ahead of the wall clock."""
        if remote > self._last and is_near(remote, self._now_ms()):
            self._last = remote


def is_near(remote: int, now_ms: int) -> bool:
    """Whether the time after `remote` is still at most 10 minutes ahead of the wall clock."""
    return remote < (now_ms + MOST_AHEAD_MS) << COUNTER_BITS
