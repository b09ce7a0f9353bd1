"""The lines of a 面談 as they are being typed, and which homework follows which decision.

Rules of the lines: Enter splits, and the upper part keeps id, mark and stamp; Backspace at the start
joins, and the upper line lives on; each pasted line is a line of its own.
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

    def index_of(self, line_id: str) -> int:
        """Where a line stands. Raises StopIteration for an unknown id."""
        return next(index for index, line in enumerate(self.lines) if line.id == line_id)

    def insert(self, index: int, text: str, now: datetime) -> Line:
        """A new line at a place, stamped now."""
        left = self.lines[index - 1].order_key if index else None
        right = self.lines[index].order_key if index < len(self.lines) else None
        line = Line(self._new_id(), text, now, placed(left, right, now))
        self.lines.insert(index, line)
        return line

    def retype(self, index: int, text: str) -> Edit:
        """Give a line the text it now has."""
        self.lines[index] = replace(self.lines[index], text=text)
        return Edit(put=(self.lines[index],))

    def split(self, index: int, upper: str, lower: str, now: datetime) -> Edit:
        """Enter within a line: the upper part stays the line, the lower one is new."""
        kept = self.retype(index, upper).put
        return Edit(put=(*kept, self.insert(index + 1, lower, now)))

    def join(self, index: int) -> Edit:
        """Backspace at the start of a line: its text goes to the end of the one above."""
        lower = self.lines.pop(index)
        kept = self.retype(index - 1, self.lines[index - 1].text + lower.text).put
        return Edit(put=kept, withdrawn=(lower.id,))

    def remove(self, first: int, last: int) -> Edit:
        """Withdraw the lines from `first` to before `last`."""
        gone = self.lines[first:last]
        del self.lines[first:last]
        return Edit(withdrawn=tuple(line.id for line in gone))

    def paste(self, index: int, texts: Sequence[str], now: datetime) -> Edit:
        """Several lines at once, from a place on."""
        added = [self.insert(index + offset, text, now) for offset, text in enumerate(texts)]
        return Edit(put=tuple(added))

    def mark(self, index: int, mark: Mark | None) -> Edit:
        """Set the mark of a line, or clear it."""
        self.lines[index] = replace(self.lines[index], mark=mark)
        return Edit(put=(self.lines[index],))

    def set_secret(self, index: int, *, is_secret: bool) -> Edit:
        """Make a line 秘密, or take that off."""
        self.lines[index] = replace(self.lines[index], is_secret=is_secret)
        return Edit(put=(self.lines[index],))


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
