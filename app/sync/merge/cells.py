"""One cell: what it shows, and what waits to be looked at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from app.sync.merge.changes import ACK, NO_IDS, SET, CellView, Change, position, same_value
from app.sync.merge.policies import Choice, Policy, choose
from app.sync.merge.references import Cell, gather, is_waiting, understood, unsuperseded

POLICIES = frozenset(policy.value for policy in Policy)


def resolve(changes: Sequence[Change], policy: str, quarantined: Container[bytes] = NO_IDS) -> CellView:
    """What a cell shows, given all its changes in any order and any number of times.

    `quarantined` names changes that are kept but do not count; what they replaced comes back.
    Raises ValueError for a policy that does not exist. Any set of changes is accepted.
    """
    if policy not in POLICIES:
        raise ValueError(f"no merge policy is called {policy!r}")
    if is_chain(changes, quarantined):
        return _view_of_chain(changes)
    return view_of_graph(gather(changes, quarantined), policy)


def is_chain(changes: Sequence[Change], quarantined: Container[bytes]) -> bool:
    """Whether each change was made on seeing the one before it and nothing else: the usual case."""
    expected = NO_IDS
    for change in changes:
        if change.known != expected or change.seen != expected or change.kind != SET:
            return False
        if change.id in quarantined:
            return False
        expected = frozenset((change.id,))
    return len(changes) < 2 or len({change.id for change in changes}) == len(changes)


def _view_of_chain(changes: Sequence[Change]) -> CellView:
    if not changes:
        return CellView(None, None, (), (), NO_IDS)
    last = changes[-1]
    return CellView(last.id, last.value, (last.id,), (), frozenset((last.id,)))


def view_of_graph(cell: Cell, policy: str) -> CellView:
    """What a cell shows, for any graph of references."""
    heads = unsuperseded(cell)
    rivals = understood(cell, heads)
    choice = choose(policy, rivals, cell)
    unsettled = _unsettled(cell, policy, rivals, choice)
    equal = {change.id for change in unsettled if _shows(choice, change)}
    listed = [change for change in unsettled if change.id not in equal]
    return CellView(
        winner=choice.winner.id if choice.winner else None,
        value=choice.value,
        heads=_newest_first(heads),
        conflicts=_newest_first(listed) + tuple(sorted(cell.damaged - settled(cell))),
        displayed=choice.shown.union(equal, (head.id for head in rivals if _shows(choice, head))),
        provisional=is_waiting(cell),
        merged=choice.merged,
        read_only=any(head.kind != SET for head in heads),
        undecided=choice.undecided,
        damaged=bool(cell.damaged),
    )


def settled(cell: Cell) -> frozenset[bytes]:
    """Everything that some author was shown."""
    return NO_IDS.union(*(change.seen for change in cell.eligible.values()))


def buried(cell: Cell) -> frozenset[bytes]:
    """What was replaced by an author whose device knew of it but did not show it."""
    return NO_IDS.union(*(change.known - change.seen for change in cell.eligible.values()))


def brought_back(cell: Cell) -> frozenset[bytes]:
    """What was replaced by a change that does not count, whatever its author claims to have seen."""
    return NO_IDS.union(*cell.aside.values())


def losing(policy: str, rivals: Iterable[Change]) -> frozenset[bytes]:
    """Heads that somebody has to hear of when they are not displayed."""
    return NO_IDS if policy == Policy.TRUE_WINS else frozenset(rival.id for rival in rivals)


def _unsettled(cell: Cell, policy: str, rivals: Sequence[Change], choice: Choice) -> list[Change]:
    lost = losing(policy, rivals)
    open_ids = (lost | buried(cell) | brought_back(cell)) - settled(cell)
    if choice.undecided:
        open_ids |= lost
    return [
        change
        for identity in open_ids - choice.shown
        if (change := cell.eligible.get(identity)) is not None and change.kind != ACK
    ]


def _shows(choice: Choice, change: Change) -> bool:
    return change.kind == SET and same_value(change.value, choice.value)


def _newest_first(changes: Iterable[Change]) -> tuple[bytes, ...]:
    return tuple(change.id for change in sorted(changes, key=position, reverse=True))
