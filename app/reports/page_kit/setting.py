"""Text set into lines of a given width, and lines put onto a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final, NamedTuple

from app.reports.characters import printable
from app.reports.line_breaking import Line, break_lines
from app.reports.page_kit.ink import Page, Text
from app.reports.page_kit.styles import Style

_JUSTIFIED_FROM_CHARACTERS: Final = 20
_JUSTIFIED_FROM_SHARE: Final = 0.86


class Align(Enum):
    """Where a line stands in its width."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class SetLine(NamedTuple):
    """One line ready for a page, with lengths in points."""

    text: str
    length: float
    tracking: float = 0.0
    trims: tuple[int, ...] = ()
    lead: str = ""
    """A mark such as ・ that stands before the line."""
    indent: float = 0.0
    """From the left edge to the text; the lead stands in it."""


def set_text(text: str, style: Style, width: float, *, running: bool = False) -> list[SetLine]:
    """Lines of `text`, whose line ends start new paragraphs. An empty text has one empty line.

    `running` text is justified and lets 、 and 。 hang over its right edge; the text of cells does neither.
    """
    return [
        line
        for paragraph in printable(text).split("\n")
        for line in _set_paragraph(paragraph, style, width, running=running)
    ]


def set_item(lead: str, text: str, style: Style, width: float, *, running: bool = False) -> list[SetLine]:
    """Lines of `text` with `lead` before the first and all of them indented by its length."""
    indent = style.length(lead)
    lines = set_text(text, style, width - indent, running=running)
    return [line._replace(indent=indent, lead="" if number else lead) for number, line in enumerate(lines)]


def single(text: str, style: Style, width: float) -> SetLine:
    """`text` on one line, cut with … where it is longer than `width`."""
    text = printable(text).replace("\n", " ")
    length = style.length(text)
    if length <= width:
        return SetLine(text, length)
    room = width - style.length("…") - style.tracking
    kept = break_lines(text, style.typeface.widths, room * 1000 / style.size, hanging=False)[0]
    cut = text[: kept.end] + "…"
    return SetLine(cut, style.length(cut))


def first_lines(text: str, style: Style, width: float, count: int) -> list[SetLine]:
    """At most `count` lines of `text`, the last cut with … where more would follow."""
    lines = set_text(text, style, width)
    if len(lines) <= count:
        return lines
    rest = "".join(line.text for line in lines[count - 1 :])
    return [*lines[: count - 1], single(rest, style, width)]


def put_lines(
    page: Page,
    lines: Iterable[SetLine],
    style: Style,
    *,
    x: float,
    top: float,
    width: float = 0.0,
    align: Align = Align.LEFT,
) -> None:
    """Put `lines` one under the other from `top` downwards; `width` matters to all but left alignment."""
    baseline = style.baseline(top)
    for line in lines:
        if line.lead:
            page.texts.append(Text(x, baseline, line.lead, style.size, style.bold, style.grey))
        if line.text:
            start = x + line.indent + (width - line.length) * align.value if align.value else x + line.indent
            tracking = line.tracking or style.tracking
            page.texts.append(
                Text(start, baseline, line.text, style.size, style.bold, style.grey, tracking, line.trims)
            )
        baseline -= style.leading


def put(
    page: Page, text: str, style: Style, *, x: float, baseline: float, align: Align = Align.LEFT
) -> float:
    """Put one line whose start, middle or end (by `align`) is at `x`; returns its length."""
    text = printable(text)
    length = style.length(text)
    page.texts.append(
        Text(x - length * align.value, baseline, text, style.size, style.bold, style.grey, style.tracking)
    )
    return length


def _set_paragraph(text: str, style: Style, width: float, *, running: bool) -> Sequence[SetLine]:
    limit = width * 1000 / (style.size + style.tracking)
    broken = break_lines(text, style.typeface.widths, limit, hanging=running)
    scale = style.size / 1000
    last = len(broken) - 1
    spread = running and limit >= _JUSTIFIED_FROM_CHARACTERS * 1000
    return [
        SetLine(
            text[line.start : line.end],
            line.advance * scale + style.tracking * max(line.end - line.start - 1, 0),
            _spread(line, limit) * scale if spread and number < last else 0.0,
            line.trims,
        )
        for number, line in enumerate(broken)
    ]


def _spread(line: Line, limit: float) -> float:
    """What each character must give so that the line fills `limit`; 0 when that would tear it apart."""
    gaps = line.end - line.start - 1
    if gaps < 1 or line.advance < limit * _JUSTIFIED_FROM_SHARE:
        return 0.0
    return (limit - line.advance) / gaps
