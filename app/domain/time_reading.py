"""Reads a time of day as people write it in a field."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_PARTS = r"(?P<half>午前|午後|AM|PM)?\s*(?P<hour>\d{1,2})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_PARTS}(?:\s*[:時]\s*(?P<minute>\d{{1,2}})?分?)?",
        rf"{_PARTS}時(?P<thirty>半)",
        r"(?P<half>)(?P<hour>\d{1,2})(?P<minute>\d{2})",
    )
)
_NOON = 12


def read_time(text: str) -> time | None:
    """13:30, 13時半, 午後1時30分, 1330, １３：３０; None when it is none of these."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _time(found.groupdict())
    return None


def _time(parts: dict[str, str | None]) -> time | None:
    hour = int(parts["hour"] or 0)
    minute = 30 if parts.get("thirty") else int(parts.get("minute") or 0)
    if parts["half"]:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (_NOON if parts["half"] in ("午後", "PM") else 0)
    # 24:00 stands for the end of a day, which a time of day cannot say.
    return time(hour, minute) if hour < 24 and minute < 60 else None
