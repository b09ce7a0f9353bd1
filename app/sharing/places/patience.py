"""Trying again a little, and keeping quiet for as long as a server asked."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from app.sharing.places.place import Failed, Trouble, failed

TRIES: Final = 3
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 5.0
"""A server that asks for more is left alone until the round after."""
LONGEST_QUIET_S: Final = 3600.0
_PASSING: Final = frozenset((Trouble.CUT, Trouble.BUSY))

_Done = TypeVar("_Done")


class Patience:
    """One per place, shared by its requests. Used on one event loop."""

    def __init__(
        self,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause = pause
        self._now_s = now_s
        self._quiet_until = float("-inf")

    async def through(self, attempt: Callable[[], Awaitable[_Done]]) -> _Done | Failed:
        """What came of the attempt, tried again while its trouble may pass by itself."""
        answer: _Done | Failed = await self._once(attempt)
        for tried in range(1, TRIES):
            if not isinstance(answer, Failed) or answer.trouble not in _PASSING or self._quiet_s() > 0:
                return answer
            await self._pause(FIRST_PAUSE_S * 2 ** (tried - 1) * random.uniform(1, 1.5))  # noqa: S311
            answer = await self._once(attempt)
        return answer

    def asked_for(self, seconds: float) -> None:
        """A server asked to be left alone for so long."""
        if seconds > LONGEST_PAUSE_S:
            self._quiet_until = max(self._quiet_until, self._now_s() + min(seconds, LONGEST_QUIET_S))

    async def _once(self, attempt: Callable[[], Awaitable[_Done]]) -> _Done | Failed:
        quiet_s = self._quiet_s()
        return failed(Trouble.BUSY, retry_after_s=quiet_s) if quiet_s > 0 else await attempt()

    def _quiet_s(self) -> float:
        return self._quiet_until - self._now_s()


def retry_after_s(header: str, now_s: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3) at this Unix time; None if it is none."""
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), LONGEST_QUIET_S)
    try:
        return min(max(0.0, parsedate_to_datetime(header).timestamp() - now_s), LONGEST_QUIET_S)
    except (ValueError, OverflowError):
        return None
