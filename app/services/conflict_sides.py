"""Whose values stand against each other in one cell, and what both went on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.sync.merge import SET, same_value
from app.sync.merge.references import common_ancestors, gather
from db.disagreements import Author, CellLog
from db.log_views import LoggedChange

_SAVE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the values of a cell with the change that wrote it."""

    value: object
    time: int
    author: Author
    is_shown: bool
    id: bytes


def rivals(log: CellLog, own_user: bytes) -> tuple[Rival, ...]:
    """The displayed value and every other one that waits: this person's first, then the newest."""
    view = log.view
    by_id = {change.id: change for change in log.changes}
    open_ones = [by_id[each] for each in view.conflicts if each in by_id]
    found = [_rival(log, by_id[view.winner], view.value, is_shown=True)] if view.winner else []
    for change in open_ones:
        if not any(same_value(change.value, known.value) for known in found):
            found.append(_rival(log, change, change.value, is_shown=False))
    return tuple(sorted(found, key=lambda each: (each.author.user != own_user, -each.time)))


def _rival(log: CellLog, change: LoggedChange, value: object, *, is_shown: bool) -> Rival:
    source = _first_writing(log.changes, change)
    return Rival(value, source.time, log.authors[source.id], is_shown, source.id)


def _first_writing(changes: Sequence[LoggedChange], change: LoggedChange) -> LoggedChange:
    """Who wrote the value, where the change only put a question again that had been decided."""
    save = change.id[:_SAVE_BYTES]
    if not any(each.id[:_SAVE_BYTES] == save and each.id != change.id for each in changes):
        return change
    earlier = [
        each
        for each in changes
        if each.kind == SET and each.id[:_SAVE_BYTES] != save and same_value(each.value, change.value)
    ]
    return max(earlier, key=lambda each: (each.time, each.id), default=change)


def shown_changes(log: CellLog) -> frozenset[int]:
    """The numbers of all changes that a page about this cell shows, those of one value together."""
    named = {*log.view.heads, *log.view.conflicts, *log.view.displayed}
    return frozenset(author.change for each, author in log.authors.items() if each in named)


def before(log: CellLog, found: Sequence[Rival]) -> Rival | None:
    """What the rivals went on from, None where they have nothing in common."""
    cell = gather(log.changes, frozenset())
    written = [cell.eligible[each.id] for each in found if each.id in cell.eligible]
    common = common_ancestors(cell, written) if len(written) > 1 else []
    if not common:
        return None
    newest = max(common, key=lambda each: (each.time, each.id))
    change = next(each for each in log.changes if each.id == newest.id)
    return Rival(change.value, change.time, log.authors[change.id], False, change.id)
