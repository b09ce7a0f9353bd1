"""Where services stand: the open store, the clock, the feed and the undo chains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from app.changes import ChangeFeed, Changes
from app.clock import JAPAN, Clock
from app.faults import told
from app.ids import record_id
from app.masters import Masters
from app.shown import Shown
from app.undo import Counted, Direction, Step, UndoChains, replay, uncounted
from db.reading import Reading
from db.store import Store
from db.unit_of_work import UnitOfWork


@dataclass
class Workplace:
    """What every service is given. `team_id` is the compartment of the team's own records."""

    store: Store
    clock: Clock
    masters: Masters
    team_id: str
    user_id: str
    feed: ChangeFeed = field(default_factory=ChangeFeed)
    undo_chains: UndoChains = field(default_factory=UndoChains)
    shown: Shown = field(default_factory=Shown)

    def new_id(self) -> str:
        """An id for a new record."""
        return record_id(self.clock.now())

    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    def today(self) -> date:
        """Today's date in Japan."""
        return self.clock.now().astimezone(JAPAN).date()

    def wall_time(self) -> datetime:
        """What a clock on the wall in Japan shows, to the minute, without a zone."""
        return self.clock.now().astimezone(JAPAN).replace(tzinfo=None, second=0, microsecond=0)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Everything read in the block is of one moment."""
        with told(), self.store.reading() as connection:
            yield Reading(connection)

    @contextmanager
    def action(self, label: str, scope: str | None) -> Iterator[UnitOfWork]:
        """One person's action: one transaction, one notice, one undo step in `scope`.

        `label` names the action in 「元に戻す」. Without a scope the action cannot be undone by Ctrl+Z.
        """
        with told(), self.store.writing(self.shown.until) as work:
            yield work
        if work.traces and scope is not None:
            self.undo_chains.did(scope, Step(label, tuple(work.traces)))
        self._tell(work)

    def undo(self, scope: str, direction: Direction = "back", counted: Counted = uncounted) -> str | None:
        """Take back (or do again) the newest step of a scope; its label, None when there is none.

        Raises UndoMovedOn and leaves everything as it is when the values have moved on since.
        """
        step = self.undo_chains.take(scope, direction)
        if step is None:
            return None
        with told(), self.store.writing() as work:
            replay(work, step, direction, counted)
        self.undo_chains.moved(scope, direction)
        self._tell(work)
        return step.label

    def _tell(self, work: UnitOfWork) -> None:
        if work.traces:
            self.feed.publish(Changes(work.changed))


def session_scope(support_session_id: str) -> str:
    """The undo chain of one 面談."""
    return f"support_session:{support_session_id}"


def company_scope(company_id: str) -> str:
    """The undo chain of one company's file."""
    return f"company:{company_id}"


TEAM_SCOPE = "team"
"""The undo chain of the settings of the team."""
