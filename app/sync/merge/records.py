"""One record: live, deleted, or deleted while somebody changed it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.sync.merge.changes import NO_IDS, SET, CellView, Change
from app.sync.merge.references import gather, is_waiting, unsuperseded

DELETED_FIELD: Final = "_deleted"


class RecordState(StrEnum):
    """Whether a record is on the screen."""

    LIVE = "live"
    DELETED = "deleted"
    DELETED_BUT_CHANGED = "deleted_but_changed"


@dataclass(frozen=True, slots=True)
class RecordView:
    """State of a record. `uncovered` are the changes that the deletions did not know of."""

    state: RecordState
    uncovered: frozenset[bytes]
    provisional: bool

    @property
    def is_visible(self) -> bool:
        """A record is hidden only when everything in it was known to whoever deleted it."""
        return self.state is not RecordState.DELETED

    @property
    def needs_decision(self) -> bool:
        """Whether a person may be asked to delete it anyway or keep it."""
        return self.state is RecordState.DELETED_BUT_CHANGED and not self.provisional


def resolve_record(
    deleted: Sequence[Change],
    cells: Mapping[str, CellView],
    *,
    arrived: Container[bytes] | None = None,
    quarantined: Container[bytes] = NO_IDS,
) -> RecordView:
    """State of a record from the changes of its `_deleted` cell and the views of all its cells.

    `arrived` are the ids of all changes of the record that this device holds; None: all have arrived.
    While a change that a deletion covers or a cell refers to is missing, nobody is asked.
    """
    cell = gather(deleted, quarantined)
    heads = unsuperseded(cell)
    deletions = [head for head in heads if head.kind == SET and head.value is True]
    covered = NO_IDS.union(*(deletion.covers for deletion in deletions))
    uncovered = content(cells) - covered
    waits_for_covered = arrived is not None and any(identity not in arrived for identity in covered)
    waits_for_cells = any(view.provisional for view in cells.values())
    return RecordView(
        state=_state(heads, deletions, uncovered),
        uncovered=uncovered if deletions else NO_IDS,
        provisional=waits_for_covered or waits_for_cells or is_waiting(cell),
    )


def content(cells: Mapping[str, CellView]) -> frozenset[bytes]:
    """Heads and open conflicts of a record: what a deletion must have known to hide it."""
    views = [view for field, view in cells.items() if field != DELETED_FIELD]
    return NO_IDS.union(*(view.heads for view in views), *(view.conflicts for view in views))


def whole_content(cells: Mapping[str, CellView]) -> frozenset[bytes]:
    """The `covers` of a deletion made now.

    Besides heads and open conflicts it holds what is displayed: a program with other policies for these
    cells may list as a conflict what this one shows as an equal value.
    """
    views = [view for field, view in cells.items() if field != DELETED_FIELD]
    return content(cells).union(*(view.displayed for view in views))


def kept_by_children(record: RecordView, children: Iterable[RecordView]) -> RecordView:
    """A deleted record with a child on the screen comes back, flagged."""
    visible = [child for child in children if child.is_visible]
    if record.state is not RecordState.DELETED or not visible:
        return record
    provisional = record.provisional or all(child.provisional for child in visible)
    return replace(record, state=RecordState.DELETED_BUT_CHANGED, provisional=provisional)


def _state(heads: Sequence[Change], deletions: Sequence[Change], uncovered: frozenset[bytes]) -> RecordState:
    if not deletions:
        return RecordState.LIVE
    if len(deletions) == len(heads) and not uncovered:
        return RecordState.DELETED
    return RecordState.DELETED_BUT_CHANGED
