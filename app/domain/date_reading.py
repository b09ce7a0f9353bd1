"""Reads dates as people write them, into fields and into running text.

Old papers carry years that never came (平成38年): they are converted by arithmetic, with a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar import ERAS, FIRST_READABLE_DAY, WEEKDAYS, Era, era_of, wareki, western
from app.domain.terms import Term
from app.domain.widths import half_width


class Lean(StrEnum):
    """Which year is meant where none was written."""

    FUTURE = "future"
    """The next such day from today on: homework."""
    PAST = "past"
    """The last such day up to today: what has happened."""
    NEAREST = "nearest"
    """The one closest to today: a form that may hold either."""


class DateProblem(Term):
    """Why a text gave no date."""

    UNREADABLE = "unreadable", "日付として読めません。例: 2026/11/23、R8.11.23"
    NO_SUCH_DAY = "no_such_day", "この日はありません。"
    YEAR_TOO_SHORT = "year_too_short", "年は西暦4桁か、R8 のように元号を付けて書いてください。"
    OTHER_CALENDAR = "other_calendar", "明治5年までの日は暦が違うため、西暦で書いてください。"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, or why there is none; `notice` says in Japanese what was assumed, empty if nothing was.

    An empty text has neither a date nor a problem.
    """

    day: date | None = None
    notice: str = ""
    problem: DateProblem | None = None


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in running text: its half-open range, and the day, None where it contradicts itself."""

    start: int
    end: int
    day: date | None
    is_fraction_like: bool
    """Whether it is a bare 7/29, which could also be a share."""


_ERA_NAMES = {era.letter: era for era in ERAS} | {era.name: era for era in ERAS}
_YEAR = rf"(?:(?P<era>{'|'.join(_ERA_NAMES)})\s*(?P<era_year>元|\d{{1,2}})|(?P<year>\d{{4}}))"
_FULL = rf"{_YEAR}\s*(?:年|[/.\-])\s*(?P<month>\d{{1,2}})\s*(?:月|[/.\-])\s*(?P<day>\d{{1,2}})(?:\s*日)?"
_MONTH_DAY = r"(?P<month>\d{1,2})\s*(?P<separator>月|[/])\s*(?P<day>\d{1,2})(?:\s*日)?"
_WEEKDAY = r"(?:\s*\((?P<in_brackets>[月火水木金土日])(?:曜日?)?\)|\s*(?P<bare>[月火水木金土日])曜日?)?"

_SLASH_KEY = re.compile(r"(?<=\d)[・･](?=\d)")

_IN_FIELD = tuple(
    re.compile(pattern + _WEEKDAY)
    for pattern in (
        _FULL,
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_YEAR}\s*(?:年|[/.\-])\s*(?P<month>\d{{1,2}})\s*月?",
        rf"{_YEAR}\s*年?",
        r"(?P<month>\d{1,2})\s*(?:月|[/.\-])\s*(?P<day>\d{1,2})\s*日?",
        r"(?P<month>\d{1,2})\s*月",
    )
)
_SHORT_YEAR = re.compile(r"\d{1,3}\s*(?:年|[/.\-])\s*\d{1,2}\s*(?:月|[/.\-])\s*\d{1,2}\s*日?")
_IN_TEXT = tuple(
    re.compile(rf"(?<![\d/.\-A-Za-z]){pattern}(?![\d/.\-]){_WEEKDAY}") for pattern in (_FULL, _MONTH_DAY)
)


def read_date(text: str, today: date, lean: Lean = Lean.NEAREST) -> DateReading:
    """The date in a field, in any of the usual ways of writing, half or full width.

    2026/11/23, 2026-11-23, 20261123, 2026年11月23日, R8.11.23, 令和8年11月23日, 令和元年, 平成38年, 11/23;
    with or without the weekday. A missing day is taken as the first day of the month, year or era, a missing
    year is chosen by `lean`; both with a notice.
    """
    plain = _plain(unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        return DateReading()
    for pattern in _IN_FIELD:
        if found := pattern.fullmatch(plain):
            return _reading(found, today, lean)
    short_year = _SHORT_YEAR.fullmatch(plain)
    return DateReading(problem=DateProblem.YEAR_TOO_SHORT if short_year else DateProblem.UNREADABLE)


def written_dates(text: str, today: date, lean: Lean) -> list[WrittenDate]:
    """The dates with month and day that stand in running text, from left to right."""
    plain = _plain(text)
    found: dict[int, WrittenDate] = {}
    taken: set[int] = set()
    for pattern in _IN_TEXT:
        for match in pattern.finditer(plain):
            if taken.isdisjoint(range(*match.span())):
                found[match.start()] = _written_date(match, today, lean)
                taken.update(range(*match.span()))
    return [found[start] for start in sorted(found)]


def day_without_year(month: int, day: int, today: date, lean: Lean) -> date | None:
    """The day meant by a month and a day alone; None where last, this and next year hold no such day."""
    candidates = [
        found for year in (today.year - 1, today.year, today.year + 1) if (found := _day(year, month, day))
    ]
    if lean is Lean.FUTURE:
        return min((found for found in candidates if found >= today), default=None)
    if lean is Lean.PAST:
        return max((found for found in candidates if found <= today), default=None)
    return min(candidates, key=lambda found: abs(found - today), default=None)


def _plain(text: str) -> str:
    """Half-width, and as long as the text. Japanese input methods make ・ of the slash key: 7・29 is 7/29."""
    return _SLASH_KEY.sub("/", half_width(text))


def _reading(found: re.Match[str], today: date, lean: Lean) -> DateReading:
    """What a field's text means; `found` matched the whole of it."""
    era, year = _era_and_year(found)
    parts = found.groupdict()
    month, day_number = int(parts.get("month") or 1), int(parts.get("day") or 1)
    day = day_without_year(month, day_number, today, lean) if year is None else _day(year, month, day_number)
    if day is None:
        return DateReading(problem=DateProblem.NO_SUCH_DAY)
    if parts.get("day") is None and era is not None:
        day = _within_first_year(day, era, has_month=parts.get("month") is not None)
    if era is not None and day < FIRST_READABLE_DAY:
        return DateReading(problem=DateProblem.OTHER_CALENDAR)
    return DateReading(day, " ".join(_notices(found, day, era, year)))


