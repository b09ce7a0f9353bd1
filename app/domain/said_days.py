"""The days that a line marked 期限 says: when something was shown, or by when something is due.

Only reading. What follows from a day in law is not told here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import western
from app.domain.date_reading import Lean, day_without_year, written_dates
from app.domain.due_words import due_words
from app.domain.terms import Term
from app.domain.widths import half_width


class DayMeaning(Term):
    """What a day was said for; the word follows the day on the screen."""

    DUE = "due", "まで"
    SHOWN = "shown", "公開"
    OTHER = "other", ""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day as read; `is_counted_from_first` where only its month was said."""

    day: date
    meaning: DayMeaning
    is_counted_from_first: bool = False

    @property
    def words(self) -> str:
        """「2025/06/12(木) 公開」."""
        counted = "(月だけ言われたので1日から)" if self.is_counted_from_first else ""
        return " ".join(part for part in (western(self.day), self.meaning.term, counted) if part)


_SHOWN = re.compile("公開|発表|展示|機械展|見本市|展に|展で|出展|掲載|発売|売り|配っ|出した|見せ")
_LIMIT = re.compile("まで|迄|締|〆|期限|期日|納期|必着|厳守")
_COMING = re.compile("予定|これから|今度")
_MONTH = re.compile(r"(?<![\d/.\-])(\d{1,2})月(?!\s*\d|末|間|分|号)")


def said_days(text: str, said_on: date) -> tuple[SaidDay, ...]:
    """The days in a line, from left to right; none where it names none clearly.

    A day without a year that is no due date is the last one before `said_on`: what was shown lies behind.
    Only the line's own words 予定, これから and 今度 turn that round.
    """
    due = due_words(text, said_on)
    if due is not None and (_LIMIT.search(text) or not _SHOWN.search(text)):
        return (SaidDay(due.day, DayMeaning.DUE),)
    lean = Lean.FUTURE if _COMING.search(text) else Lean.PAST
    meaning = DayMeaning.SHOWN if _SHOWN.search(text) else DayMeaning.OTHER
    written = [found.day for found in written_dates(text, said_on, lean) if found.day is not None]
    if written:
        return tuple(SaidDay(day, meaning) for day in dict.fromkeys(written))
    months = (int(found[1]) for found in _MONTH.finditer(half_width(text)))
    firsts = (day_without_year(month, 1, said_on, lean) for month in months if 1 <= month <= 12)
    return tuple(SaidDay(day, meaning, is_counted_from_first=True) for day in dict.fromkeys(firsts) if day)
