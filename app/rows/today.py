"""What leaves a transaction about 今日."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.terms import ActionStatus, SessionMethod

SUPPORTED_TARGET = 5
"""How many companies a region supports in a 年度 (target of the programme)."""


@dataclass(frozen=True, slots=True)
class YearStanding:
    """The 年度 of today: which of the project's years it is (None when not said), and its support so far."""

    region: str
    fiscal_year: int
    year_number: int | None
    supported: int
    target: int = SUPPORTED_TARGET


@dataclass(frozen=True, slots=True)
class ComingSession:
    """A 面談 of today or the coming days: a record, or only what the last one noted as the next visit.

    `id` is the 面談 itself, None while it was only noted; `noted_in` is then the one that notes it. `time` is
    as on the wall, empty when none was said.
    """

    id: str | None
    noted_in: str | None
    company_id: str
    company_name: str
    ordinal: int
    on: date
    time: str
    ends_at: datetime | None
    method: SessionMethod | None
    place: str
    purpose: str
    is_finished: bool
    open_homework: int


@dataclass(frozen=True, slots=True)
class OpenHomework:
    """An open すること of any company. `overdue_days` is 0 until its day has passed."""

    id: str
    company_id: str
    company_name: str
    title: str
    owner: str
    due_on: date | None
    status: ActionStatus
    overdue_days: int


class WaitingKind(StrEnum):
    """What may wait for the person."""

    CONFLICTS = "conflicts"
    """Items with two values to choose from."""
    DRAFTS = "drafts"
    """Text that an unexpected stop left behind."""
    LEFTOVER_LINES = "leftover_lines"
    """Lines without a mark in a 面談 that ended lately."""
    READ_BACK = "read_back"
    """What a client has not answered yet of a 面談 that ended lately."""
    UNASSIGNED = "unassigned"
    """Open homework that nobody has."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, for one company or one 面談; what was typed of a new company has neither."""

    kind: WaitingKind
    count: int
    company_id: str | None = None
    company_name: str = ""
    support_session_id: str | None = None
    session_ordinal: int | None = None
    form: str = ""
    """Of DRAFTS: where it was typed, the first part of the drafts' scope, such as "plan"."""


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """Everything S01 shows. `homework` are the first ones by day; the counts are of all."""

    today: date
    year: YearStanding
    sessions: tuple[ComingSession, ...]
    homework: tuple[OpenHomework, ...]
    homework_count: int
    overdue_count: int
    waiting: tuple[Waiting, ...]
    saved_at: datetime | None

    @property
    def next_session(self) -> ComingSession | None:
        """What 「訪問準備」 prepares: the first 面談 that is not over."""
        return next((session for session in self.sessions if not session.is_finished), None)
