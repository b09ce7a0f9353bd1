"""Text set into lines of a given width, and lines put onto a page."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import inf
from typing import Final, NamedTuple

from app.reports.fonts import Unprintable
from app.reports.line_breaking import break_lines
from app.reports.page_kit.ink import Page, Text
from app.reports.page_kit.styles import Style
from app.reports.printable import printable

_JUSTIFIED_FROM_CHARACTERS: Final = 20
_JUSTIFIED_FROM_SHARE: Final = 0.86


class Align(float, Enum):
    """Where a line stands in its width, as the share of the free space that is left of it."""

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
    return set_item("", text, style, width, running=running)


def set_item(lead: str, text: str, style: Style, width: float, *, running: bool = False) -> list[SetLine]:
    """Lines of `text` with `lead` before the first and all of them indented by its length."""
    indent = style.length(lead)
    width -= indent
    try:
        return _set_paragraph(text, style, width, running, lead, indent)
    except Unprintable:
        first, *others = printable(text).split("\n")
    lines = _set_paragraph(first, style, width, running, lead, indent)
    for paragraph in others:
        lines += _set_paragraph(paragraph, style, width, running, "", indent)
    return lines


def single(text: str, style: Style, width: float) -> SetLine:
    """`text` on one line, cut with … where it is longer than `width`."""
    text, length = _measured(text, style)
    if length <= width:
        return SetLine(text, length, style.tracking)
    room = width - style.length("…") - style.tracking
    kept = break_lines(text, style.typeface.widths, room * 1000 / style.size, hanging=False)[0]
    cut = text[: kept.end] + "…"
    return SetLine(cut, style.length(cut), style.tracking)


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
    baseline, size, bold, grey = style.baseline(top), style.size, style.bold, style.grey
    add = page.texts.append
    for text, length, tracking, trims, lead, indent in lines:
        if lead:
            add(Text(x, baseline, lead, size, bold, grey))
        if text:
            start = x + indent + (width - length) * align if align else x + indent
            add(Text(start, baseline, text, size, bold, grey, tracking, trims))
        baseline -= style.leading


def put(
    page: Page, text: str, style: Style, *, x: float, baseline: float, align: Align = Align.LEFT
) -> float:
    """Put one line whose start, middle or end (by `align`) is at `x`; returns its length."""
    if not text:
        return 0.0
    text, length = _measured(text, style)
    page.texts.append(
        Text(x - length * align, baseline, text, style.size, style.bold, style.grey, style.tracking)
    )
    return length


def _measured(text: str, style: Style) -> tuple[str, float]:
    """`text` as one printable line, and its length."""
    try:
        return text, style.length(text)
    except Unprintable:
        text = printable(text).replace("\n", " ")
        return text, style.length(text)


def _set_paragraph(
    text: str, style: Style, width: float, running: bool, lead: str, indent: float
) -> list[SetLine]:
    scale = style.size / 1000
    limit = width * 1000 / (style.size + style.tracking)
    broken = break_lines(text, style.typeface.widths, limit, hanging=running)
    may_spread = running and limit >= _JUSTIFIED_FROM_CHARACTERS * 1000
    full_enough = limit * _JUSTIFIED_FROM_SHARE if may_spread else inf
    last = len(broken) - 1
    lines = []
    for number, (start, end, advance, trims, _) in enumerate(broken):
        gaps = end - start - 1
        tracking = style.tracking
        if number < last and gaps and advance >= full_enough:
            tracking = (limit - advance) / gaps * scale
        length = advance * scale + style.tracking * gaps
        lines.append(SetLine(text[start:end], length, tracking, trims, lead, indent))
        lead = ""
    return lines
