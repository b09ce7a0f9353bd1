"""Reads by when something is due from a line: 7/29, 8月5日(火)まで, 明日, 来週金曜, 月末.

Only what can mean one day is read. Of several days the one with まで or 期限 counts; a day that describes
something else (6/12の展示会, 7/29以降) does not.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from app.domain.calendar import WEEKDAYS, fiscal_year, fiscal_year_span
from app.domain.date_reading import Lean, WrittenDate, written_dates
from app.domain.widths import half_width


@dataclass(frozen=True, slots=True)
class DueWords:
    """The words that say a due date: their half-open range in the line, with まで and 期限, and the day."""

    start: int
    end: int
    day: date


class _Strength(IntEnum):
    """How clearly the words around a day make it a due date."""

    NEAR_NI = 1
    ALONE = 2
    MARKED = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """A day in its context; None where the words contradict themselves."""

    strength: _Strength
    start: int
    end: int
    day: date | None


_GAP = r"[\s、。,.・:;()「」『』【】\[\]→⇒~〜]"
_LEADING_MARK = re.compile(rf"(?:締め?切り?|〆切?|納期|期限|期日)(?:は|日)?{_GAP}*$")
_TRAILING_MARK = re.compile(r"\s*(?:までに?|迄に?|締め?切り?|〆切?|期限|必着|厳守)")
_OTHER_MEANING = re.compile(r"\s*(?:の|から|以降|以後|以来|以前|より|頃|ごろ|付|時点|は|が|も|と|や)")
_GAP_BEHIND = re.compile(rf"{_GAP}|$")
_GAP_BEFORE = re.compile(rf"(?:^|{_GAP})$")
_HIRAGANA_BEFORE = re.compile(r"[ぁ-ん]$")
_NI = re.compile(r"に(?!も)は?(?![^\s、。]*た(?![めいくらだ]))")
"""7/29に訪問する, but not 7/29に出した図面: what has happened is not due."""

_NEAR_DAYS = {"今日": 0, "本日": 0, "明日": 1, "あした": 1, "明後日": 2, "あさって": 2}
_WEEKS = {"今週": 0, "来週": 1, "再来週": 2}
_MONTHS = {None: 0, "今月": 0, "当月": 0, "来月": 1, "再来月": 2}


def due_words(text: str, today: date) -> DueWords | None:
    """The due date that a line says, or None where it says none or does not say one clearly."""
    plain = half_width(text)
    readings = [found for written in _dates(text, plain, today) if (found := _in_context(plain, written))]
    clearest = max((reading.strength for reading in readings), default=None)
    meant = [reading for reading in readings if reading.strength is clearest]
    if len(meant) != 1 or meant[0].day is None:
        return None
    return DueWords(meant[0].start, meant[0].end, meant[0].day)


def _in_context(plain: str, written: WrittenDate) -> _Reading | None:
    """A day as a due date, with its marks; None where the words around it mean another thing."""
    before = plain[: written.start]
    leading = _LEADING_MARK.search(before)
    trailing = _TRAILING_MARK.match(plain, written.end)
    if leading or trailing:
        start = leading.start() if leading else written.start
        return _Reading(_Strength.MARKED, start, trailing.end() if trailing else written.end, written.day)
    if _OTHER_MEANING.match(plain, written.end):
        return None
    if _GAP_BEHIND.match(plain, written.end):
        is_share = written.is_fraction_like and _HIRAGANA_BEFORE.search(before)
        return None if is_share else _Reading(_Strength.ALONE, written.start, written.end, written.day)
    particle = _NI.match(plain, written.end)
    if particle and (_GAP_BEFORE.search(before) or not written.is_fraction_like):
        return _Reading(_Strength.NEAR_NI, written.start, particle.end(), written.day)
    return None


def _dates(text: str, plain: str, today: date) -> Iterator[WrittenDate]:
    """The days a line names; what was read once is not read again as part of another word."""
    taken: set[int] = set()
    for written in (*written_dates(text, today, Lean.FUTURE), *_relative_dates(plain, today)):
        place = range(written.start, written.end)
        if taken.isdisjoint(place):
            taken.update(place)
            yield written


def _relative_dates(plain: str, today: date) -> Iterator[WrittenDate]:
    for pattern, day_of in _RELATIVE_WORDS:
        for found in pattern.finditer(plain):
            yield WrittenDate(found.start(), found.end(), day_of(found, today), is_fraction_like=False)


def _near_day(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NEAR_DAYS[found["word"]])


def _weekday_of_week(found: re.Match[str], today: date) -> date | None:
    """来週金曜. Weeks begin on Monday for some and on Sunday for others: None where the two differ."""
    weekday = WEEKDAYS.index(found["weekday"])
    monday = today - timedelta(days=today.weekday())
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    ahead = timedelta(weeks=_WEEKS[found["week"]])
    days = {monday + ahead + timedelta(days=weekday), sunday + ahead + timedelta(days=(weekday + 1) % 7)}
    coming = [day for day in days if day >= today]
    return coming[0] if len(coming) == 1 else None


def _next_weekday(found: re.Match[str], today: date) -> date | None:
    """金曜まで: the coming one; None on a Friday, when it may be today or in a week."""
    ahead = (WEEKDAYS.index(found["weekday"]) - today.weekday()) % 7
    return today + timedelta(days=ahead) if ahead else None


def _month_end(found: re.Match[str], today: date) -> date:
    return _last_of_month(*_month_from(today, _MONTHS[found["month"]]))


def _named_month_end(found: re.Match[str], today: date) -> date | None:
    month = int(found["number"])
    if not 1 <= month <= 12:
        return None
    return _last_of_month(today.year + (month < today.month), month)


def _fiscal_year_end(_: re.Match[str], today: date) -> date:
    return fiscal_year_span(fiscal_year(today))[1]


def _day_of_named_month(found: re.Match[str], today: date) -> date | None:
    return _checked(_month_from(today, _MONTHS[found["month"]]), found)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """29日: in this month or, once past, in the next."""
    return _checked(_month_from(today, 1 if int(found["day"]) < today.day else 0), found)


def _checked(month: tuple[int, int], found: re.Match[str]) -> date | None:
    """The day in a month, None where it has no such day or the written weekday is another."""
    try:
        day = date(*month, int(found["day"]))
    except ValueError:
        return None
    return day if found["weekday"] in {None, WEEKDAYS[day.weekday()]} else None


def _month_from(today: date, ahead: int) -> tuple[int, int]:
    """Year and month, some months ahead."""
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_BRACKETED = r"(?:\s*\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
_RELATIVE_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(rf"(?<![一-龠])(?P<word>{'|'.join(_NEAR_DAYS)})中?"), _near_day),
    (re.compile(r"(?P<week>再来週|来週|今週)の?(?P<weekday>[月火水木金土日])曜日?"), _weekday_of_week),
    (re.compile(r"(?:(?P<month>再来月|来月|今月|当月)の?|(?<![\d毎先前])月)末日?"), _month_end),
    (re.compile(r"(?<!\d)(?P<number>\d{1,2})月末日?"), _named_month_end),
    (re.compile(r"(?<![来翌前昨])(?:今)?年度末"), _fiscal_year_end),
    (re.compile(rf"(?P<month>再来月|来月|今月)の?(?P<day>\d{{1,2}})日{_BRACKETED}"), _day_of_named_month),
    (re.compile(rf"(?<![\d月第年週の毎次先/])(?P<day>\d{{1,2}})日{_BRACKETED}"), _day_of_month),
    (re.compile(r"(?<![週毎第次先の\d])(?P<weekday>[月火水木金土日])曜日?"), _next_weekday),
)
