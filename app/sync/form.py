"""The form contract: a save answers for what the form showed when it was loaded, and for nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.sync.merge import CellView, same_value


@dataclass(frozen=True, slots=True)
class CellToken:
    """What a person was shown of a cell, and what the device knew of it; `known` contains `seen`."""

    seen: frozenset[bytes]
    known: frozenset[bytes]


def token_of(view: CellView) -> CellToken:
    """Token of a cell that is loaded into a form now."""
    return CellToken(seen=view.displayed, known=view.displayed.union(view.heads))


def altered(loaded: Mapping[str, object], edited: Mapping[str, object]) -> dict[str, object]:
    """The cells that a person altered, with their new values. A cell that was never set is None."""
    return {field: value for field, value in edited.items() if not same_value(value, loaded.get(field))}


def has_moved_on(token: CellToken, view: CellView) -> bool:
    """Whether somebody wrote the cell since the form was loaded."""
    return not token.known.issuperset(view.heads)


def after_showing(token: CellToken, view: CellView, conflicts: Collection[bytes] = ()) -> CellToken:
    """Token of a person who was also shown the cell as it is now, and those of its conflicts.

    Ids that are no conflicts of the view are left out: they cannot have been shown.
    """
    seen = token.seen.union(view.displayed, frozenset(conflicts).intersection(view.conflicts))
    return CellToken(seen=seen, known=token.known.union(seen, view.heads))


def dismissal(view: CellView, conflicts: Collection[bytes]) -> CellToken:
    """Token of an `ack` of conflicts that were shown.

    It names nothing else as seen: whoever dismisses a conflict has preferred the displayed value, which
    must be listed if a third write pushes it aside.
    """
    seen = frozenset(conflicts).intersection(view.conflicts)
    return CellToken(seen=seen, known=seen.union(view.heads))
