"""A step of undo that takes more than a second says how far it is, at the foot of the window.

Where no button was pressed there is none to take the place of (design-ux 2.14); a caret elsewhere goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

Direction = Literal["back", "forth"]
QUIET_MS, NEXT_MS = 1000, 250
_WORDS = {"back": "元に戻しています", "forth": "やり直しています"}
_WAITS = {"back": "先の変更を書いてから元に戻します", "forth": "先の変更を書いてからやり直します"}


@dataclass(slots=True)
class Count:
    """How many records of a step are done; the store thread counts, the window reads."""

    direction: Direction
    steps: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])

    def __call__(self, done: int, of: int) -> None:
        """So many are done, of so many."""
        self.steps[0] = (done, of)

    def words(self) -> str:
        """Such as 「元に戻しています 1,200/3,000件」."""
        done, of = self.steps[0]
        return f"{_WORDS[self.direction]} {done:,}/{of:,}件" if of else _WAITS[self.direction]


class StepProgress(QObject):
    """Steps run one after the other, in the order in which they were asked for."""

    said = Signal(str)
    """What to show; "" for nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: list[Count] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._say)

    def begin(self, direction: Direction) -> Count:
        """A step was asked for; it is to count in what is returned."""
        count = Count(direction)
        self._counts.append(count)
        if len(self._counts) == 1:
            self._timer.start(QUIET_MS)
        return count

    def end(self) -> None:
        """The oldest step has ended, well or not."""
        self._counts.pop(0)
        self.said.emit("")
        if self._counts:
            self._timer.start(QUIET_MS)
        else:
            self._timer.stop()

    def _say(self) -> None:
        self._timer.setInterval(NEXT_MS)
        self.said.emit(self._counts[0].words())
