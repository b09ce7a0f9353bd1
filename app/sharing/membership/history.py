"""The order of entries: who knew what. Computed from parents alone, never from arrival or clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.sharing.membership.entries import Entry


@dataclass(frozen=True, slots=True)
class History:
    """Entries whose ancestors are all here, numbered so that ancestors come first.

    Numbers follow (depth, id); `ancestors[n]` has bit m set if entry m is among the ancestors of entry n.
    `waiting` names, for entries left out, the parents that have not arrived.
    """

    entries: tuple[Entry, ...]
    depths: tuple[int, ...]
    ancestors: tuple[int, ...]
    number: Mapping[bytes, int]
    waiting: Mapping[bytes, frozenset[bytes]]

    def knew(self, later: int, earlier: int) -> bool:
        """Whether entry number `earlier` is among the ancestors of entry number `later`."""
        return bool(self.ancestors[later] >> earlier & 1)

    def heads(self) -> tuple[bytes, ...]:
        """Ids of entries that nobody has built upon: the parents of the next one."""
        known = {parent for entry in self.entries for parent in entry.parents}
        return tuple(entry.id for entry in self.entries if entry.id not in known)


def history_of(entries: Iterable[Entry]) -> History:
    """Order a set of entries. Repeats of an id count once; circles of parents never arrive."""
    by_id = {entry.id: entry for entry in entries}
    depths = _depths(by_id)
    ordered = in_order(depths)
    number = {each: at for at, each in enumerate(ordered)}
    ancestors: list[int] = []
    for each in ordered:
        known = 0
        for parent in by_id[each].parents:
            known |= ancestors[number[parent]] | 1 << number[parent]
        ancestors.append(known)
    return History(
        tuple(by_id[each] for each in ordered),
        tuple(depths[each] for each in ordered),
        tuple(ancestors),
        number,
        {
            each: frozenset(by_id[each].parents).difference(by_id)
            for each in sorted(by_id)
            if each not in depths
        },
    )


def in_order(depths: Mapping[bytes, int]) -> list[bytes]:
    """Ids by (depth, id)."""
    return sorted(depths, key=lambda each: (depths[each], each))


def _depths(by_id: Mapping[bytes, Entry]) -> dict[bytes, int]:
    """The longest way from an entry without parents, for all whose ancestors have arrived."""
    children = defaultdict(list)
    open_parents = {}
    for entry in by_id.values():
        parents = set(entry.parents)
        open_parents[entry.id] = len(parents)
        for parent in parents:
            children[parent].append(entry.id)
    depths = {each: 0 for each, count in open_parents.items() if not count}
    ready = list(depths)
    while ready:
        done = ready.pop()
        for child in children[done]:
            depths[child] = max(depths.get(child, 0), depths[done] + 1)
            open_parents[child] -= 1
            if not open_parents[child]:
                ready.append(child)
    return {each: depth for each, depth in depths.items() if not open_parents[each]}
