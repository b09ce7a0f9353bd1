"""Running text that goes on from page to page, and the last page that is not worth its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.reports.page_kit import paper
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.setting import SetLine, put_lines
from app.reports.page_kit.styles import Style

_LEAST_ON_A_SIDE: Final = 2
_ROUNDING: Final = 0.001
_LONELY: Final = 0.2
_TIGHT_SPACING: Final = 0.5


def put_prose(flow: Flow, lines: Sequence[SetLine], style: Style, *, indent: float = 0.0) -> None:
    """Put one paragraph down, `indent` from the margin; a split leaves at least two lines on either side."""
    rest = list(lines)
    while rest:
        count = _fitting(len(rest), int(flow.room / style.leading + _ROUNDING))
        put_lines(flow.page, rest[:count], style, x=paper.LEFT + indent, top=flow.y)
        flow.y -= count * style.leading
        rest = rest[count:]
        if rest:
            flow.start_page()


def laid_out(fill: Callable[[Flow, float], None], tighter_by: float) -> Flow:
    """The pages that `fill` makes, set tighter where that saves a last page less than a fifth full.

    `fill` is told by how many points to tighten the leading: not at all the first time.
    """
    flow = Flow()
    fill(flow, 0.0)
    if len(flow.pages) > 1 and flow.fill_of_last_page < _LONELY:
        tighter = Flow(spacing=_TIGHT_SPACING)
        fill(tighter, tighter_by)
        if len(tighter.pages) < len(flow.pages):
            return tighter
    return flow


def _fitting(count: int, room: int) -> int:
    """How many of `count` lines go on a page that has room for `room`."""
    if count <= room:
        return count
    kept = min(room, count - _LEAST_ON_A_SIDE)
    return kept if kept >= _LEAST_ON_A_SIDE else 0
