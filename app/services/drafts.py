"""Drafts: what was typed and is not yet a change, kept on disk within two seconds.

What the store's disk does not take is held here, and sealed in the user's own folder if that can be written;
it counts as a draft like all others, and goes to the store once the disk takes writes again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.clock import Clock
from app.errors import AppError
from app.faults import told
from app.rescue import Rescue
from app.rows.building import row
from app.rows.support_sessions import DraftRow
from db.reading import Found
from db.repositories import drafts as kept_drafts
from db.repositories.drafts import Draft
from db.store import Store, write_marker
from db.types import instant_ms

_TRIED: Final = "disk_tried_at"
"""Marker: written to see whether the disk takes writes."""

_Name = tuple[str, str]
"""Scope and field."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Text that waits for the disk: how many drafts, and whether they are sealed in another place."""

    count: int
    is_rescued: bool


class DraftService:
    """Keeps the text of the focused line or field of a screen's subject (`scope`)."""

    def __init__(self, store: Store, clock: Clock, rescue: Rescue | None = None) -> None:
        self._store = store
        self._clock = clock
        self._rescue = rescue
        self._unwritten: dict[_Name, Draft] = {}
        self._secret: set[_Name] = set()
        self._is_rescued = False

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
        is_secret: bool = False,
    ) -> None:
        """Write a draft durably; it replaces the one of the same line or field.

        `is_secret` holds only while the draft waits for the disk: see `to_hand_out`. Raises what a refused
        write is; the draft is held then.
        """
        draft = Draft(scope, field, anchor, text, preedit, caret, scroll, self._clock.now())
        self._secret.discard((scope, field))
        try:
            with told(), self._store.writing_raw() as connection:
                kept_drafts.put(connection, draft)
        except AppError:
            if is_secret:
                self._secret.add((scope, field))
            self._hold(draft)
            raise
        self._release((scope, field))

    def drop(self, scope: str, field: str) -> None:
        """Forget a draft: its text has become a change."""
        with told(), self._store.writing_raw() as connection:
            kept_drafts.drop(connection, scope, field)
        self._release((scope, field))

    def of(self, scope: str) -> tuple[DraftRow, ...]:
        """The drafts left in a scope, oldest first."""
        with told(), self._store.reading() as connection:
            return self._with_unwritten(kept_drafts.of(connection, scope), scope)

    def left(self) -> tuple[DraftRow, ...]:
        """Every draft that an unexpected stop left behind, oldest first."""
        with told(), self._store.reading() as connection:
            return self._with_unwritten(kept_drafts.every(connection))

    # while the disk takes no writes

    def unwritten(self) -> Unwritten:
        """What waits for the disk."""
        return Unwritten(len(self._unwritten), self._is_rescued)

    def to_hand_out(self) -> tuple[tuple[str, ...], int]:
        """Texts that wait, oldest first, to be put elsewhere; and how many 秘密 ones are kept back."""
        waiting = sorted(self._unwritten.items(), key=lambda each: each[1].kept_at)
        texts = [_whole(draft) for name, draft in waiting if name not in self._secret]
        return tuple(text for text in texts if text.strip()), len(self._secret)

    def write_unwritten(self) -> None:
        """Put what waits into the store.

        Also writes where nothing waits, so that it tells whether the disk takes writes. Raises what a refused
        write is; everything waits on then.
        """
        with told(), self._store.writing_raw() as connection:
            write_marker(connection, _TRIED, instant_ms(self._clock.now()))
            for draft in self._unwritten.values():
                kept_drafts.put(connection, draft)
        if self._unwritten:
            self._unwritten.clear()
            self._secret.clear()
            self._keep_elsewhere()

    def take_up_rescued(self) -> int:
        """At the start: put what an earlier run had to leave in the other place into the store; how many.

        Raises what a refused write is; nothing is lost then, it waits on.
        """
        for draft in self._rescue.kept() if self._rescue else ():
            self._unwritten[draft.scope, draft.field] = draft
        count = len(self._unwritten)
        if count:
            self.write_unwritten()
        return count

    def _hold(self, draft: Draft) -> None:
        self._unwritten[draft.scope, draft.field] = draft
        self._keep_elsewhere()

    def _release(self, name: _Name) -> None:
        if self._unwritten.pop(name, None) is not None:
            self._secret.discard(name)
            self._keep_elsewhere()

    def _keep_elsewhere(self) -> None:
        self._is_rescued = self._rescue is not None and self._rescue.keep(tuple(self._unwritten.values()))

    def _with_unwritten(self, found: list[Found], scope: str | None = None) -> tuple[DraftRow, ...]:
        rows = {(each["scope"], each["field"]): row(DraftRow, each) for each in found}
        for name, draft in self._unwritten.items():
            if scope in (None, draft.scope):
                rows[name] = row(DraftRow, {each: getattr(draft, each) for each in draft.__slots__})
        return tuple(sorted(rows.values(), key=lambda each: each.kept_at))


def _whole(draft: Draft) -> str:
    """The text with what was being converted at its caret."""
    return (
        draft.text[: draft.caret] + draft.preedit + draft.text[draft.caret :] if draft.preedit else draft.text
    )
