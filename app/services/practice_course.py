"""The course of one practice company: its days, ids and keyed lines, worked out from its sample file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from app.clock import JAPAN
from app.domain.calendar import fiscal_year
from app.domain.order_keys import seeded_from
from app.domain.terms import Mark
from app.ids import record_id
from app.services.practice_days import PracticeDays, due_keys
from app.services.practice_files import SampleLine, Table, note_lines, visit_times
from db.unit_of_work import UnitOfWork

_BEFORE_FIRST_VISIT = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Act:
    """What was written down at one moment (aware)."""

    at: datetime
    write: Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person as visits and actions name them."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit on its day. `lines` is empty while it is only planned."""

    id: str
    table: Table
    starts: datetime
    ends: datetime
    lines: tuple[SampleLine, ...]

    @property
    def day(self) -> date:
        """The day of the visit in Japan."""
        return self.starts.date()

    def stamp(self, number: int) -> datetime:
        """When a line was typed."""
        return in_japan(self.day, self.lines[number].at)

    def line_id(self, number: int) -> str:
        """The id of a line."""
        return sample_id(f"{self.id}/{number}", self.stamp(number))


class Course:
    """Days, ids and keyed lines of one company. `team` are the people of the region by key."""

    def __init__(self, table: Table, today: date, team: Mapping[str, SamplePerson]) -> None:
        self.table = table
        self.today = today
        plain = PracticeDays(today, {})
        due = {action["key"]: plain.on(action["due"]) for action in table["actions"]}
        self.days = PracticeDays(today, due)
        self.visits = tuple(self._visit(visit) for visit in table["visits"])
        self.past = tuple(visit for visit in self.visits if visit.lines)
        self.opened = self.visits[0].starts - _BEFORE_FIRST_VISIT
        self.reviewed = self.past[-1].ends + timedelta(hours=1)
        self.company_id = self.id_of("company")
        self.own_people = {
            person["key"]: SamplePerson(self.id_of(f"person/{person['key']}"), person["name"])
            for person in table["people"]
        }
        self.people = {**team, **self.own_people}
        self.lines = {line.key: (visit, number) for visit, number, line in self._lines() if line.key}
        self.sources = {**self._told_sources(), **self._named_sources()}

    def id_of(self, name: str) -> str:
        """The id of a record of this company that the file gives a name."""
        return sample_id(f"{self.table['key']}/{name}", self.opened)

    def engagement_id(self, year: int) -> str:
        """The id of the engagement of a 年度."""
        return self.id_of(f"engagement/{year}")

    @property
    def engagement_now(self) -> str:
        """The id of the engagement of today's 年度."""
        return self.engagement_id(fiscal_year(self.today))

    @property
    def years(self) -> range:
        """The 年度 in which this company was or is accompanied."""
        return range(fiscal_year(self.visits[0].day), fiscal_year(self.today) + 1)

    def moment(self, when: int | str, at: time) -> datetime:
        """A time of day on a day that the file names, but not before the company was taken in."""
        return max(in_japan(self.days.on(when), at), self.opened)

    def order_key(self, number: int) -> str:
        """Keys in the order of the file."""
        return seeded_from(self.opened + timedelta(seconds=number))

    def evidence_ids(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of keyed lines. Raises KeyError for a key that no line has."""
        return tuple(visit.line_id(number) for visit, number in map(self.lines.__getitem__, keys))

    def _visit(self, table: Table) -> Visit:
        start, end = visit_times(table)
        day = self.days.on(table["day"])
        starts = in_japan(day, start)
        visit_id = sample_id(f"{self.table['key']}/{table['key']}", starts)
        return Visit(visit_id, table, starts, in_japan(day, end), note_lines(table))

    def _lines(self) -> Iterator[tuple[Visit, int, SampleLine]]:
        for visit in self.past:
            for number, line in enumerate(visit.lines):
                yield visit, number, line

    def _told_sources(self) -> dict[str, tuple[Visit, int]]:
        """Actions whose due date stands in a 決定 or 宿題, with that line."""
        return {
            key: (visit, number)
            for visit, number, line in self._lines()
            if line.mark in {Mark.HOMEWORK, Mark.DECISION}
            for key in due_keys(line.text)
        }

    def _named_sources(self) -> dict[str, tuple[Visit, int]]:
        return {
            action["key"]: self.lines[action["source"]]
            for action in self.table["actions"]
            if "source" in action
        }


def sample_id(name: str, at: datetime) -> str:
    """The id of a sample record: the same for the same name and moment, so that pictures repeat."""
    return record_id(at, lambda count: sha256(name.encode()).digest()[:count])


def in_japan(day: date, at: time) -> datetime:
    """A moment on the wall clock of Japan, aware."""
    return datetime.combine(day, at, JAPAN)
