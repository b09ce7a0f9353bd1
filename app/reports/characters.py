"""From the characters a person typed to characters the fonts can print.

The text itself stays as it was typed; only what is drawn changes. A combining mark is joined with the letter
before it; everything else is left alone, because even NFC turns some kanji of names into others.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.reports.fonts import GETA, REGULAR

_LOOKALIKES: Final = str.maketrans(
    {"☑": "✓", "✔": "✓", "☐": "□", "✕": "×", "✖": "×", "\u2011": "-", "⭐": "★", "\t": " "}
)
_INVISIBLE: Final = re.compile("[\u200b\ufeff\ufe0f\x00-\x08\x0b-\x1f\x7f]")
_COMBINED: Final = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")
_SELECTOR: Final = re.compile("[\ufe00-\ufe0e\U000e0100-\U000e01ef]")
_plain: Final[set[str]] = {"\n"}


def printable(text: str) -> str:
    """`text` as it is drawn: look-alikes for what is known, 〓 for what no font has, line ends kept."""
    if _plain.issuperset(text):
        return text
    text = _SELECTOR.sub("", _composed(text))
    return "".join(char if _is_plain(char) else GETA for char in text)


def missing(text: str) -> list[str]:
    """The characters of `text` that do not reach the paper as they are, one entry per occurrence, in order.

    Counts what prints as 〓 and the variation selectors, which are left out (葛󠄀 prints as 葛).
    """
    if _plain.issuperset(text):
        return []
    return [char for char in _composed(text) if _SELECTOR.match(char) or not _is_plain(char)]


def _composed(text: str) -> str:
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _COMBINED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text)
    return text.translate(_LOOKALIKES)


def _is_plain(char: str) -> bool:
    if char not in _plain:
        if REGULAR.index_for(char) is None:
            return False
        _plain.add(char)
    return True
