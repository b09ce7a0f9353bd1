"""What Ctrl+K finds in the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GoToKind(StrEnum):
    """What was found; the values are names of icons."""

    COMPANY = "company"
    PERSON = "person"
    SESSION = "note"


@dataclass(frozen=True, slots=True)
class GoToHit:
    """A place to go to. A person of the team has no company; only a 面談 has a `support_session_id`."""

    kind: GoToKind
    id: str
    label: str
    detail: str
    company_id: str | None = None
    support_session_id: str | None = None
