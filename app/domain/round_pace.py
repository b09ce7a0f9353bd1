"""When the next round of synchronisation is due: after a save, at intervals, after a failure (6.8)."""

from __future__ import annotations

AFTER_SAVE_S = 20
INTERVAL_S = 5 * 60
PAUSES_S = (60, 5 * 60, 15 * 60)
"""After one failure, after the next, and after all that follow."""


class RoundPace:
    """Times are seconds of any clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self.due_at = now
        self.failures = 0

    @property
    def pause_s(self) -> int:
        """How long a failed round rests before it is tried again; 0 while all goes well."""
        return PAUSES_S[min(self.failures, len(PAUSES_S)) - 1] if self.failures else 0

    def wait_s(self, now: float) -> float:
        """Seconds until the next round."""
        return max(0.0, self.due_at - now)

    def want_now(self, now: float) -> None:
        """A person asks, the window has opened, or the machine woke up."""
        self.due_at = now

    def saved(self, now: float) -> None:
        """Something waits to be sent. It does not hasten what failed: that is tried in its own time."""
        if not self.failures:
            self.due_at = min(self.due_at, now + AFTER_SAVE_S)

    def went_well(self, now: float) -> None:
        """A round has ended."""
        self.failures = 0
        self.due_at = now + INTERVAL_S

    def failed(self, now: float) -> None:
        """A round could not do its work; the pauses grow."""
        self.failures += 1
        self.due_at = now + self.pause_s
