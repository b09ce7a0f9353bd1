"""Changes as they travel between devices: the columns of one segment, every identity in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Reference = tuple[int, int]
"""(position in the table of saves, index within the save)."""


@dataclass(frozen=True, slots=True)
class ChangeColumns:
    """The changes of one segment. Tables hold what the columns point into; columns are equally long.

    `number` is the segment's number among the objects of this device; `compartment` and `device` are what its
    key and its signature prove. Save ids have 8 bytes, other ids 16. A time is milliseconds since 1970 << 16,
    with a counter below. `known` leaves out what is in `seen`; None stands for no references.
    """

    number: int
    compartment: bytes
    device: bytes
    saves: Sequence[bytes]
    users: Sequence[bytes]
    records: Sequence[bytes]
    types: Sequence[str]
    fields: Sequence[str]
    save_of: Sequence[int]
    index: Sequence[int]
    record_of: Sequence[int]
    type_of: Sequence[int]
    field_of: Sequence[int]
    kind: Sequence[str]
    value: Sequence[object]
    time: Sequence[int]
    user_of: Sequence[int]
    seen: Sequence[Sequence[Reference] | None]
    known: Sequence[Sequence[Reference] | None]
    covers: Sequence[Sequence[Reference] | None]
