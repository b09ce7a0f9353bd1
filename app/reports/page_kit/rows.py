"""Rows that go on from page to page: the one engine under grids, tables and cards.

On each page the rows stand in one frame. A row that does not fit moves whole when it is short, and otherwise
splits between lines with at least two on either side; a cell may be longer than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X, PAD_Y, Cell, Row
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.setting import put_lines

_MOST_TOGETHER: Final = 6

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
    _segment: _Segment | None = field(default=None, init=False)

    def place(self, row: Row) -> None:
        """Put `row` down, over as many pages as it needs."""
        rest: Row | None = row
        while rest is not None:
            rest = self._place_part(rest)

    def close(self) -> None:
        """Draw the frame around what stands on this page."""
        if self._segment is not None:
            self._segment.draw(self.left, self.right, self.outer)
            self._segment = None

    def _place_part(self, row: Row) -> Row | None:
        """Put down what fits of `row`; returns what is left."""
        segment = self._segment or self._open(continued=False)
        if row.height <= self.flow.room:
            self._draw(row, segment)
            return None
        parts = row.split(self.flow.room)
        if parts is not None:
            self._draw(parts[0], segment)
        self.close()
        self.flow.start_page()
        self._open(continued=True)
        return parts[1] if parts is not None else row

    def _open(self, *, continued: bool) -> _Segment:
        """Begin the frame here, with the head."""
        self._segment = _Segment(self.flow)
        if self.head is not None:
            self.head(continued)
        return self._segment

    def _draw(self, row: Row, segment: _Segment) -> None:
        page, top = self.flow.page, self.flow.y
        self.flow.y = top - row.height
        segment.add(row, top, self.flow.y)
        for cell, (start, end) in zip(row.cells, pairwise(row.edges), strict=True):
            inset = (row.height - cell.height) / 2 if cell.is_middle else PAD_Y
            put_lines(
                page,
                cell.lines,
                cell.style,
                x=start + PAD_X,
                top=top - inset,
                width=end - start - 2 * PAD_X,
                align=cell.align,
            )


class _Segment:
    """What the rows of one page have in common: areas of grey, rules between them, and the frame."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._top = flow.y
        self._under = len(flow.page.drawings)
        self._areas: dict[tuple[float, float, float], list[tuple[float, float]]] = {}
        self._rows: list[tuple[float, float, Sequence[float]]] = []

    def add(self, row: Row, top: float, bottom: float) -> None:
        """Remember the shape of `row`."""
        self._rows.append((top, bottom, row.edges))
        for cell, (start, end) in zip(row.cells, pairwise(row.edges), strict=True):
            if cell.fill is not None:
                self._shade(cell, start, end, top, bottom)

    def draw(self, left: float, right: float, outer: float) -> None:
        """Draw everything, greys under all else so that they cover no rule."""
        drawings, bottom = self._flow.page.drawings, self._flow.y
        drawings[self._under : self._under] = [
            Fill(start, low, end - start, high - low, grey)
            for (start, end, grey), areas in self._areas.items()
            for high, low in areas
        ]
        inner = (styles.INNER, styles.INNER_GREY)
        drawings += [Rule(x, high, x, low, *inner) for x, high, low in self._columns()]
        drawings += [Rule(left, low, right, low, *inner) for _, low, _ in self._rows[:-1]]
        drawings.append(Frame(left, bottom, right - left, self._top - bottom, outer))

    def _shade(self, cell: Cell, start: float, end: float, top: float, bottom: float) -> None:
        """Shade a cell; one under another of the same grey becomes one area with it."""
        areas = self._areas.setdefault((start, end, cell.fill or 0.0), [])
        if areas and areas[-1][1] == top:
            areas[-1] = (areas[-1][0], bottom)
        else:
            areas.append((top, bottom))

    def _columns(self) -> list[tuple[float, float, float]]:
        """Each rule between columns as x, upper and lower end, as long as the columns stay the same."""
        columns: list[tuple[float, float, float]] = []
        growing: tuple[float, Sequence[float]] = (self._top, ())
        for top, bottom, edges in self._rows:
            if edges != growing[1]:
                growing = (top, edges)
            else:
                del columns[len(columns) - len(edges) + 2 :]
            columns += [(x, growing[0], bottom) for x in edges[1:-1]]
        return columns


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
