"""What leaves a transaction about reading back a 面談 to the client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.said_days import SaidDay
from app.domain.terms import Mark, ReadBackOutcome
from app.rows.companies import PersonRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client said to an item; `by` is None where nobody was named."""

    outcome: ReadBackOutcome
    at: datetime
    by: PersonRow | None
    their_wording: str = ""


@dataclass(frozen=True, slots=True)
class ReadBackItem:
    """One 決定, 宿題 or 期限 of a 面談 as it is read out.

    `answer` is None until the client answered, and again once words, owner or day were changed since:
    `is_changed` tells that case. `days` are those that a 期限 names.
    """

    line_id: str
    action_id: str | None
    mark: Mark
    text: str
    said_on: date
    read_as: str
    owner: PersonRow | None = None
    owner_name: str = ""
    due_on: date | None = None
    days: tuple[SaidDay, ...] = ()
    answer: Answer | None = None
    is_changed: bool = False

    @property
    def subject_id(self) -> str:
        """The action of a 宿題, the line of anything else."""
        return self.action_id or self.line_id


@dataclass(frozen=True, slots=True)
class ReadBackSheet:
    """Everything S05 shows; nothing of it comes from a 秘密 line.

    `clients` are those of the company's side who were there.
    """

    session_id: str
    company_id: str
    company_name: str
    ordinal: int
    finished_at: datetime | None
    items: tuple[ReadBackItem, ...]
    clients: tuple[PersonRow, ...]
    team: tuple[PersonRow, ...]

    @property
    def answered(self) -> int:
        """How many items the client has answered."""
        return sum(item.answer is not None for item in self.items)
