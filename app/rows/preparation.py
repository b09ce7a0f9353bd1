"""What leaves a transaction about preparing a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CarriedHomework:
    """An open すること of the company; `owner` is empty for nobody."""

    title: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """One of the last visits: what it is called, and what came of it in a few words."""

    session_id: str
    ordinal: int
    on: date
    method_term: str
    gist: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """訪問準備 of a 面談; `session_id` is None while the next one has no record of its own.

    Without what is 秘密, as the 訪問シート: the screen may lie open on a table.
    """

    company_id: str
    company_name: str
    session_id: str | None
    ordinal: int
    starts_at: datetime | None
    place: str
    today: date
    homework: tuple[CarriedHomework, ...]
    questions: tuple[str, ...]
    dates: tuple[tuple[date, str], ...]
    visits: tuple[EarlierVisit, ...]
