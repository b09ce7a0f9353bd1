"""What time it is: the only place that asks the system."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

JAPAN = timezone(timedelta(hours=9), "JST")
"""Japan's time. A fixed offset: Japan has had no summer time since 1951, and Windows ships no zone tables."""


class Clock(Protocol):
    """Tells the time. Services are handed one, so that a test decides what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this device."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)
