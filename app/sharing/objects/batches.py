"""From changes one by one to what segments hold: interned, and cut between saves (design-sync 6.4)."""

from __future__ import annotations

import struct
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from app.sharing.objects.segment import (
    COVERS,
    KNOWN,
    MOST_INDEX,
    MOST_VALUE_BYTES,
    NO_PARENT,
    SAVE_ID_BYTES,
    SEEN,
    Changes,
    References,
    SaveTooLarge,
)

MOST_CHANGES: Final = 20_000
MOST_BYTES: Final = 4 << 20
_CHANGE_BYTES: Final = 112
"""At most what a change takes besides its value, names and references: columns, and new entries of tables."""
_REFERENCE_BYTES: Final = 24
_NAME_BYTES: Final = 4
"""At most what a character takes, in UTF-8."""
_CHANGE_ID: Final = struct.Struct(f">{SAVE_ID_BYTES}sI")
_NOTHING: Final = bytes(_CHANGE_ID.size)
"""Stands where there is no parent; compared by identity, since any bytes may be an id."""


class LoggedChange(NamedTuple):
    """One change as it stands in the log. Ids of changes are 12 bytes: the save's 8 and a u32 index.

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


def batches(changes: Iterable[LoggedChange]) -> Iterator[Changes]:
    """Cut changes of one compartment, whose saves stand together, into what segments may hold.

    A segment has at most 20,000 changes and a body of 4 MiB, except for one save that is larger: it has a
    segment of its own. Raises ValueError for a save that comes in two places or a change that comes twice,
    SaveTooLarge for a value that no device would read.
    """
    done: set[bytes] = set()
    batch: list[LoggedChange] = []
    filled = 0
    for save, group in groupby(changes, _save_of):
        if save in done:
            raise ValueError("a save in two places")
        done.add(save)
        own = sorted(group)
        cost = most_bytes(own)
        if batch and not _fits(len(batch) + len(own), filled + cost):
            yield gathered(batch)
            batch, filled = [], 0
        batch += own
        filled += cost
    if batch:
        yield gathered(batch)


def gathered(changes: Sequence[LoggedChange]) -> Changes:
    """The tables and columns of changes whose saves stand together, each in the order of its indexes."""
    ids, record, kind_of_record, field, kind, value, time, user, seen, known, covers = zip(
        *changes, strict=True
    )
    users, records, types, fields, kinds, saves = (_Places() for _ in range(6))
    # Own saves come first and in order; those that are only referred to follow.
    own_saves, index = _parted(ids)
    save = saves.of(own_saves)
    parents = [_parent(*shown) for shown in zip(seen, known, strict=True)]
    parent_saves, parent_index = _parted(parents)
    return Changes(
        save=save,
        index=index,
        record=records.of(record),
        type=types.of(kind_of_record),
        field=fields.of(field),
        kind=kinds.of(kind),
        time=time,
        user=users.of(user),
        value=value,
        parent_save=tuple(
            NO_PARENT if parent is _NOTHING else saves[of_parent] + 1
            for parent, of_parent in zip(parents, parent_saves, strict=True)
        ),
        parent_index=parent_index,
        references=_references(zip(parents, seen, known, covers, strict=True), saves),
        users=tuple(users),
        records=tuple(records),
        types=tuple(types),
        fields=tuple(fields),
        kinds=tuple(kinds),
        saves=tuple(saves),
    )


def most_bytes(changes: Iterable[LoggedChange]) -> int:
    """A bound on what changes add to a body. Raises SaveTooLarge for a value that no device would read."""
    bound = 0
    for _, _, kind_of_record, field, kind, value, _, _, seen, known, covers in changes:
        size = len(value or b"")
        if size > MOST_VALUE_BYTES:
            raise SaveTooLarge("a value that no device would read")
        names = len(kind_of_record) + len(field) + len(kind)
        references = len(seen) + len(known) + len(covers)
        bound += _CHANGE_BYTES + size + _NAME_BYTES * names + _REFERENCE_BYTES * references
    return bound


class _Places(dict[Any, int]):
    """Gives each item its place at first sight."""

    def __missing__(self, item: Hashable) -> int:
        self[item] = place = len(self)
        return place

    def of(self, column: Iterable[Hashable]) -> tuple[int, ...]:
        """The places of all items of a column."""
        return tuple(map(self.__getitem__, column))


def _parted(ids: Sequence[bytes]) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """The saves and the indexes of ids of changes."""
    saves, index = zip(*_CHANGE_ID.iter_unpack(b"".join(ids)), strict=True)
    if max(index) > MOST_INDEX:
        raise ValueError("an index beyond what a store numbers")
    return saves, index


def _parent(seen: tuple[bytes, ...], known: tuple[bytes, ...]) -> bytes:
    """The one change that was all its author saw and knew, if it is so simple."""
    return seen[0] if len(seen) == 1 and not known else _NOTHING


def _references(
    rows: Iterable[tuple[bytes, tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...]]], saves: _Places
) -> References:
    found = [
        (row, sense, each)
        for row, (parent, seen, known, covers) in enumerate(rows)
        if covers or known or (seen and parent is _NOTHING)
        for sense, ids in ((SEEN, seen if parent is _NOTHING else ()), (KNOWN, known), (COVERS, covers))
        for each in ids
    ]
    if not found:
        return References()
    row, sense, ids = zip(*found, strict=True)
    of_saves, index = _parted(ids)
    return References(row, sense, saves.of(of_saves), index)


def _save_of(change: LoggedChange) -> bytes:
    return change.id[:SAVE_ID_BYTES]


def _fits(rows: int, most: int) -> bool:
    return rows <= MOST_CHANGES and most <= MOST_BYTES
