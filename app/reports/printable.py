"""Texts as the fonts can draw them, and the characters that cannot be drawn."""

from __future__ import annotations

from app.reports.characters import is_selector, simplified
from app.reports.fonts import GETA, REGULAR


def printable(text: str) -> str:
    """`text` as it is drawn: look-alikes for what is known, 〓 for what no font has, line ends kept."""
    return "".join(
        char if char == "\n" or REGULAR.has(char) else GETA
        for char in simplified(text)
        if not is_selector(char)
    )


def missing(text: str) -> list[str]:
    """The characters of `text` that do not reach the paper as they are, one entry per occurrence, in order.

    Counts what prints as 〓 and the variation selectors, which are left out (葛󠄀 prints as 葛).
    """
    if all(map(REGULAR.widths.__contains__, text)):
        return []
    return [char for char in simplified(text) if char != "\n" and not REGULAR.has(char)]