def _notices(found: re.Match[str], day: date, era: Era | None, year: int | None) -> Iterator[str]:
    """What was assumed, a sentence each."""
    actual = era_of(day)
    if era is not None and actual is not None and actual is not era:
        read_as = wareki(day).partition("年")[0]
        yield f"{era.name}{found['era_year']}年は、{read_as}年（{day.year}年）として読みました。"
    if year is None:
        yield f"年がないので、{day.year}年として読みました。"
    if found.groupdict().get("day") is None:
        yield f"日がないので、{western(day)}として読みました。"
    weekday = _weekday(found)
    if weekday is not None and weekday != day.weekday():
        yield f"曜日が合いません。{western(day)}です。"


def _within_first_year(day: date, era: Era, has_month: bool) -> date:
    """令和元年 begins on 1 May: move a missing day up to the era's first day, if it lies in the period."""
    same_period = (day.year, day.month) == (era.first_day.year, era.first_day.month) or (
        not has_month and day.year == era.first_day.year
    )
    return max(day, era.first_day) if same_period else day


def _written_date(match: re.Match[str], today: date, lean: Lean) -> WrittenDate:
    _, year = _era_and_year(match)
    month, day_number = int(match["month"]), int(match["day"])
    day = day_without_year(month, day_number, today, lean) if year is None else _day(year, month, day_number)
    weekday = _weekday(match)
    if day is not None and weekday is not None and weekday != day.weekday():
        day = None
    is_fraction_like = match.groupdict().get("separator") == "/" and weekday is None
    return WrittenDate(match.start(), match.end(), day, is_fraction_like)


def _era_and_year(match: re.Match[str]) -> tuple[Era | None, int | None]:
    """The era, if one was written, and the western year, if any was."""
    parts = match.groupdict()
    if (name := parts.get("era")) is not None:
        era = _ERA_NAMES[name]
        return era, era.western_year(1 if parts["era_year"] == "元" else int(parts["era_year"]))
    return None, int(parts["year"]) if parts.get("year") else None


def _weekday(match: re.Match[str]) -> int | None:
    """The written weekday, 0 for Monday."""
    word = match["in_brackets"] or match["bare"]
    return WEEKDAYS.index(word) if word else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
