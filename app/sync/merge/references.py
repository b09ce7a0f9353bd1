"""Who knew of whom: the changes of one cell as a graph. References may be missing, forged or circular."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass

from app.sync.merge.changes import ACK, NO_IDS, SET, Change, same_content


@dataclass(frozen=True, slots=True)
class Cell:
    """The changes of one cell that have arrived, each once.

    `eligible` take part. `aside` are quarantined or damaged changes, kept with what they knew so that
    references can be followed through them. `damaged` ids arrived with more than one content.
    """

    eligible: dict[bytes, Change]
    aside: dict[bytes, frozenset[bytes]]
    damaged: frozenset[bytes]


def gather(changes: Sequence[Change], quarantined: Container[bytes]) -> Cell:
    """Sort the arrivals of one cell into what takes part and what is kept aside."""
    versions: dict[bytes, list[Change]] = {}
    for change in changes:
        arrived = versions.setdefault(change.id, [])
        if not any(same_content(change, earlier) for earlier in arrived):
            arrived.append(change)
    eligible: dict[bytes, Change] = {}
    aside: dict[bytes, frozenset[bytes]] = {}
    for identity, arrived in versions.items():
        if len(arrived) == 1 and identity not in quarantined:
            eligible[identity] = arrived[0]
        else:
            aside[identity] = NO_IDS.union(*(change.known for change in arrived if change.kind != ACK))
    damaged = frozenset(identity for identity, arrived in versions.items() if len(arrived) > 1)
    return Cell(eligible, aside, damaged)


def superseded(cell: Cell) -> set[bytes]:
    """Every id that a write of the cell knew, directly or through a change that is kept aside."""
    found: set[bytes] = set()
    pending = [known for change in cell.eligible.values() if change.kind != ACK for known in change.known]
    while pending:
        identity = pending.pop()
        if identity not in found:
            found.add(identity)
            pending.extend(cell.aside.get(identity, ()))
    return found


def unsuperseded(cell: Cell) -> list[Change]:
    """The heads, those of unknown kind included. All writes, when circular references leave none."""
    writes = [change for change in cell.eligible.values() if change.kind != ACK]
    gone = superseded(cell)
    return [change for change in writes if change.id not in gone] or writes


def understood(cell: Cell, heads: Iterable[Change]) -> list[Change]:
    """The changes that compete for display: heads of kind `set`, else their nearest `set` ancestors."""
    sets = [head for head in heads if head.kind == SET]
    if sets:
        return sets
    behind = nearest_understood(cell, [known for head in heads for known in head.known])
    return behind or [change for change in cell.eligible.values() if change.kind == SET]


def nearest_understood(cell: Cell, starts: Collection[bytes]) -> list[Change]:
    """The first eligible `set` changes met on the way back from `starts` (these included)."""
    found: dict[bytes, Change] = {}
    visited: set[bytes] = set()
    pending = list(starts)
    while pending:
        identity = pending.pop()
        if identity in visited:
            continue
        visited.add(identity)
        change = cell.eligible.get(identity)
        if change is not None and change.kind == SET:
            found[identity] = change
        else:
            pending.extend(_known_by(cell, identity))
    older = _ancestors(cell, found)
    return [change for change in found.values() if change.id not in older] or list(found.values())


def common_ancestors(cell: Cell, heads: Sequence[Change]) -> list[Change]:
    """The nearest `set` changes that every head knew; more than one after crossed resolutions."""
    common = set.intersection(*(_ancestors(cell, [head.id]) for head in heads))
    common -= {head.id for head in heads}
    older = {known for identity in common for known in _known_by(cell, identity)}
    return nearest_understood(cell, common - older)


def is_waiting(cell: Cell) -> bool:
    """Whether anything that the cell refers to has not arrived."""
    mentioned = superseded(cell).union(
        *(change.seen for change in cell.eligible.values()),
        *(change.known for change in cell.eligible.values()),
    )
    return any(identity not in cell.eligible and identity not in cell.aside for identity in mentioned)


def _ancestors(cell: Cell, descendants: Iterable[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    pending = list(descendants)
    while pending:
        new = _known_by(cell, pending.pop()) - found
        found |= new
        pending.extend(new)
    return found


def _known_by(cell: Cell, identity: bytes) -> frozenset[bytes]:
    change = cell.eligible.get(identity)
    if change is None:
        return cell.aside.get(identity, NO_IDS)
    return NO_IDS if change.kind == ACK else change.known
