"""A page's ink as PDF operators (ISO 32000-1, 8.4, 8.5 and 9.4)."""

from __future__ import annotations

from math import sqrt
from typing import Final

from app.reports.embedded_fonts import EmbeddedFonts
from app.reports.line_breaking import HALF
from app.reports.page_kit import paper
from app.reports.page_kit.ink import Drawing, Fill, Frame, Page, Rule, Text, Watermark
from app.reports.page_kit.styles import WATERMARK

_CODE_DIGITS: Final = 4


def page_content(page: Page, fonts: EmbeddedFonts) -> bytes:
    """The content stream of `page`; characters that are new to the file are added to `fonts`."""
    parts = [_drawing(drawing, fonts) for drawing in page.drawings]
    if page.texts:
        parts.append(_TextObject(fonts).content(page.texts))
    return "\n".join(parts).encode("ascii")


def _drawing(drawing: Drawing, fonts: EmbeddedFonts) -> str:
    match drawing:
        case Fill(x, y, width, height, grey):
            return f"{grey:g} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        case Frame(x, y, width, height, line, grey):
            return f"[]0 d {line:g} w {grey:g} G {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S"
        case Rule(x, y, to_x, to_y, width, grey, dash):
            pattern = " ".join(f"{length:g}" for length in dash)
            return f"[{pattern}]0 d {width:g} w {grey:g} G {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S"
        case Watermark(text):
            return _watermark(text, fonts)


def _watermark(text: str, fonts: EmbeddedFonts) -> str:
    """The word at 45 degrees with its middle in the middle of the page."""
    size, grey, slope = WATERMARK.size, WATERMARK.grey, sqrt(0.5)
    back = WATERMARK.length(text) / 2 * slope
    x, y = paper.WIDTH / 2 - back, paper.HEIGHT / 2 - back
    shown = "".join(f"/{name} {size:g} Tf <{codes}> Tj " for name, codes in fonts.runs(text, bold=True))
    matrix = f"{slope:.4f} {slope:.4f} {-slope:.4f} {slope:.4f} {x:.2f} {y:.2f} Tm"
    return f"BT {grey:g} g {matrix} {shown}ET"


class _TextObject:
    """One BT ... ET. Font, shade and tracking are named only where they change."""

    def __init__(self, fonts: EmbeddedFonts) -> None:
        self._fonts = fonts
        self._parts = ["BT"]
        self._font: tuple[str, float] = ("", 0.0)
        self._grey = -1.0
        self._tracking = 0.0

    def content(self, texts: list[Text]) -> str:
        from_x = from_y = 0.0
        for text in texts:
            x, y = round(text.x, 2), round(text.y, 2)
            self._parts.append(f"{x - from_x:.2f} {y - from_y:.2f} Td")
            from_x, from_y = x, y
            self._shade(text.grey)
            self._track(text.tracking)
            self._show(text)
        self._parts.append("ET")
        return "\n".join(self._parts)

    def _show(self, text: Text) -> None:
        runs = self._fonts.runs(text.text, bold=text.bold)
        at = 0
        for name, codes in runs:
            self._select(name, text.size)
            end = at + len(codes) // _CODE_DIGITS
            self._parts.append(_shown(codes, [place - at for place in text.trims if at <= place < end]))
            at = end

    def _select(self, name: str, size: float) -> None:
        if self._font != (name, size):
            self._font = (name, size)
            self._parts.append(f"/{name} {size:g} Tf")

    def _shade(self, grey: float) -> None:
        if self._grey != grey:
            self._grey = grey
            self._parts.append(f"{grey:g} g")

    def _track(self, tracking: float) -> None:
        if self._tracking != tracking:
            self._tracking = tracking
            self._parts.append(f"{tracking:.3f} Tc")


def _shown(codes: str, trims: list[int]) -> str:
    if not trims:
        return f"<{codes}> Tj"
    pieces = []
    at = 0
    for place in trims:
        pieces.append(f"<{codes[at * _CODE_DIGITS : place * _CODE_DIGITS]}>{HALF}")
        at = place
    return f"[{''.join(pieces)}<{codes[at * _CODE_DIGITS :]}>]TJ"
