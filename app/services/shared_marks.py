"""「共有済み / この端末だけ」 beside records, from what was read last: no question per row."""

from __future__ import annotations

SHARED, ONLY_HERE = "共有済み", "この端末だけ"


class SharedMarks:
    """Says nothing as long as the store shares with nobody."""

    def __init__(self) -> None:
        self._unshared: frozenset[str] | None = None

    def renew(self, unshared: frozenset[str] | None) -> bool:
        """Go on from other ids of records with changes that wait; whether anything is another now."""
        is_another = unshared != self._unshared
        self._unshared = unshared
        return is_another

    def add(self, records: frozenset[str]) -> None:
        """These were written just now."""
        if self._unshared is not None:
            self._unshared |= records

    def word(self, record_id: str) -> str:
        """The mark of one record; "" without a team."""
        if self._unshared is None:
            return ""
        return ONLY_HERE if record_id in self._unshared else SHARED
