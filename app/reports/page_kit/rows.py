"""Rows of cells that go on from page to page: the one engine under grids, tables and cards.

On each page the rows stand in one frame. A row that does not fit moves whole when it is short, and otherwise
splits between lines with at least two on either side; a cell may be longer than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from app.reports.page_kit import paper, styles
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.setting import Align, SetLine, put_lines
from app.reports.page_kit.styles import Style

PAD_X: Final = 4.0
PAD_Y: Final = 3.0
_WHOLE_UP_TO_LINES: Final = 6
_MOST_TOGETHER: Final = 6
_LEAST_ON_A_SIDE: Final = 2
_ROUNDING: Final = 0.001


@dataclass(frozen=True, slots=True)
class Cell:
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
        return self if self.continued else replace(self, lines=self.lines[:count])

    def rest(self, count: int) -> Cell:
        """The part that goes over to the next page."""
        return replace(self, lines=self.continued or self.lines[count:])


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; `edges` are the x of their borders, one more than there are cells."""

    cells: Sequence[Cell]
    edges: Sequence[float]
    least_height: float = 0.0

    @property
    def height(self) -> float:
        """Height with the padding."""
        return max(self.least_height, max(cell.height for cell in self.cells) + 2 * PAD_Y)

    @property
    def line_count(self) -> int:
        """Lines of the longest cell."""
        return max(len(cell.lines) for cell in self.cells)

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
        return replace(self, cells=upper, least_height=0.0), replace(self, cells=lower, least_height=0.0)


Head = Callable[[bool], None]
"""Draws what stands above the rows on each page, moving the flow; told whether this is a continuation."""


@dataclass(slots=True)
class RowPlacer:
    """Puts rows down one after the other, and a frame around those of each page."""

    flow: Flow
    left: float
    right: float
    head: Head | None = None
    outer: float = styles.OUTER
    _top: float | None = field(default=None, init=False)

    def place(self, row: Row) -> None:
        """Put `row` down, over as many pages as it needs."""
        rest: Row | None = row
        while rest is not None:
            rest = self._place_part(rest)

    def close(self) -> None:
        """Draw the frame around what stands on this page."""
        if self._top is not None:
            height = self._top - self.flow.y
            self.flow.page.drawings.append(
                Frame(self.left, self.flow.y, self.right - self.left, height, self.outer)
            )
            self._top = None

    def open(self, *, continued: bool = False) -> None:
        """Begin the frame here, with the head."""
        self._top = self.flow.y
        if self.head is not None:
            self.head(continued)

    def _place_part(self, row: Row) -> Row | None:
        """Put down what fits of `row`; returns what is left."""
        if self._top is None:
            self.open()
        if row.height <= self.flow.room:
            self._draw(row)
            return None
        parts = row.split(self.flow.room)
        if parts is not None:
            self._draw(parts[0])
        self._turn_page()
        return parts[1] if parts is not None else row

    def _turn_page(self) -> None:
        self.close()
        self.flow.start_page()
        self.open(continued=True)

    def _draw(self, row: Row) -> None:
        top, bottom = self.flow.y, self.flow.y - row.height
        page = self.flow.page
        for cell, (start, end) in zip(row.cells, pairwise(row.edges), strict=True):
            if cell.fill is not None:
                page.drawings.append(Fill(start, bottom, end - start, top - bottom, cell.fill))
            inset = (top - bottom - cell.height) / 2 if cell.is_middle else PAD_Y
            put_lines(
                page,
                cell.lines,
                cell.style,
                x=start + PAD_X,
                top=top - inset,
                width=end - start - 2 * PAD_X,
                align=cell.align,
            )
        self._rule(row, top, bottom)
        self.flow.y = bottom

    def _rule(self, row: Row, top: float, bottom: float) -> None:
        rules = [Rule(x, top, x, bottom, styles.INNER, styles.INNER_GREY) for x in row.edges[1:-1]]
        rules.append(Rule(self.left, bottom, self.right, bottom, styles.INNER, styles.INNER_GREY))
        self.flow.page.drawings.extend(rules)


def height_together(rows: Sequence[Row]) -> float:
    """What must be free so that `rows` may begin: up to six stay on one page when they fit on one."""
    whole = sum(row.height for row in rows)
    if len(rows) <= _MOST_TOGETHER and whole <= paper.TOP - paper.BOTTOM:
        return whole
    return rows[0].least_to_show


def place_rows(placer: RowPlacer, rows: Sequence[Row]) -> None:
    """Put `rows` down within one frame for each page."""
    for row in rows:
        placer.place(row)
    placer.close()
