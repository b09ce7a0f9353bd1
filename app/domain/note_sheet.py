"""The lines of a 面談 as they are being typed, and which homework follows which decision.

A record stays with its text: Enter splits, and the upper part keeps id, mark and stamp; Backspace at the
start joins, and the upper line lives on; each pasted line is a line of its own. Where no text stays with the
upper line (Enter at the very start, an empty line above), the lower one keeps its record instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.order_keys import placed
from app.domain.terms import Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on the screen."""

    id: str
    text: str
    stamped_at: datetime
    order_key: str
    mark: Mark | None = None
    is_secret: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said with this line yet: no text, no mark, not 秘密."""
        return not self.text and self.mark is None and not self.is_secret

    @property
    def is_unmarked(self) -> bool:
        """Whether the line has words but neither a mark nor 秘密."""
        return bool(self.text.strip()) and self.mark is None and not self.is_secret


@dataclass(frozen=True, slots=True)
class Edit:
    """What one key press does to the record: lines to write and ids to withdraw."""

    put: tuple[Line, ...] = ()
    withdrawn: tuple[str, ...] = ()


class NoteSheet:
    """The lines in the order of their keys. `new_id` gives ids to new lines."""

    def __init__(self, lines: Sequence[Line], new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self.lines = sorted(lines, key=lambda line: (line.order_key, line.id))

    def index_of(self, line_id: str) -> int | None:
        """Where a line stands; None when it is not on the sheet."""
        return next((index for index, line in enumerate(self.lines) if line.id == line_id), None)

    def insert(self, index: int, text: str, now: datetime, *, is_secret: bool = False) -> Line:
        """A new line at a place, stamped now."""
        left = self.lines[index - 1].order_key if index else None
        right = self.lines[index].order_key if index < len(self.lines) else None
        line = Line(self._new_id(), text, now, placed(left, right, now), is_secret=is_secret)
        self.lines.insert(index, line)
        return line

    def retype(self, index: int, text: str) -> Edit:
        """Give a line the text it now has."""
        return self._put(index, replace(self.lines[index], text=text))

    def rewrite(self, first: int, count: int, texts: Sequence[str], now: datetime) -> Edit:
        """The `count` lines from `first` on now hold `texts`, one line each; both are at least one.

        This is Enter, Backspace at a start, Del at an end, pasting and deleting over several lines. Text that
        comes out of a 秘密 line stays 秘密 wherever it lands.
        """
        old = self.lines[first : first + count]
        is_secret = any(line.is_secret for line in old)
        heads, bodies = old, list(texts)
        if _last_stays(old, texts):
            heads, bodies = old[:-1], bodies[:-1]
        kept: list[Line] = []
        if heads and bodies:
            changed = bodies[0] != heads[0].text
            secret = heads[0].is_secret or (is_secret and changed and bool(bodies[0]))
            kept = [replace(heads[0], text=bodies[0], is_secret=secret)]
        self.lines[first : first + len(heads)] = kept
        put = [*kept] if kept != heads[:1] else []
        for offset in range(len(kept), len(bodies)):
            text = bodies[offset]
            put.append(self.insert(first + offset, text, now, is_secret=is_secret and bool(text)))
        return Edit(tuple(put), tuple(line.id for line in heads[len(kept) :]))

    def remove(self, index: int) -> Edit:
        """Withdraw one line."""
        return Edit(withdrawn=(self.lines.pop(index).id,))

    def mark(self, index: int, mark: Mark | None) -> Edit:
        """Set the mark of a line, or clear it."""
        return self._put(index, replace(self.lines[index], mark=mark))

    def set_secret(self, index: int, *, is_secret: bool) -> Edit:
        """Make a line 秘密, or take that off."""
        return self._put(index, replace(self.lines[index], is_secret=is_secret))

    def stamp(self, index: int, now: datetime) -> Edit:
        """Give a line a new time; its place stays."""
        return self._put(index, replace(self.lines[index], stamped_at=now))

    def _put(self, index: int, line: Line) -> Edit:
        self.lines[index] = line
        return Edit(put=(line,))


def _last_stays(old: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether the lowest of several lines is whole, so that its record stays with it."""
    return (len(old) > 1 or len(texts) > 1) and texts[-1] == old[-1].text != ""


def decision_above(lines: Sequence[Line], index: int) -> int | None:
    """The 決定 that a 宿題 line follows, through nothing but other 宿題; None when it stands alone."""
    if lines[index].mark is not Mark.HOMEWORK:
        return None
    for above in range(index - 1, -1, -1):
        if lines[above].mark is Mark.DECISION:
            return above
        if lines[above].mark is not Mark.HOMEWORK:
            return None
    return None
