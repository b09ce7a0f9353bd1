"""A document's ink as plain lists: what a test or another program compares, whatever fonts and zlib do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.reports.document import Document
from app.reports.page_kit.frame import Framer
from app.reports.page_kit.ink import Page

Entry = list[Any]


def display_list(document: Document) -> Iterator[Entry]:
    """Everything on every page, framed, as [kind, page, ...] with lengths in points rounded to 0.01.

    Drawings come as their own fields in order; texts as weight, size, x, y, text and, where they have them,
    tracking and trims.
    """
    framer = Framer(document)
    for number in range(1, len(document.pages) + 1):
        yield from _entries(framer.framed(number), number)


def _entries(page: Page, number: int) -> Iterator[Entry]:
    for bookmark in page.bookmarks:
        yield ["bookmark", number, bookmark.title, round(bookmark.y, 2)]
    for drawing in page.drawings:
        yield [type(drawing).__name__.lower(), number, *map(_rounded, drawing)]
    for text in page.texts:
        weight = "bold" if text.bold else "regular"
        place = [round(text.size, 2), round(text.x, 2), round(text.y, 2), text.text]
        yield ["text", number, weight, *place, *_fine(round(text.tracking, 2), list(text.trims))]


def _fine(tracking: float, trims: list[int]) -> list[Any]:
    if trims:
        return [tracking, trims]
    return [tracking] if tracking else []


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    return list(value) if isinstance(value, tuple) else value
