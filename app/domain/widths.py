"""Full-width digits, letters and signs made half-width, character for character."""

from __future__ import annotations

DASHES = "‐‑‒–—―−ーｰ─"

_HALF_WIDTH = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: ord(" ")}
    | dict.fromkeys(map(ord, DASHES), "-")
)


def half_width(text: str) -> str:
    """The text with half-width digits, letters, signs and spaces, and every dash as "-".

    Its length stays the same, so what is found in it lies at the same place in `text`. Long vowel marks of
    words become "-" too: it is meant for reading numbers and dates, not for keeping.
    """
    return text.translate(_HALF_WIDTH)
