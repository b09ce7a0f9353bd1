"""印刷前チェック: the characters of a document that the fonts lack, where they are and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from app.reports.printable import missing


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that prints as 〓, or a variation selector, which is left out."""

    char: str
    place: str
    """企業の概要, 面談3（R7.7.22） and the like."""
    count: int

    @property
    def code(self) -> str:
        """Its number in Unicode: U+1F600."""
        return f"U+{ord(self.char):04X}"


def unprintable(content: object) -> list[Unprintable]:
    """What of a content value (see `app.reports.content`) does not reach the paper, in reading order."""
    found = Counter((char, place) for place, text in _texts(content, "") for char in missing(text))
    return [Unprintable(char, place, count) for (char, place), count in found.items()]


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every text within `value`, with the place of the innermost part that has one."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, place)
    elif is_dataclass(value):
        own = getattr(value, "place", place)
        for field in fields(value):
            yield from _texts(getattr(value, field.name), own)
