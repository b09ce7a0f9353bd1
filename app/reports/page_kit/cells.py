"""Cells side by side, and where a row of them may be split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.reports.page_kit.setting import Align, SetLine
from app.reports.page_kit.styles import Style

PAD_X: Final = 4.0
PAD_Y: Final = 3.0
_WHOLE_UP_TO_LINES: Final = 6
_LEAST_ON_A_SIDE: Final = 2
_ROUNDING: Final = 0.001


class Cell(NamedTuple):
    """Set lines and how they stand in their box."""

    lines: Sequence[SetLine]
    style: Style
    align: Align = Align.LEFT
    fill: float | None = None
    is_middle: bool = False
    """Half-way down the row instead of at its top."""
    continued: Sequence[SetLine] = ()
    """What stands here on the next page, where the row is split (a label with （続き）)."""

    @property
    def height(self) -> float:
        """Height of the lines."""
        return len(self.lines) * self.style.leading

    def lines_in(self, height: float) -> int:
        """How many lines fit into `height`."""
        return int(height / self.style.leading + _ROUNDING)

    def first(self, count: int) -> Cell:
        """The part that stays when the row is split."""
        return self if self.continued else self._replace(lines=self.lines[:count])

    def rest(self, count: int) -> Cell:
        """The part that goes over to the next page."""
        return self._replace(lines=self.continued or self.lines[count:])


class Row:
    """Cells side by side; `edges` are the x of their borders, one more than there are cells."""

    def __init__(self, cells: Sequence[Cell], edges: Sequence[float], least_height: float = 0.0) -> None:
        self.cells = cells
        self.edges = edges
        self.height = max(least_height, max([cell.height for cell in cells]) + 2 * PAD_Y)
        """With the padding."""
        self.line_count = max([len(cell.lines) for cell in cells])
        """Lines of the longest cell."""

    def tighter(self, points: float) -> Row:
        """The same lines with less leading."""
        cells = [cell._replace(style=cell.style.tighter(points)) for cell in self.cells]
        return Row(cells, self.edges)

    @property
    def least_to_show(self) -> float:
        """Height without which nothing of this row may stand at the foot of a page."""
        if self.line_count <= _WHOLE_UP_TO_LINES:
            return self.height
        leading = max(cell.style.leading for cell in self.cells)
        return _LEAST_ON_A_SIDE * leading + 2 * PAD_Y

    def split(self, height: float) -> tuple[Row, Row] | None:
        """The part that fits into `height` and the rest; None for a short row or without a good place."""
        if self.line_count <= _WHOLE_UP_TO_LINES:
            return None
        longest = max(self.cells, key=lambda cell: cell.height)
        fitting = min(longest.lines_in(height - 2 * PAD_Y), len(longest.lines) - _LEAST_ON_A_SIDE)
        if fitting < _LEAST_ON_A_SIDE:
            return None
        depth = fitting * longest.style.leading
        upper = [cell.first(cell.lines_in(depth)) for cell in self.cells]
        lower = [cell.rest(cell.lines_in(depth)) for cell in self.cells]
        return Row(upper, self.edges), Row(lower, self.edges)
