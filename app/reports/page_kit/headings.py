"""Titles, section headings, and the boxes for seals (決裁欄)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.reports.page_kit import paper, styles
from app.reports.page_kit.flow import Flow
from app.reports.page_kit.ink import Fill, Frame, Rule
from app.reports.page_kit.setting import Align, put, put_lines, set_text, single
from app.reports.page_kit.styles import Style

_ABOVE_SECTION: Final = 12.0
_BELOW_SECTION: Final = 7.0
_BLOCK: Final = (3.0, 14.0)
_TEXT_FROM_BLOCK: Final = 8.0
_FOLLOWING_LINES: Final = 34.0

_WIDE_BOX: Final = 18 * paper.MM
_NARROW_BOX: Final = 16 * paper.MM
_WIDE_UP_TO: Final = 4
_STRIP: Final = 5.2 * paper.MM
_SEAL: Final = 16 * paper.MM
_ABOVE_BODY: Final = 6.0
_GAP: Final = 4 * paper.MM
_BOX_RULE: Final = 0.5


def approval_boxes(flow: Flow, names: Sequence[str]) -> float:
    """Draw a box for a seal under each of `names`, flush right. Returns the x where the title must end."""
    if not names:
        return paper.RIGHT
    width = _WIDE_BOX if len(names) <= _WIDE_UP_TO else _NARROW_BOX
    top = paper.TOP + _ABOVE_BODY
    left = paper.RIGHT - width * len(names)
    for number, name in enumerate(names):
        _approval_box(flow, name, left + number * width, top, width)
    return left - _GAP


def approval_depth(names: Sequence[str]) -> float:
    """How far the boxes reach down into the body."""
    return _STRIP + _SEAL - _ABOVE_BODY if names else 0.0


def title_block(
    flow: Flow, title: str, notes: Sequence[str], approvals: Sequence[str], above: str = ""
) -> None:
    """The title with the line `above` it and the `notes` under it, beside the boxes for seals."""
    end = approval_boxes(flow, approvals)
    floor = flow.y - approval_depth(approvals) - _ABOVE_SECTION
    width = end - paper.LEFT
    if above:
        _put_block(flow, above, Style(10.5, 16), width)
    _put_block(flow, title, styles.TITLE, width)
    flow.y -= 3
    for note in notes:
        _put_block(flow, note, styles.SUBTITLE, width)
    flow.y = min(flow.y - 6, floor) if approvals else flow.y - 8


def section(flow: Flow, text: str, *, note: str = "", keep: float = _FOLLOWING_LINES) -> None:
    """A heading with a black block and a rule, and a small `note` at its right end.

    It stays on one page with `keep` of what follows.
    """
    flow.need(_ABOVE_SECTION + _BLOCK[1] + _BELOW_SECTION + keep)
    flow.skip(_ABOVE_SECTION)
    lines = set_text(text, styles.SECTION, paper.BODY_WIDTH - _TEXT_FROM_BLOCK)
    height = len(lines) * styles.SECTION.leading
    top = flow.y
    flow.bookmark(text)
    flow.page.drawings.append(Fill(paper.LEFT, top - height, _BLOCK[0], height, 0.0))
    put_lines(flow.page, lines, styles.SECTION, x=paper.LEFT + _TEXT_FROM_BLOCK, top=top)
    baseline = styles.SECTION.baseline(top)
    put(flow.page, note, styles.SMALL, x=paper.RIGHT, baseline=baseline, align=Align.RIGHT)
    under = top - height - 2
    flow.page.drawings.append(Rule(paper.LEFT, under, paper.RIGHT, under, styles.OUTER))
    flow.y = under - _BELOW_SECTION


def flush_right(flow: Flow, text: str, style: Style) -> None:
    """A line at the right edge."""
    flow.need(style.leading)
    put(flow.page, text, style, x=paper.RIGHT, baseline=style.baseline(flow.y), align=Align.RIGHT)
    flow.y -= style.leading


def _put_block(flow: Flow, text: str, style: Style, width: float) -> None:
    lines = set_text(text, style, width)
    put_lines(flow.page, lines, style, x=paper.LEFT, top=flow.y)
    flow.y -= len(lines) * style.leading


def _approval_box(flow: Flow, name: str, left: float, top: float, width: float) -> None:
    drawings = flow.page.drawings
    drawings.append(Fill(left, top - _STRIP, width, _STRIP, styles.LABEL_FILL))
    drawings.append(Frame(left, top - _STRIP - _SEAL, width, _STRIP + _SEAL, _BOX_RULE))
    drawings.append(Rule(left, top - _STRIP, left + width, top - _STRIP, _BOX_RULE))
    line = single(name, styles.SMALL, width - 2)
    strip = (_STRIP - styles.SMALL.leading) / 2
    put_lines(flow.page, [line], styles.SMALL, x=left, top=top - strip, width=width, align=Align.CENTRE)
