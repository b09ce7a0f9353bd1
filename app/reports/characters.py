"""Characters that are not drawn as they were typed, whatever the font.

Only what is drawn changes, never the text itself. A combining mark is joined with the letter before it;
everything else is left alone, because even NFC turns some kanji of names into others.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LOOKALIKES: Final = str.maketrans(
    {"☑": "✓", "✔": "✓", "☐": "□", "✕": "×", "✖": "×", "\u2011": "-", "⭐": "★", "\t": " "}
)
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f"
_MARKS: Final = "\u0300-\u036f\u3099\u309a"
_SELECTORS: Final = "\ufe00-\ufe0e\U000e0100-\U000e01ef"

_INVISIBLE: Final = re.compile(f"[\u200b\ufeff\ufe0f{_CONTROLS}]")
_COMBINED: Final = re.compile(f"[^{_MARKS}][{_MARKS}]+")
_SELECTOR: Final = re.compile(f"[{_SELECTORS}]")
_SPECIAL: Final = re.compile(f"[\n\t☑✔☐✕✖⭐\u2011\u200b\ufeff\ufe0f{_CONTROLS}{_MARKS}{_SELECTORS}]")


def is_special(char: str) -> bool:
    """Whether `simplified` would do something about `char`, or it ends a line."""
    return _SPECIAL.match(char) is not None


def is_selector(char: str) -> bool:
    """Whether `char` asks for a variant of the character before it (葛󠄀), which is not printed."""
    return _SELECTOR.match(char) is not None


def simplified(text: str) -> str:
    r"""Look-alikes for signs that no Japanese font has, marks joined, invisible characters dropped.

    Line ends are \n. Variation selectors stay, so that they can be counted.
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _COMBINED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text)
    return text.translate(_LOOKALIKES)
