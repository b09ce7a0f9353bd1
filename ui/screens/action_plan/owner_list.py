"""計画 by person: each with how much is open and how much of it is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.rows.action_plans import ActionRow, OwnerGroup
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.screens.action_plan.words import NOBODY, period_words, state_of


def owner_entries(groups: Iterable[OwnerGroup]) -> list[Entry]:
    """A heading for each person, below it the actions."""
    entries: list[Entry] = []
    for group in groups:
        entries.append(ListHeading(group.owner or NOBODY, owner_note(group.actions)))
        entries += [_row(action) for action in group.actions]
    return entries


def owner_note(actions: Sequence[ActionRow]) -> str:
    """「あと 3件 (超過 1)  済 4」."""
    left = [action for action in actions if action.is_open]
    overdue = sum(action.is_overdue for action in left)
    late = f" (超過 {overdue})" if overdue else ""
    return f"あと {len(left)}件{late}　終わり {len(actions) - len(left)}件"


def _row(action: ActionRow) -> ListRow:
    return ListRow(
        key=action.id,
        title=action.title,
        quiet=action.stage.term if action.stage else "",
        right=period_words(action),
        right_tone="danger" if action.is_overdue else "sub",
        states=(state_of(action),),
        ticked=not action.is_open,
    )
