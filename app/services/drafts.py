"""Drafts: what was typed and is not yet a change, kept on disk within two seconds."""

from __future__ import annotations

from app.clock import Clock
from app.faults import told
from app.rows.building import row
from app.rows.support_sessions import DraftRow
from db.repositories import drafts as kept_drafts
from db.store import Store


class DraftService:
    """Keeps the text of the focused line or field of a screen's subject (`scope`)."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def keep(
        self,
        scope: str,
        field: str,
        text: str,
        *,
        anchor: str = "",
        preedit: str = "",
        caret: int = 0,
        scroll: int = 0,
    ) -> None:
        """Write a draft durably; it replaces the one of the same line or field."""
        draft = kept_drafts.Draft(scope, field, anchor, text, preedit, caret, scroll, self._clock.now())
        with told(), self._store.writing_raw() as connection:
            kept_drafts.put(connection, draft)

    def drop(self, scope: str, field: str) -> None:
        """Forget a draft: its text has become a change."""
        with told(), self._store.writing_raw() as connection:
            kept_drafts.drop(connection, scope, field)

    def of(self, scope: str) -> tuple[DraftRow, ...]:
        """The drafts left in a scope, oldest first."""
        with told(), self._store.reading() as connection:
            return tuple(row(DraftRow, found) for found in kept_drafts.of(connection, scope))

    def left(self) -> tuple[DraftRow, ...]:
        """Every draft that an unexpected stop left behind, oldest first."""
        with told(), self._store.reading() as connection:
            return tuple(row(DraftRow, found) for found in kept_drafts.every(connection))
