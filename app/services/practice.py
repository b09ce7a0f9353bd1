"""Filling a practice store with the made-up region of `resources/samples`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from app.domain.calendar import fiscal_year
from app.domain.ids import dependent_id
from app.domain.order_keys import seeded_from
from app.services.practice_companies import PERSON_COLUMNS, CompanyActs
from app.services.practice_course import Act, Course, SamplePerson, in_japan, sample_id
from app.services.practice_files import read_companies, read_region
from app.services.practice_plans import PlanActs
from app.workplace import Workplace
from db.unit_of_work import UnitOfWork

_BEGUN = timedelta(days=440)
"""How long ago the team began: before the first visit of any sample file."""


class PracticeClock:
    """Stands at the moment of the act that is being written, so that 履歴 shows a lived year."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.moment = in_japan(today - _BEGUN, time(9, 0)).astimezone(UTC)

    def now(self) -> datetime:
        """The moment of the act, in UTC."""
        return self.moment


def load_practice(place: Workplace, clock: PracticeClock) -> None:
    """Write region, team and companies into an empty store that was opened with this clock.

    What lies in the past was written then; only the plans for the coming weeks reach beyond `clock.today`.
    Loading the same day's region again makes the same records.
    """
    region = _Region(place, clock)
    acts = sorted(region.acts(), key=lambda act: act.at)
    for at, together in groupby(acts, key=lambda act: act.at):
        clock.moment = at.astimezone(UTC)
        with place.action("練習用データを入れる", None) as work:
            for act in together:
                act.write(work)


class _Region:
    """The team's own records and the acts of all companies."""

    def __init__(self, place: Workplace, clock: PracticeClock) -> None:
        self._place = place
        self._table = read_region()
        self._begun = clock.moment
        self._courses = tuple(Course(table, clock.today, self._team()) for table in read_companies())
        self._this_year = fiscal_year(clock.today)

    def acts(self) -> Iterator[Act]:
        """Every act of the region, in no particular order."""
        yield Act(self._begun, self._write_team)
        for course in self._courses:
            yield from CompanyActs(course).all()
            yield from PlanActs(course).all()

    def _team(self) -> Mapping[str, SamplePerson]:
        return {
            person["key"]: SamplePerson(self._person_id(person["key"]), person["name"])
            for person in self._table["people"]
        }

    def _person_id(self, key: str) -> str:
        """The scribe is the person at this device."""
        is_user = key == self._table["scribe"]
        return self._place.user_id if is_user else sample_id(f"person/{key}", self._begun)

    def _write_team(self, work: UnitOfWork) -> None:
        values = {
            "region": self._table["region"],
            "meeting_name": self._table["meeting_name"],
            "approval_boxes": "\n".join(self._table["approval_boxes"]),
        }
        self._save(work, "team", self._place.team_id, values)
        first = min(course.years[0] for course in self._courses)
        for year in range(first, self._this_year + 1):
            values = {"fiscal_year": year, "year_number": year - first + 1}
            record = dependent_id(self._place.team_id, "project_year", str(year))
            self._save(work, "project_year", record, values)
        for number, person in enumerate(self._table["people"]):
            values = {column: person[column] for column in PERSON_COLUMNS}
            values["order_key"] = seeded_from(self._begun + timedelta(seconds=number))
            self._save(work, "person", self._person_id(person["key"]), values)

    def _save(self, work: UnitOfWork, record_type: str, record_id: str, values: Mapping[str, object]) -> None:
        work.save(record_type, record_id, values, compartment=self._place.team_id)
