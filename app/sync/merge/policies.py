"""What a cell displays when its heads disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.terms import Confidentiality
from app.sync.merge.changes import NO_IDS, Change, position, same_value
from app.sync.merge.references import Cell, common_ancestors
from app.sync.merge.sentences import merge_texts


class Policy(StrEnum):
    """Merge policy of a cell, declared with the cell and named in the schema."""

    LATEST = "latest"
    TEXT = "text"
    STRICTEST = "strictest"
    TRUE_WINS = "true-wins"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is displayed. `shown` holds the ids displayed beside equal ones: the winner, or both sides."""

    winner: Change | None
    value: object
    shown: frozenset[bytes]
    merged: bool = False
    undecided: bool = False


def choose(policy: str, heads: Sequence[Change], cell: Cell) -> Choice:
    """Display the value the heads agree on, or what the policy says. `heads` may be empty."""
    if not heads:
        return Choice(None, None, NO_IDS)
    if all(same_value(head.value, heads[0].value) for head in heads):
        return _of(newest(heads))
    return _CHOICES[Policy(policy)](heads, cell)


def newest(changes: Iterable[Change]) -> Change:
    """The change with the greatest time; of equal times the greatest id. `changes` is not empty."""
    return max(changes, key=position)


def openness(value: object) -> int:
    """Order of 取扱: the least open wins.

    No own level counts as the most open, since it adds nothing to what the parent says. A level that
    only a newer program knows counts as the least open: it must not widen who may read.
    """
    if value is None:
        return len(Confidentiality)
    return _OPENNESS.get(value, -1) if isinstance(value, str) else -1


def _latest(heads: Sequence[Change], _cell: Cell) -> Choice:
    return _of(newest(heads))


def _strictest(heads: Sequence[Change], _cell: Cell) -> Choice:
    closed = min(openness(head.value) for head in heads)
    return _of(newest(head for head in heads if openness(head.value) == closed))


def _true_wins(heads: Sequence[Change], _cell: Cell) -> Choice:
    return _of(newest([head for head in heads if head.value is True] or heads))


def _ask(heads: Sequence[Change], cell: Cell) -> Choice:
    ancestors = common_ancestors(cell, heads)
    if not ancestors:
        return Choice(None, None, NO_IDS, undecided=True)
    winner = newest(ancestors)
    return Choice(winner, winner.value, frozenset((winner.id,)), undecided=True)


def _text(heads: Sequence[Change], cell: Cell) -> Choice:
    merged = _merged(heads, cell)
    if merged is None:
        return _of(newest(heads))
    return Choice(newest(heads), merged, frozenset(head.id for head in heads), merged=True)


def _merged(heads: Sequence[Change], cell: Cell) -> str | None:
    if len(heads) != 2:
        return None
    ancestors = common_ancestors(cell, heads)
    if len(ancestors) != 1:
        return None
    base, one, other = ancestors[0].value, heads[0].value, heads[1].value
    if not (isinstance(base, str) and isinstance(one, str) and isinstance(other, str)):
        return None
    return merge_texts(base, one, other)


def _of(winner: Change) -> Choice:
    return Choice(winner, winner.value, frozenset((winner.id,)))


_OPENNESS = {level.value: level.openness for level in Confidentiality}

_CHOICES: dict[Policy, Callable[[Sequence[Change], Cell], Choice]] = {
    Policy.LATEST: _latest,
    Policy.TEXT: _text,
    Policy.STRICTEST: _strictest,
    Policy.TRUE_WINS: _true_wins,
    Policy.ASK: _ask,
}
