"""Undo of typing that is not yet a change: bursts of the focused line, as commits and pauses part them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(seconds=1)
"""Single characters that follow each other faster are one burst; a committed conversion is one by itself."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The text of the line before and after."""

    before: str
    after: str

    @property
    def column_before(self) -> int:
        """Behind the last character that differs, in the text before (in characters)."""
        return len(self.before) - _shared_end(self.before, self.after)

    @property
    def column_after(self) -> int:
        """The same in the text after."""
        return len(self.after) - _shared_end(self.before, self.after)


class TypingHistory:
    """The bursts of one line. Typing in another line begins anew."""

    def __init__(self) -> None:
        self._line_id = ""
        self._done: list[Burst] = []
        self._undone: list[Burst] = []
        self._last_at: datetime | None = None

    def typed(self, line_id: str, before: str, after: str, at: datetime) -> None:
        """Remember that the line went from one text to another."""
        if line_id != self._line_id:
            self.clear()
            self._line_id = line_id
        self._undone.clear()
        is_single = abs(len(after) - len(before)) == 1
        if is_single and self._goes_on(before, after, at):
            self._done[-1] = Burst(self._done[-1].before, after)
        else:
            self._done.append(Burst(before, after))
        self._last_at = at if is_single else None

    def undo(self) -> tuple[str, Burst] | None:
        """The line and its newest burst, to be taken back; None when there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> tuple[str, Burst] | None:
        """The line and the burst taken back last, to be done again; None when there is none."""
        return self._step(self._undone, self._done)

    def part(self) -> None:
        """What follows is a burst of its own: the input method committed something."""
        self._last_at = None

    def clear(self) -> None:
        """The typing has become a change, or the caret has left the line."""
        self._done.clear()
        self._undone.clear()
        self._last_at = None

    def _goes_on(self, before: str, after: str, at: datetime) -> bool:
        """Whether this is the same run of typing, or of deleting, as the last burst."""
        if not self._done or self._last_at is None or at - self._last_at >= PAUSE:
            return False
        last = self._done[-1]
        return last.after == before and (len(last.after) > len(last.before)) == (len(after) > len(before))

    def _step(self, source: list[Burst], target: list[Burst]) -> tuple[str, Burst] | None:
        if not source:
            return None
        target.append(source.pop())
        self._last_at = None
        return self._line_id, target[-1]


def _shared_end(one: str, other: str) -> int:
    count = 0
    longest = min(len(one), len(other))
    while count < longest and one[-1 - count] == other[-1 - count]:
        count += 1
    return count
