"""What leaves a transaction about deleted items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeletedNote:
    """What a deletion did: `count` records went with it, and undo in `scope` brings all back."""

    record_type: str
    id: str
    type_term: str
    words: str
    count: int
    scope: str

    @property
    def message(self) -> str:
        """The line beside 「元に戻す」."""
        along = f"(中の {self.count}件も)" if self.count else ""
        return f"{self.type_term}「{self.words}」をごみ箱に移しました{along}"


@dataclass(frozen=True, slots=True)
class TrashRow:
    """One deletion: what was deleted by name, and how many records went with it.

    `deleted_at` is aware, in UTC. `days_left` counts down to 0, the last day in ごみ箱.
    """

    record_type: str
    id: str
    type_term: str
    words: str
    company_id: str | None
    company_name: str
    deleted_at: datetime
    deleted_by: str
    count: int
    days_left: int
