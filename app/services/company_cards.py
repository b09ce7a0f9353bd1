"""Gathering what the head and 概要 of 企業カルテ show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.calendar import fiscal_year
from app.domain.company_size import size_of
from app.domain.confidentiality import DEFAULT_LEVEL
from app.domain.links import LinkKind
from app.domain.terms import Confidentiality, EngagementStatus
from app.errors import CompanyNotFound
from app.rows.building import row
from app.rows.companies import CompanyCard, CourseRow, EngagementRow, NextAction, PersonRow
from db.repositories import companies as found_companies

if TYPE_CHECKING:
    from app.workplace import Workplace
    from db.reading import Found, Reading


class CardReader:
    """Reads one company's card within one moment."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._place = place

    def card(self, company_id: str) -> CompanyCard:
        """The card of a company, deleted or not. Raises CompanyNotFound."""
        company = self._reading.record("company", company_id)
        if company is None:
            raise CompanyNotFound
        engagement = self._newest_engagement(company_id)
        actions = found_companies.open_actions(self._reading, company_id)
        course = self._course(company_id)
        size = size_of(company)
        counts = found_companies.counts(self._reading, company_id)
        return row(
            CompanyCard,
            company,
            industry_term=self._place.masters.industry_term(
                company["industry_major"], company["industry_middle"]
            ),
            place="".join(company[part] or "" for part in ("prefecture", "city")),
            representative=_representative(company),
            size=size.size,
            size_reason=size.reason,
            confidentiality=Confidentiality(company["confidentiality"] or DEFAULT_LEVEL),
            engagement=engagement,
            assignees=self._assignees(engagement),
            people=self._people(company_id),
            issue_count=counts["issues"],
            seed_count=counts["seeds"],
            decision_count=sum(entry.decisions for entry in course),
            homework_count=len(actions),
            overdue_count=sum(_is_overdue(action, self._place.today()) for action in actions),
            next_action=_next_action(actions),
            course=course,
            is_deleted=company["deleted"] == 1,
        )

    def _newest_engagement(self, company_id: str) -> EngagementRow | None:
        found = self._reading.records("engagement", company_id=company_id, order=("fiscal_year",))
        return engagement_row(found[-1]) if found else None

    def _assignees(self, engagement: EngagementRow | None) -> tuple[PersonRow, ...]:
        if engagement is None:
            return ()
        ids = [person for _, person in self._reading.linked(LinkKind.ASSIGNEE, left_ids=[engagement.id])]
        found = {person["id"]: row(PersonRow, person) for person in self._reading.records("person", ids=ids)}
        return tuple(found[person_id] for person_id in ids if person_id in found)

    def _people(self, company_id: str) -> tuple[PersonRow, ...]:
        return tuple(
            row(PersonRow, person) for person in self._reading.records("person", company_id=company_id)
        )

    def _course(self, company_id: str) -> tuple[CourseRow, ...]:
        return course_rows(found_companies.course(self._reading, company_id))


def engagement_row(found: Found) -> EngagementRow:
    """The row of an engagement; without a standing it is 候補."""
    return row(EngagementRow, found, status=EngagementStatus(found["status"] or EngagementStatus.CANDIDATE))


def course_rows(found: Sequence[Found]) -> tuple[CourseRow, ...]:
    """面談 in order of time, counted through from the first."""
    return tuple(_course_row(session, ordinal) for ordinal, session in enumerate(found, 1))


def _course_row(session: Found, ordinal: int) -> CourseRow:
    starts_at = datetime.fromisoformat(session["starts_at"]) if session["starts_at"] else None
    marks = {mark: session[mark] or 0 for mark in ("facts", "issues", "decisions", "homework")}
    return row(
        CourseRow,
        session,
        ordinal=ordinal,
        fiscal_year=fiscal_year(starts_at.date()) if starts_at else 0,
        starts_at=starts_at,
        is_finished=session["finished_at"] is not None,
        **marks,
    )


def _representative(company: Found) -> str:
    parts = (company["representative_title"], company["representative_name"])
    return " ".join(part for part in parts if part)


def _next_action(actions: Sequence[Found]) -> NextAction | None:
    if not actions:
        return None
    due = actions[0]["due_on"]
    return row(NextAction, actions[0], due_on=date.fromisoformat(due) if due else None)


def _is_overdue(action: Found, today: date) -> bool:
    return bool(action["due_on"]) and date.fromisoformat(action["due_on"]) < today
