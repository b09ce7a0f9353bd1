"""Drafts: what was typed and is not yet a change, kept on disk within two seconds.

What the store's disk does not take is held here, and sealed in the user's own folder if that can be written;
it counts as a draft like all others, and goes to the store once the disk takes writes again. So is what the
store has no time for, because one long action holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import RLock
from typing import Any, Final

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

CHOICES: Final = "visit_choices"
"""First part of the scopes of what was chosen, not typed; see `app.services.visit_choices`."""

_Name = tuple[str, str]
"""Scope and field."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What waits for the disk: how many texts and choices, and whether they are sealed in another place."""

    count: int
    is_rescued: bool
    choices: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """A draft on its way to the disk."""

    draft: Draft
    is_secret: bool = False
    number: int = 0
    """In the order of typing; the clock may be set back."""


class DraftService:
    """Keeps the text of the focused line or field of a screen's subject (`scope`)."""

    def __init__(self, store: Store, clock: Clock, rescue: Rescue | None = None) -> None:
        self._store = store
        self._clock = clock
        self._rescue = rescue
        self._unwritten: dict[_Name, Typed] = {}
        self._numbers = count(1)
        self._is_rescued = False
        self._lock = RLock()

    def noted(
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
    ) -> Typed:
        """What stands in a line or field now, to be put on disk.

        `is_secret` holds only while the draft waits for the disk: see `to_hand_out`.
        """
        draft = Draft(scope, field, anchor, text, preedit, caret, scroll, self._clock.now())
        return Typed(draft, is_secret, next(self._numbers))

    def keep(self, scope: str, field: str, text: str, **more: Any) -> None:
        """Write a draft durably; `more` is what `noted` takes. Raises as `write`."""
        self.write(self.noted(scope, field, text, **more))

    def write(self, typed: Typed) -> None:
        """Write what was noted durably; it replaces the draft of the same line or field.

        Raises what a refused write is; the draft is held then.
        """
        try:
            with told(), self._store.writing_raw() as connection:
                kept_drafts.put(connection, typed.draft)
        except AppError:
            self._hold(typed)
            raise
        self._release(_name(typed), typed)

    def set_aside(self, typed: Typed, is_written: Callable[[], bool]) -> None:
        """Put what was noted in the other place while the store is busy; from any thread.

        `is_written` says that `write` has ended, which takes it away from there.
        """
        with self._lock:
            if not is_written():
                self._hold(typed)

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
        choices = sum(_is_choice(scope) for scope, _ in self._unwritten)
        return Unwritten(len(self._unwritten) - choices, self._is_rescued, choices)

    def to_hand_out(self) -> tuple[tuple[str, ...], int]:
        """Texts that wait, oldest first, to be put elsewhere; and how many 秘密 ones are kept back."""
        typed_ones = [each for each in self._unwritten.values() if not _is_choice(each.draft.scope)]
        waiting = sorted(typed_ones, key=lambda each: each.draft.kept_at)
        texts = [_whole(typed.draft) for typed in waiting if not typed.is_secret]
        secret = sum(typed.is_secret for typed in waiting)
        return tuple(text for text in texts if text.strip()), secret

    def write_unwritten(self) -> None:
        """Put what waits into the store.

        Also writes where nothing waits, so that it tells whether the disk takes writes. Raises what a refused
        write is; everything waits on then.
        """
        with told(), self._store.writing_raw() as connection:
            write_marker(connection, _TRIED, instant_ms(self._clock.now()))
            written = dict(self._unwritten)
            for typed in written.values():
                kept_drafts.put(connection, typed.draft)
        for name, typed in written.items():
            self._release(name, typed)

    def take_up_rescued(self) -> int:
        """At the start: put what an earlier run had to leave in the other place into the store; how many.

        Raises what a refused write is; nothing is lost then, it waits on.
        """
        for draft in self._rescue.kept() if self._rescue else ():
            self._unwritten[draft.scope, draft.field] = Typed(draft)
        waiting = len(self._unwritten)
        if waiting:
            self.write_unwritten()
        return waiting

    def _hold(self, typed: Typed) -> None:
        with self._lock:
            self._unwritten[_name(typed)] = typed
            self._keep_elsewhere()

    def _release(self, name: _Name, written: Typed | None = None) -> None:
        """Let go of what is held under a name, unless that was typed after what was written."""
        with self._lock:
            held = self._unwritten.get(name)
            if held is not None and (written is None or held.number <= written.number):
                del self._unwritten[name]
                self._keep_elsewhere()

    def _keep_elsewhere(self) -> None:
        self._is_rescued = self._rescue is not None and self._rescue.keep(
            tuple(typed.draft for typed in self._unwritten.values())
        )

    def _with_unwritten(self, found: list[Found], scope: str | None = None) -> tuple[DraftRow, ...]:
        rows = {(each["scope"], each["field"]): row(DraftRow, each) for each in found}
        for name, typed in tuple(self._unwritten.items()):
            if scope in (None, typed.draft.scope):
                values = {each: getattr(typed.draft, each) for each in typed.draft.__slots__}
                rows[name] = row(DraftRow, values)
        return tuple(sorted(rows.values(), key=lambda each: each.kept_at))


def _name(typed: Typed) -> _Name:
    return typed.draft.scope, typed.draft.field


def _is_choice(scope: str) -> bool:
    return scope.partition(":")[0] == CHOICES


def _whole(draft: Draft) -> str:
    """The text with what was being converted at its caret."""
    return (
        draft.text[: draft.caret] + draft.preedit + draft.text[draft.caret :] if draft.preedit else draft.text
    )
