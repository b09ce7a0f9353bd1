"""「共有済み / この端末だけ」 and questions beside records, from what was read last: no query per row."""

from __future__ import annotations

from collections import Counter

from app.rows.sharing import SharingState

SHARED, ONLY_HERE = "共有済み", "この端末だけ"


class SharedMarks:
    """Says nothing as long as the store shares with nobody."""

    def __init__(self) -> None:
        self._unshared: frozenset[str] | None = None
        self._questions: Counter[str] = Counter()

    def renew(self, state: SharingState | None) -> bool:
        """Go on from what was read just now; whether anything is another."""
        before = self._unshared, self._questions
        self._unshared = state.unshared if state else None
        asked = [row for row in state.questions if row.is_asked] if state else []
        named = ({row.record_id, row.company_id or ""} for row in asked)
        self._questions = Counter(each for names in named for each in names)
        return before != (self._unshared, self._questions)

    def add(self, records: frozenset[str]) -> None:
        """These were written just now."""
        if self._unshared is not None:
            self._unshared |= records

    def word(self, record_id: str) -> str:
        """The mark of one record; "" without a team."""
        if self._unshared is None:
            return ""
        return ONLY_HERE if record_id in self._unshared else SHARED

    def is_only_here(self, record_id: str) -> bool:
        """Whether the team cannot have all of the record."""
        return self.word(record_id) == ONLY_HERE

    def questions_of(self, record_id: str) -> int:
        """How many questions there are about a record; of a company, about all that is its own."""
        return self._questions[record_id]
