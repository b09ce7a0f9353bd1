"""Bytes in the words of whoever carries them."""

from __future__ import annotations

from typing import Final

_UNITS: Final = ("KB", "MB", "GB")


def size_words(size: int) -> str:
    """「3.2 MB」: one place behind the point below ten, none from there on; counted by 1,000 as in mails."""
    if size < 1000:
        return f"{size} バイト"
    value, unit = size / 1000, 0
    while value >= 999.5 and unit + 1 < len(_UNITS):
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if value < 9.95 else f"{value:,.0f} {_UNITS[unit]}"
