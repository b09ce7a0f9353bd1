"""Eras, the ways a day is written on screen and paper, and the fiscal year (年度).

Sources: the eras' first days (元号を改める政令); the fiscal year of the state and of local bodies runs from
1 April to 31 March (財政法11条, 地方自治法208条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

WEEKDAYS = "月火水木金土日"
FIRST_READABLE_DAY = date(1873, 1, 1)
"""Before it another calendar was in use, so an era date cannot be turned into a day by arithmetic."""


@dataclass(frozen=True, slots=True)
class Era:
    """One 元号: its letter, its name, and the day from which it is written."""

    letter: str
    name: str
    first_day: date

    def year_of(self, western_year: int) -> int:
        """The year's number in this era, also beyond its end: 2026 is 38 in 平成."""
        return western_year - self.first_day.year + 1

    def western_year(self, era_year: int) -> int:
        """The western year of a year in this era, also beyond its end."""
        return self.first_day.year + era_year - 1


ERAS = (
    Era("R", "令和", date(2019, 5, 1)),
    Era("H", "平成", date(1989, 1, 8)),
    Era("S", "昭和", date(1926, 12, 25)),
    Era("T", "大正", date(1912, 7, 30)),
    Era("M", "明治", date(1868, 1, 25)),
)
"""Newest first. Where two eras share a day, it belongs to the newer one."""


def era_of(day: date) -> Era | None:
    """The era a day is written in, or None before 1873."""
    if day < FIRST_READABLE_DAY:
        return None
    return next(era for era in ERAS if era.first_day <= day)


def western(day: date) -> str:
    """As screens write it: 2025/06/12(木)."""
    return f"{day:%Y/%m/%d}({WEEKDAYS[day.weekday()]})"


def western_moment(at: datetime) -> str:
    """As screens write a moment of a wall clock: 2025/06/12(木) 13:00."""
    return f"{western(at.date())} {at:%H:%M}"


def wareki(day: date) -> str:
    """As pages write it: 令和8年11月20日（金）. A day before 1873 keeps its western year."""
    return f"{_year_in_words(day)}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def wareki_short(day: date) -> str:
    """As tables write it: R8.11.20. A day before 1873 keeps its western year."""
    era = era_of(day)
    year = f"{era.letter}{era.year_of(day.year)}" if era else f"{day.year}"
    return f"{year}.{day.month}.{day.day}"


def fiscal_year(day: date) -> int:
    """The 年度 of a day, named by the western year of its April: 2027-02-01 is 2026."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_span(year: int) -> tuple[date, date]:
    """First and last day of a 年度."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def fiscal_year_term(year: int) -> str:
    """令和7年度 for 2025. A year in whose spring an era began takes the new name: 令和元年度 for 2019."""
    return f"{_year_in_words(_naming_day(year))}度"


def fiscal_year_short(year: int) -> str:
    """R7年度 for 2025."""
    era = era_of(_naming_day(year))
    return f"{era.letter}{era.year_of(year)}年度" if era else f"{year}年度"


def _naming_day(year: int) -> date:
    """The day whose era names a 年度: late enough for 令和, which began on 1 May 2019."""
    return date(year, 5, 1)


def _year_in_words(day: date) -> str:
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    number = era.year_of(day.year)
    return f"{era.name}{'元' if number == 1 else number}年"
