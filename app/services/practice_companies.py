"""A practice company's file and its visits, as a team wrote them down in the past year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256

from app.domain.calendar import fiscal_year
from app.domain.corporate_number import check_digit
from app.domain.ids import dependent_id
from app.domain.links import LinkKind
from app.domain.masters import FIRST_VISIT_QUESTION
from app.domain.order_keys import seeded_from
from app.domain.terms import EngagementStatus, PersonSide, ReadBackOutcome
from app.services.links import set_link
from app.services.masters import entry_id
from app.services.practice_course import Act, Course, Visit, in_japan
from app.services.practice_files import Table
from app.services.read_back import keep_answer, read_out
from db.reading import Reading
from db.unit_of_work import UnitOfWork

PERSON_COLUMNS = ("side", "name", "kana", "body", "role", "phone", "email", "duty")
_COMPANY_COLUMNS = ("name", "kana", "products", "capital_thousand_yen", "founded_on", "confidentiality")
_FIRST_OF_YEAR = (4, 1)
_READ_BACK = timedelta(minutes=20)
"""After a visit and the actions drawn from its lines: an answer is tied to the words and days of both."""


class CompanyActs:
    """Registers a company and records its visits."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def all(self) -> Iterator[Act]:
        """Every act, in no particular order."""
        course = self._course
        yield Act(course.opened, self._register)
        for year in course.years:
            begins = max(course.opened, in_japan(date(year, *_FIRST_OF_YEAR), time(8, 30)))
            yield Act(begins, partial(self._write_engagement, year, begins.date()))
        yield Act(course.past[:2][-1].ends + timedelta(hours=2), self._write_intake)
        for visit in course.past:
            yield Act(visit.ends + timedelta(minutes=10), partial(self._write_visit, visit))
            if "read_back" in visit.table:
                yield Act(visit.ends + _READ_BACK, partial(self._write_answers, visit))
        yield Act(course.reviewed, self._write_planned_visits)
        for document in course.table.get("documents", ()):
            at = course.moment(document["day"], time(16, 10))
            yield Act(at, partial(self._write_document, document, at))

    def _save(self, work: UnitOfWork, record_type: str, record_id: str, values: Mapping[str, object]) -> None:
        work.save(record_type, record_id, values, compartment=self._course.company_id)

    # the file

    def _register(self, work: UnitOfWork) -> None:
        course, table = self._course, self._course.table
        base = table["base_number"]
        values = {
            **_given(table, _COMPANY_COLUMNS),
            "corporate_number": f"{check_digit(base)}{base}",
            "is_sole_proprietor": False,
            **_spread(
                table["representative"], "representative_name representative_kana representative_title"
            ),
            **_spread(table["address"], "postal_code prefecture city street"),
            **_spread(table["employees"], "employees_regular employees_part"),
            **_spread(table["industry"], "industry_major industry_middle"),
        }
        self._save(work, "company", course.company_id, values)
        for number, person in enumerate(table["people"]):
            own = {
                "company_id": course.company_id,
                "side": PersonSide.COMPANY,
                "body": table["name"],
                "order_key": course.order_key(number),
            }
            self._save(
                work, "person", course.own_people[person["key"]].id, {**own, **_given(person, PERSON_COLUMNS)}
            )

    def _write_engagement(self, year: int, begun_on: date, work: UnitOfWork) -> None:
        course, table = self._course, self._course.table["engagement"]
        is_now = year == fiscal_year(course.today)
        values = {
            "company_id": course.company_id,
            "fiscal_year": year,
            "status": EngagementStatus(table["status"]),
            "status_reason": table["status_reason"],
            "status_on": max(begun_on, course.days.on(table["status_day"])) if is_now else begun_on,
            "stage": table["stage"] if is_now else table.get("earlier_stage", table["stage"]),
            "aim": table["aim"] if is_now else table.get("earlier_aim", table["aim"]),
        }
        engagement_id = course.engagement_id(year)
        self._save(work, "engagement", engagement_id, values)
        assignees = [course.people[key].id for key in table["assignees"]]
        self._link(work, engagement_id, LinkKind.ASSIGNEE, assignees)

    def _write_intake(self, work: UnitOfWork) -> None:
        course = self._course
        for code, answer in course.table["intake"].items():
            values = {"company_id": course.company_id, "code": code, "value": course.days.words(answer)}
            self._save(work, "intake_answer", dependent_id(course.company_id, "intake_answer", code), values)

    def _write_document(self, document: Table, at: datetime, work: UnitOfWork) -> None:
        course = self._course
        name = f"document/{document['kind']}/{document['day']}"
        values = {
            "company_id": course.company_id,
            **_given(document, ("kind", "level", "destination", "pages")),
            "sha256": sha256(name.encode()).hexdigest(),
            "issued_at": at,
        }
        self._save(work, "issued_document", course.id_of(name), values)

    # visits

    def _write_visit(self, visit: Visit, work: UnitOfWork) -> None:
        following = self._course.visits[self._course.visits.index(visit) + 1 :][:1]
        self._write_head(work, visit, {"finished_at": visit.ends, **_next_visit(following)})
        for number, line in enumerate(visit.lines):
            stamped_at = visit.stamp(number)
            values = {
                "company_id": self._course.company_id,
                "support_session_id": visit.id,
                "text": self._course.days.words(line.text, visit.day),
                "stamped_at": stamped_at,
                "order_key": seeded_from(stamped_at),
                "mark": line.mark,
                **({"is_secret": True} if line.is_secret else {}),
                **({"confidentiality": line.level} if line.level else {}),
            }
            self._save(work, "note_line", visit.line_id(number), values)

        asked = [entry_id(FIRST_VISIT_QUESTION, code) for code in visit.table.get("asked", ())]
        self._link(work, self._course.company_id, LinkKind.ASKED, asked)

    def _write_answers(self, visit: Visit, work: UnitOfWork) -> None:
        """What was read back, and what the client put otherwise."""
        differs = {
            self._course.evidence_ids((key,))[0]: theirs
            for key, theirs in visit.table.get("differs", {}).items()
        }
        for item in read_out(Reading(work.connection), visit.id):
            theirs = differs.get(item.subject_id)
            answer = {
                "support_session_id": visit.id,
                "outcome": ReadBackOutcome.DIFFERS if theirs else ReadBackOutcome.CONFIRMED,
                "person_id": self._course.people[visit.table["read_back"]].id,
                "answered_at": visit.ends,
                **({"their_wording": theirs} if theirs else {}),
            }
            keep_answer(work, self._course.company_id, item, answer)

    def _write_planned_visits(self, work: UnitOfWork) -> None:
        for visit in self._course.visits:
            if not visit.lines:
                self._write_head(work, visit, {})

    def _write_head(self, work: UnitOfWork, visit: Visit, more: Mapping[str, object]) -> None:
        course = self._course
        values = {
            "company_id": course.company_id,
            "engagement_id": course.engagement_id(min(fiscal_year(visit.day), course.years[-1])),
            "starts_at": visit.starts.replace(tzinfo=None),
            "ends_at": visit.ends.replace(tzinfo=None),
            **_given(visit.table, ("method", "place", "purpose", "next_topic", "confidentiality")),
            **more,
        }
        self._save(work, "support_session", visit.id, values)
        present = [course.people[key].id for key in visit.table["people"]]
        self._link(work, visit.id, LinkKind.ATTENDEE, present)

    def _link(self, work: UnitOfWork, left: str, kind: LinkKind, rights: Iterable[str]) -> None:
        for right in rights:
            set_link(work, left, kind, right, present=True, compartment=self._course.company_id)


def _next_visit(following: tuple[Visit, ...]) -> dict[str, object]:
    return {
        name: value
        for visit in following
        for name, value in (("next_on", visit.day), ("next_time", f"{visit.starts:%H:%M}"))
    }


def _given(table: Table, columns: Iterable[str]) -> dict[str, object]:
    return {column: table[column] for column in columns if column in table}


def _spread(values: Iterable[object], columns: str) -> dict[str, object]:
    return dict(zip(columns.split(), values, strict=True))
