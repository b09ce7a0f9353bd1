"""Everything S04 shows of one 面談."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rows.companies import PersonRow
from app.rows.questions import QuestionRow
from app.rows.support_sessions import DraftRow, SessionSheet


@dataclass(frozen=True, slots=True)
class Visit:
    """`team` and `own` are the people of both sides."""

    sheet: SessionSheet
    team: tuple[PersonRow, ...]
    own: tuple[PersonRow, ...]
    drafts: tuple[DraftRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()
    answered_days: tuple[tuple[str, str], ...] = ()
    """Lines whose days the client has answered, each with the word for the answer."""

    @property
    def people(self) -> Mapping[str, PersonRow]:
        """Everybody by id."""
        return {person.id: person for person in (*self.sheet.attendees, *self.team, *self.own)}
