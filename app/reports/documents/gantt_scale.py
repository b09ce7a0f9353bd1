"""From days to places on a chart of months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import fiscal_year, wareki_short

MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def following(self) -> Month:
        """The month after this one."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def era_year(self) -> str:
        """R7, by the era in which the month ends."""
        return wareki_short(self.last_day).split(".")[0]


@dataclass(frozen=True, slots=True)
class Scale:
    """Months of equal width between `left` and `right`, in points."""

    months: tuple[Month, ...]
    left: float
    right: float

    @property
    def month_width(self) -> float:
        """Width of one month."""
        return (self.right - self.left) / len(self.months)

    @property
    def first_day(self) -> date:
        """The first day on the chart."""
        return self.months[0].first_day

    @property
    def last_day(self) -> date:
        """The last day on the chart."""
        return self.months[-1].last_day

    def shows(self, day: date) -> bool:
        """Whether `day` lies on the chart."""
        return self.first_day <= day <= self.last_day

    def start_of(self, day: date) -> float:
        """Where `day` begins; a day off the chart is at its edge."""
        if day < self.first_day:
            return self.left
        if day > self.last_day:
            return self.right
        whole = (day.year - self.months[0].year) * 12 + day.month - self.months[0].number
        part = (day.day - 1) / monthrange(day.year, day.month)[1]
        return self.left + (whole + part) * self.month_width

    def end_of(self, day: date) -> float:
        """Where `day` ends."""
        return self.start_of(date.fromordinal(day.toordinal() + 1))


def charts_of(since: date, until: date) -> list[tuple[Month, ...]]:
    """The months of each chart: one chart up to twelve months, beyond that one for each 年度."""
    months = [Month(since.year, since.month)]
    while months[-1].last_day < until:
        months.append(months[-1].following)
    if len(months) <= MOST_MONTHS:
        return [tuple(months)]
    by_year: dict[int, list[Month]] = {}
    for month in months:
        by_year.setdefault(fiscal_year(month.first_day), []).append(month)
    return [tuple(year) for year in by_year.values()]
