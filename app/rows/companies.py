"""What leaves a transaction about companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.terms import CompanySize, Confidentiality, EngagementStatus, SessionMethod, Stage
from db.forms import Form


@dataclass(frozen=True, slots=True)
class CompanyListRow:
    """One line of 企業一覧."""

    id: str
    name: str
    industry_term: str
    status: EngagementStatus | None
    stage: Stage | None
    assignees: tuple[str, ...]
    last_session_on: date | None
    next_action: str
    next_due_on: date | None
    confidentiality: Confidentiality
    search_key: str

    @property
    def standing_term(self) -> str:
        """The stage of a supported company, the standing of any other."""
        if self.status is EngagementStatus.SUPPORTED and self.stage:
            return self.stage.term
        return self.status.term if self.status else ""


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One company in one 年度."""

    id: str
    company_id: str
    fiscal_year: int
    status: EngagementStatus
    status_reason: str
    status_on: date | None
    stage: Stage | None
    aim: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the team, a company or an expert."""

    id: str
    company_id: str | None
    side: str
    name: str
    kana: str
    body: str
    role: str
    phone: str
    email: str
    duty: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One entry of 経過: a 面談 as the company's file lists it."""

    id: str
    fiscal_year: int
    ordinal: int
    starts_at: datetime | None
    method: SessionMethod | None
    place: str
    purpose: str
    facts: int
    issues: int
    decisions: int
    homework: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class NextAction:
    """次の一手: the open action that is due first."""

    id: str
    title: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """The head and 概要 of 企業カルテ."""

    id: str
    name: str
    kana: str
    corporate_number: str
    industry_term: str
    employees_regular: int | None
    employees_part: int | None
    place: str
    representative: str
    founded_on: str
    products: str
    size: CompanySize | None
    size_reason: str
    confidentiality: Confidentiality
    engagement: EngagementRow | None
    assignees: tuple[PersonRow, ...]
    people: tuple[PersonRow, ...]
    issue_count: int
    seed_count: int
    decision_count: int
    homework_count: int
    overdue_count: int
    next_action: NextAction | None
    course: tuple[CourseRow, ...]
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class CompanyForm:
    """The intake form: the company's own columns, and the answers by field code."""

    form: Form
    answers: Mapping[str, str]
    answer_levels: Mapping[str, Confidentiality | None]
