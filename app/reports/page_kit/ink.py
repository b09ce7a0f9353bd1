"""What a page consists of: texts, rules, fills and frames, with coordinates in points.

Grey runs from 0 (black) to 1 (white). Drawings lie under texts, each in the order in which it was added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Text(NamedTuple):
    """One line of text; (`x`, `y`) is the start of its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: float = 0.0
    tracking: float = 0.0
    """Added after every character."""
    trims: tuple[int, ...] = ()
    """Places before which half an em is taken out."""


class Rule(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    grey: float = 0.0
    dash: tuple[float, ...] = ()


class Fill(NamedTuple):
    """A filled rectangle; (`x`, `y`) is its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Frame(NamedTuple):
    """The outline of a rectangle."""

    x: float
    y: float
    width: float
    height: float
    line: float
    grey: float = 0.0


class Watermark(NamedTuple):
    """A pale word across the page, under everything else."""

    text: str


Drawing = Rule | Fill | Frame | Watermark


class Bookmark(NamedTuple):
    """A place that the reader's list of contents leads to; `y` is its upper edge."""

    title: str
    y: float


@dataclass(slots=True)
class Page:
    """One page's ink."""

    drawings: list[Drawing] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
