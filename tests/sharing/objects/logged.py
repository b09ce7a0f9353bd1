"""Changes one by one, as tests tell of them, and the columns that segments hold of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from app.sharing.objects.segment import COVERS, KNOWN, NO_PARENT, SEEN, Changes, References


class LoggedChange(NamedTuple):
    """One change. Ids of changes are 12 bytes: the save's 8 and a u32 index.

    `value` is MessagePack, None for none. `time` has milliseconds in its upper 48 bits and a counter below.
    `known` is only what is not in `seen`.
    """

    id: bytes
    record: bytes
    type: str
    field: str
    kind: str
    value: bytes | None
    time: int
    user: bytes
    seen: tuple[bytes, ...] = ()
    known: tuple[bytes, ...] = ()
    covers: tuple[bytes, ...] = ()


class _Places(dict[Any, int]):
    def __missing__(self, item: Hashable) -> int:
        self[item] = place = len(self)
        return place


def gathered(changes: Sequence[LoggedChange]) -> Changes:
    """The tables and columns of changes whose saves stand together, each in the order of its indexes."""
    users, records, types, fields, kinds, saves = (_Places() for _ in range(6))
    for each in changes:
        saves[each.id[:8]]  # own saves come first and in order
    parents = [_parent(each) for each in changes]
    references = [
        (row, sense, saves[named[:8]], int.from_bytes(named[8:]))
        for row, each in enumerate(changes)
        for sense, ids in (
            (SEEN, () if parents[row] else each.seen),
            (KNOWN, each.known),
            (COVERS, each.covers),
        )
        for named in ids
    ]
    return Changes(
        save=tuple(saves[each.id[:8]] for each in changes),
        index=tuple(int.from_bytes(each.id[8:]) for each in changes),
        record=tuple(records[each.record] for each in changes),
        type=tuple(types[each.type] for each in changes),
        field=tuple(fields[each.field] for each in changes),
        kind=tuple(kinds[each.kind] for each in changes),
        time=tuple(each.time for each in changes),
        user=tuple(users[each.user] for each in changes),
        value=tuple(each.value for each in changes),
        parent_save=tuple(saves[parent[:8]] + 1 if parent else NO_PARENT for parent in parents),
        parent_index=tuple(int.from_bytes(parent[8:]) for parent in parents),
        references=References(*map(tuple, zip(*references, strict=True))) if references else References(),
        users=tuple(users),
        records=tuple(records),
        types=tuple(types),
        fields=tuple(fields),
        kinds=tuple(kinds),
        saves=tuple(saves),
    )


def _parent(change: LoggedChange) -> bytes:
    """The one change that was all its author saw and knew, if it is so simple."""
    return change.seen[0] if len(change.seen) == 1 and not change.known else b""
