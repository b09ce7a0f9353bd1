"""One write to one cell as it stands in the log, and what a cell shows."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Protocol

SET: Final = "set"
ACK: Final = "ack"

SAVE_ID_BYTES: Final = 8
NO_IDS: Final[frozenset[bytes]] = frozenset()


class Change(Protocol):
    """What merging needs to know of a change. Any kind but `set` and `ack` comes from a newer program."""

    @property
    def id(self) -> bytes:
        """12 bytes: 8 random bytes of the save, then the index within the save."""

    @property
    def kind(self) -> str:
        """`set`, `ack`, or a kind that only a newer program understands."""

    @property
    def value(self) -> object:
        """A MessagePack value; None for `ack`."""

    @property
    def time(self) -> int:
        """Milliseconds since 1970 << 16 | counter, as the author's clock claimed."""

    @property
    def seen(self) -> frozenset[bytes]:
        """Changes that were displayed to the author. An `ack` names only what was dismissed."""

    @property
    def known(self) -> frozenset[bytes]:
        """Heads that the author's device knew; contains `seen`."""

    @property
    def covers(self) -> frozenset[bytes]:
        """For `_deleted = true`: everything the record held, see `whole_content`."""


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change held in memory."""

    id: bytes
    kind: str
    value: object
    time: int
    seen: frozenset[bytes] = NO_IDS
    known: frozenset[bytes] = NO_IDS
    covers: frozenset[bytes] = NO_IDS


@dataclass(frozen=True, slots=True)
class CellView:
    """What one cell shows. Ids are listed newest first.

    `winner` is the change whose author and time go with `value`: the newest side where `merged`, the common
    ancestor (or None) where `undecided`, the nearest understood change where `read_only`.
    `displayed` are the ids that count as shown to whoever is shown this view; they become `seen`.
    """

    winner: bytes | None
    value: object
    heads: tuple[bytes, ...]
    conflicts: tuple[bytes, ...]
    displayed: frozenset[bytes]
    provisional: bool = False
    merged: bool = False
    read_only: bool = False
    undecided: bool = False
    damaged: bool = False

    @property
    def needs_decision(self) -> bool:
        """Whether a person may be asked: never while a change that is referred to has not arrived."""
        return bool(self.conflicts) and not self.provisional

    @property
    def is_plain(self) -> bool:
        """Whether a write that saw and knew only `winner` simply becomes the next winner.

        Whoever keeps views may then write the next one without resolving the cell again.
        """
        marked = self.provisional or self.merged or self.read_only or self.undecided or self.damaged
        return not marked and not self.conflicts and self.heads == tuple(self.displayed) == (self.winner,)


def change_id(save_id: bytes, index: int) -> bytes:
    """Id of the change number `index` (from 0) of a save. `save_id` is 8 fresh random bytes.

    Raises ValueError when `save_id` has another length.
    """
    if len(save_id) != SAVE_ID_BYTES:
        raise ValueError(f"a save id has {SAVE_ID_BYTES} bytes, not {len(save_id)}")
    return save_id + struct.pack(">I", index)


def position(change: Change) -> tuple[int, bytes]:
    """Place of a change in the one order all devices agree on."""
    return change.time, change.id


def same_value(one: object, other: object) -> bool:
    """Whether two MessagePack values are the same; 1, 1.0 and True are three values, a tuple is a list."""
    # Not recursive: how deep a value nests is up to its author.
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        if isinstance(left, list | tuple) and isinstance(right, list | tuple):
            if len(left) != len(right):
                return False
            pending.extend(zip(left, right, strict=True))
        elif isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            pending.extend((left[key], right[key]) for key in left)
        elif not _same_scalar(left, right):
            return False
    return True


def _same_scalar(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    is_same: bool = one == other or (one != one and other != other)  # not-a-number is the same as itself
    return is_same


def same_content(one: Change, other: Change) -> bool:
    """Whether two arrivals with one id are the same change."""
    return (
        one.kind == other.kind
        and one.time == other.time
        and one.seen == other.seen
        and one.known == other.known
        and one.covers == other.covers
        and same_value(one.value, other.value)
    )
