"""Tables with a head that is repeated on each page, and grids of labels and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

from app.reports.page_kit import paper, styles
from app.reports.page_kit.cells import PAD_X, Cell, Row
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.ink import Fill, Rule
from app.reports.page_kit.rows import RowPlacer, height_together, place_rows
from app.reports.page_kit.setting import Align, put_lines, set_text, single
from app.reports.page_kit.styles import Style

_HEAD_HEIGHT: Final = 18.0
_GRID_ROW: Final = 20.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    head: str
    width_mm: float
    align: Align = Align.LEFT
    bold: bool = False


def edges_of(widths_mm: Iterable[float], left: float = paper.LEFT) -> list[float]:
    """Where the borders of columns are that stand side by side from `left` on."""
    return list(accumulate((width * paper.MM for width in widths_mm), initial=left))


class Table:
    """One text per column and record, lines shaded by turns."""

    def __init__(
        self, columns: Sequence[Column], records: Sequence[Sequence[str]], style: Style = styles.CELL
    ) -> None:
        self._columns = columns
        self._edges = edges_of(column.width_mm for column in columns)
        self._rows = [
            _table_row(columns, self._edges, record, style, number) for number, record in enumerate(records)
        ]

    @property
    def kept_height(self) -> float:
        """What must be free on a page so that the table may begin there."""
        return _HEAD_HEIGHT + height_together(self._rows)

    def place(self, flow: Flow) -> None:
        """Put the table down, its head repeated on each page."""

        def head(_continued: bool) -> None:
            _put_head(flow, self._columns, self._edges)

        flow.need(self.kept_height)
        place_rows(RowPlacer(flow, self._edges[0], self._edges[-1], head), self._rows)


def grid(
    flow: Flow, widths_mm: Sequence[float], records: Sequence[Sequence[str]], style: Style = styles.CELL
) -> None:
    """Boxes of label and value by turns. A record with fewer entries has a longer last value."""
    edges = edges_of(widths_mm)
    placer = RowPlacer(flow, edges[0], edges[-1])
    rows = []
    for record in records:
        borders = [*edges[: len(record)], edges[-1]]
        rows.append(Row(_grid_cells(record, borders, style), borders, _GRID_ROW))
    flow.need(height_together(rows))
    place_rows(placer, rows)


@cache
def label_cell(text: str, width: float) -> Cell:
    """A grey box with a bold label in its middle. Labels are few and come back on every page."""
    room = width - 2 * PAD_X
    return Cell(
        set_text(text, styles.LABEL, room),
        styles.LABEL,
        Align.CENTRE,
        styles.LABEL_FILL,
        is_middle=True,
        continued=set_text(f"{text}\n（続き）", styles.LABEL, room),
    )


def _grid_cells(record: Sequence[str], edges: Sequence[float], style: Style) -> list[Cell]:
    cells = []
    for number, text in enumerate(record):
        width = edges[number + 1] - edges[number]
        if number % 2:
            cells.append(Cell(set_text(text, style, width - 2 * PAD_X), style, is_middle=True))
        else:
            cells.append(label_cell(text, width))
    return cells


def _put_head(flow: Flow, columns: Sequence[Column], edges: Sequence[float]) -> None:
    page, top = flow.page, flow.y
    bottom = top - _HEAD_HEIGHT
    page.drawings.append(Fill(edges[0], bottom, edges[-1] - edges[0], _HEAD_HEIGHT, styles.HEAD_FILL))
    for number, column in enumerate(columns):
        start, end = edges[number], edges[number + 1]
        line = single(column.head, styles.LABEL, end - start)
        put_lines(page, [line], styles.LABEL, x=start, top=top - 2, width=end - start, align=Align.CENTRE)
        if number:
            page.drawings.append(Rule(start, top, start, bottom, styles.INNER, styles.INNER_GREY))
    page.drawings.append(Rule(edges[0], bottom, edges[-1], bottom, styles.OUTER))
    flow.y = bottom


def _table_row(
    columns: Sequence[Column], edges: Sequence[float], record: Sequence[str], style: Style, number: int
) -> Row:
    fill = styles.ZEBRA_FILL if number % 2 else None
    cells = []
    for place, (column, text) in enumerate(zip(columns, record, strict=True)):
        width = edges[place + 1] - edges[place] - 2 * PAD_X
        cells.append(Cell(set_text(text, style, width), style, column.align, fill))
    return Row(cells, edges)
