"""Days of the practice region: counted from today, so that it always looks lived in.

A day is written as a number of days from today, or as an expression in text:

    -40          40 days ago, moved to a working day
    "-40+60d"    and then exactly 60 days (m: months, y: years) later, as a period of law runs

Within words the same stands in braces. `{@-40}` counts from today, `{+7}` from the day of the visit;
`{due:key}` is the due date of an action. Days far from the visit, and the ends of periods of years, are
written with their year; `:iso` writes 2025-06-12.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_EXPRESSION = r"([+-]?\d+)(?:\+(\d+)([dmy]))?"
_WHEN = re.compile(_EXPRESSION)
_IN_WORDS = re.compile(r"\{(@?)" + _EXPRESSION + r"(:iso)?\}")
_DUE = re.compile(r"\{due:([\w-]+)\}")
_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
_MONTHS = {"m": 1, "y": 12}
_FAR = timedelta(days=300)
"""From this distance on people name the year too."""


@dataclass(frozen=True, slots=True)
class PracticeDays:
    """Turns what the sample files say of days into dates. `due` holds the due date of each action."""

    today: date
    due: Mapping[str, date]

    def on(self, when: int | str) -> date:
        """The date of a number of days from today or of an expression. Raises ValueError."""
        found = _WHEN.fullmatch(str(when))
        if found is None:
            raise ValueError(f"not a day: {when!r}")
        return _reckoned(self.today, *found.groups())

    def words(self, text: str, visit_on: date | None = None) -> str:
        """A text with its dates filled in. Raises KeyError for an unknown action."""
        dated = _DUE.sub(lambda found: _short(self.due[found[1]]), text)
        return _IN_WORDS.sub(lambda found: self._written(found, visit_on or self.today), dated)

    def _written(self, found: re.Match[str], visit_on: date) -> str:
        from_today, days, count, unit, iso = found.groups()
        day = _reckoned(self.today if from_today else visit_on, days, count, unit)
        if iso:
            return day.isoformat()
        is_far = abs(day - visit_on) > _FAR
        return f"{day.year}/{_short(day)}" if is_far or unit == "y" else _short(day)


def due_keys(text: str) -> tuple[str, ...]:
    """The actions whose due date a text names."""
    return tuple(_DUE.findall(text))


def working_day(day: date, step: int) -> date:
    """The day itself, or the next one in the direction of `step` (1 or -1) on which people work."""
    while day.weekday() >= 5 or (day.month, day.day) in _YEAR_END:
        day += timedelta(days=step)
    return day


def _reckoned(base: date, days: str, count: str | None, unit: str | None) -> date:
    offset = int(days)
    day = working_day(base + timedelta(days=offset), -1 if offset < 0 else 1)
    if count is None or unit is None:
        return day
    if unit == "d":
        return day + timedelta(days=int(count))
    return _months_later(day, int(count) * _MONTHS[unit])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"
