"""A page's ink as PDF operators (ISO 32000-1, 8.4, 8.5 and 9.4).

What a pen or font is set to is named only where it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import Any, Final

from app.reports.embedded_fonts import EmbeddedFonts
from app.reports.line_breaking import HALF
from app.reports.page_kit import paper
from app.reports.page_kit.ink import Drawing, Fill, Frame, Page, Text, Watermark
from app.reports.page_kit.styles import WATERMARK

_CODE_DIGITS: Final = 4
_AREA: Final = "%.2f %.2f %.2f %.2f re f"
_LINE: Final = "%.2f %.2f m %.2f %.2f l S"
_BOX: Final = "%.2f %.2f %.2f %.2f re S"
_Pen = tuple[Any, ...]
"""Width and grey of a line, and its dashes where it can have any."""


def page_content(page: Page, fonts: EmbeddedFonts) -> bytes:
    """The content stream of `page`; characters that are new to the file are added to `fonts`."""
    parts = _drawn(page.drawings, fonts)
    if page.texts:
        parts += _shown(page.texts, fonts)
    return "\n".join(parts).encode("ascii")


def _drawn(drawings: Iterable[Drawing], fonts: EmbeddedFonts) -> list[str]:
    parts: list[str] = []
    put = parts.append
    ink = -1.0
    pen: _Pen | None = None
    for drawing in drawings:
        if isinstance(drawing, Fill):
            if drawing.grey != ink:
                ink = drawing.grey
                put(f"{ink:g} g")
            put(_AREA % drawing[:4])
        elif isinstance(drawing, Watermark):
            put(_watermark(drawing.text, fonts))
            ink = WATERMARK.grey
        else:
            wanted: _Pen = drawing[4:]
            if wanted != pen:
                pen = wanted
                put(_taking(*pen))
            put((_BOX if isinstance(drawing, Frame) else _LINE) % drawing[:4])
    return parts


@cache
def _taking(width: float, grey: float, dash: tuple[float, ...] = ()) -> str:
    """Taking up a pen; there are as many as kinds of rules."""
    return f"[{' '.join(f'{length:g}' for length in dash)}]0 d {width:g} w {grey:g} G"


def _watermark(text: str, fonts: EmbeddedFonts) -> str:
    """The word at 45 degrees with its middle in the middle of the page."""
    size, slope = WATERMARK.size, sqrt(0.5)
    back = WATERMARK.length(text) / 2 * slope
    x, y = paper.WIDTH / 2 - back, paper.HEIGHT / 2 - back
    shown = "".join(f"/{name} {size:g} Tf <{codes}> Tj " for name, codes in fonts.runs(text, bold=True))
    matrix = f"{slope:.4f} {slope:.4f} {-slope:.4f} {slope:.4f} {x:.2f} {y:.2f} Tm"
    return f"{WATERMARK.grey:g} g BT {matrix} {shown}ET"


def _shown(texts: Iterable[Text], fonts: EmbeddedFonts) -> list[str]:
    """One BT ... ET with `texts`."""
    parts = ["BT"]
    put, runs_of = parts.append, fonts.runs
    font, points, shade, spread = "", 0.0, -1.0, 0.0
    for x, y, text, size, bold, grey, tracking, trims in texts:
        if grey != shade or tracking != spread:
            shade, spread = grey, tracking
            put(f"{grey:g} g {tracking:.3f} Tc")
        put(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        runs = runs_of(text, bold)
        for name, codes in _trimmed(runs, trims) if trims else runs:
            if name != font or size != points:
                font, points = name, size
                put(f"/{name} {size:g} Tf")
            put(f"[<{codes}>]TJ")
    put("ET")
    return parts


def _trimmed(runs: Iterable[tuple[str, str]], trims: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The runs with half an em taken out before each of these places, as the inside of a TJ array."""
    begin = 0
    for name, codes in runs:
        cuts = [(place - begin) * _CODE_DIGITS for place in trims]
        inside = [cut for cut in cuts if 0 <= cut < len(codes)]
        edges = [0, *inside, len(codes)]
        yield name, f">{HALF}<".join(codes[start:end] for start, end in pairwise(edges))
        begin += len(codes) // _CODE_DIGITS
