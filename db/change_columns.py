"""Changes as they travel between devices: equal-length columns, every identity in a table."""

from __future__ import annotations

from dataclasses import dataclass


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
