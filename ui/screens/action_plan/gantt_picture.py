"""What a 線表 looks like at one moment: rows, scale, columns, scroll, and the places in px they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF

from ui.screens.action_plan.gantt_geometry import AXIS, Line, Scale, Signpost
from ui.theme.theme import theme


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """x of the columns left of the time part, in px at 標準; None where there is no room for one."""

    number_right: int
    title: int
    owner: int | None
    status: int | None
    width: int

    @property
    def title_right(self) -> int:
        """Where the words of すること must stop."""
        return (self.owner or self.width) - 10


WIDEST = TaskColumns(38, 52, 382, 486, 560)
WIDE = TaskColumns(38, 52, 262, 366, 440)
NARROW = TaskColumns(32, 42, None, None, 290)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is painted; `x` and `y` are the scroll positions in device-independent px."""

    lines: Sequence[Line]
    scale: Scale
    columns: TaskColumns
    posts: Sequence[Signpost]
    today: date
    chosen: str
    has_focus: bool
    size: tuple[int, int]
    x: int
    y: int

    # places in the viewport

    @property
    def left(self) -> int:
        """Where the time part begins."""
        return theme().px(self.columns.width)

    @property
    def top(self) -> int:
        """Where the rows begin."""
        return theme().px(AXIS)

    def row_rect(self, line: Line) -> QRectF:
        """The whole row."""
        factor = theme().metrics.factor
        top = round(line.top * factor)
        return QRectF(
            0, self.top + top - self.y, self.size[0], round((line.top + line.height) * factor) - top
        )

    def at(self, x: float) -> float:
        """An x of the time part."""
        return self.left + x * theme().metrics.factor - self.x

    def shown(self) -> list[Line]:
        """The rows in sight."""
        whole = QRectF(0, self.top, *self.size)
        return [line for line in self.lines if self.row_rect(line).intersects(whole)]
