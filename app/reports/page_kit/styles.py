"""Sizes and leadings in points, and the widths of rules and shades of grey of all documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from app.reports.fonts import BOLD, REGULAR, Typeface


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0
    tracking: float = 0.0

    @property
    def typeface(self) -> Typeface:
        """The chain of fonts for this weight."""
        return BOLD if self.bold else REGULAR

    def baseline(self, top: float) -> float:
        """Baseline of a line whose upper edge is at `top`."""
        return top - self.leading / 2 - 0.36 * self.size

    def length(self, text: str) -> float:
        """Points that printable `text` takes on one line, the tracking after its last character left out."""
        if not text:
            return 0.0
        length = self.typeface.advance(text) * self.size / 1000
        return length + self.tracking * (len(text) - 1) if self.tracking else length

    @cache  # noqa: B019 (styles are few and live as long as the process)
    def tighter(self, points: float) -> Style:
        """The same with less leading."""
        return replace(self, leading=self.leading - points)


TITLE: Final = Style(18, 24, bold=True, tracking=1.5)
SUBTITLE: Final = Style(9.5, 14)
SECTION: Final = Style(11.5, 14, bold=True)
BODY: Final = Style(10, 17)
CARD: Final = Style(10, 16)
BAND: Final = Style(9.5, 20, bold=True)
BAND_DETAIL: Final = Style(9, 20)
FOOT: Final = Style(9.5, 15)
CELL: Final = Style(9, 14)
DENSE: Final = Style(8.5, 12.5)
LABEL: Final = Style(9, 14, bold=True)
HEADER: Final = Style(8, 10, grey=0.25)
FOOTER: Final = Style(7.5, 8)
SMALL: Final = Style(7.5, 10)
PAGE_NUMBER: Final = Style(8.5, 10)
MARKING: Final = Style(9, 12, bold=True, tracking=1.2)
WATERMARK: Final = Style(60, 60, bold=True, grey=0.88)

OUTER: Final = 0.6
TABLE_RULE: Final = 0.4
INNER: Final = 0.25
INNER_GREY: Final = 0.55
EMPHASIS: Final = 0.8

LABEL_FILL: Final = 0.93
HEAD_FILL: Final = 0.90
BAND_FILL: Final = 0.92
ZEBRA_FILL: Final = 0.965
BAR_FILL: Final = 0.25
QUIET: Final = 0.40
"""The lightest grey that text may have."""
