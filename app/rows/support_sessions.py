"""What leaves a transaction about 面談 and their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.terms import ActionStatus, Confidentiality, Mark, SessionMethod
from app.rows.companies import PersonRow
from db.forms import Form


@dataclass(frozen=True, slots=True)
class NoteLineRow:
    """One line of the notes. `level` is its own 取扱, None when it takes the visit's."""

    id: str
    text: str
    stamped_at: datetime
    order_key: str
    mark: Mark | None
    is_secret: bool
    level: Confidentiality | None = None


@dataclass(frozen=True, slots=True)
class HomeworkRow:
    """A すること that came from a line of this 面談."""

    id: str
    source_line_id: str
    title: str
    owner_id: str | None
    owner: str
    due_on: date | None
    status: ActionStatus


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """Everything S04 shows of one 面談. `form` carries the tokens for saving its head."""

    id: str
    company_id: str
    company_name: str
    fiscal_year: int
    ordinal: int
    starts_at: datetime | None
    ends_at: datetime | None
    method: SessionMethod | None
    place: str
    purpose: str
    next_on: date | None
    next_time: str
    next_topic: str
    finished_at: datetime | None
    level: Confidentiality
    own_level: Confidentiality | None
    attendees: tuple[PersonRow, ...]
    lines: tuple[NoteLineRow, ...]
    homework: tuple[HomeworkRow, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Text of a focused line or field that is not yet a change. `anchor` is the id of the line above it."""

    scope: str
    field: str
    anchor: str
    text: str
    preedit: str
    caret: int
    scroll: int
    kept_at: datetime
