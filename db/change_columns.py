"""Changes as they travel between devices: equal-length columns, every identity in a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class ReferenceColumns:
    """What changes refer to beyond one parent: the change of `row` refers, in the sense `what` (SEEN, KNOWN,
    COVERS), to the change `index` of the save `saves[save]`. Other senses are a newer program's.
    """

    row: tuple[int, ...] = ()
    what: tuple[int, ...] = ()
    save: tuple[int, ...] = ()
    index: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeColumns:
    """Tables, and columns that point into them. Save ids have 8 bytes, other ids 16.

    `value` is MessagePack as it stands in the log, None for none. A change of which exactly one was seen, and
    no more known, has that as its parent: `parent_save` is one more than its place in `saves`; of any other
    it is 0. A time is milliseconds since 1970 << 16 with a counter below.
    """

    users: tuple[bytes, ...]
    records: tuple[bytes, ...]
    types: tuple[str, ...]
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    saves: tuple[bytes, ...]
    save: tuple[int, ...]
    index: tuple[int, ...]
    record: tuple[int, ...]
    type: tuple[int, ...]
    field: tuple[int, ...]
    kind: tuple[int, ...]
    time: tuple[int, ...]
    user: tuple[int, ...]
    value: tuple[bytes | None, ...]
    parent_save: tuple[int, ...]
    parent_index: tuple[int, ...]
    references: ReferenceColumns


_TABLES: Final = frozenset(("users", "records", "types", "fields", "kinds", "saves", "references"))
_PER_CHANGE: Final = tuple(each.name for each in fields(ChangeColumns) if each.name not in _TABLES)


def parts_of(columns: ChangeColumns, most: int) -> Iterator[ChangeColumns]:
    """The changes in parts of at most so many, but no save divided: what was saved as one appears as one.

    The tables stay as they are. Changes of a save stand side by side.
    """
    start, count = 0, len(columns.save)
    while start < count:
        end = _end_of_part(columns.save, start, most)
        yield columns if end - start == count else _cut(columns, start, end)
        start = end


def _end_of_part(saves: tuple[int, ...], start: int, most: int) -> int:
    """Behind the last save that still fits, or behind the first one if it alone is larger."""
    end = min(start + max(most, 1), len(saves))
    if end == len(saves) or saves[end] != saves[end - 1]:
        return end
    first_of_save = end - 1
    while first_of_save > start and saves[first_of_save - 1] == saves[end]:
        first_of_save -= 1
    if first_of_save > start:
        return first_of_save
    while end < len(saves) and saves[end] == saves[start]:
        end += 1
    return end


def _cut(columns: ChangeColumns, start: int, end: int) -> ChangeColumns:
    held = columns.references
    first, last = bisect_left(held.row, start), bisect_left(held.row, end)
    references = ReferenceColumns(
        tuple(row - start for row in held.row[first:last]),
        held.what[first:last],
        held.save[first:last],
        held.index[first:last],
    )
    cut = {name: getattr(columns, name)[start:end] for name in _PER_CHANGE}
    return replace(columns, **cut, references=references)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The changes of one opened segment.

    `number` is the segment's number among the objects of this device; `compartment` and `device` (16 bytes)
    are what its key and its signature prove.
    """

    number: int
    compartment: bytes
    device: bytes
    changes: ChangeColumns
