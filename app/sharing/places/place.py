"""What every 置き場 offers: four verbs, and what may come of each (design-sync 6.1).

A verb answers; it raises only `Stopped`, and ValueError for a name that is none. A put may be torn and may be
lost after `Stored`; a listing may be old, in no order, incomplete, and hold foreign objects. No rename, lock,
condition or time of change is relied on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from app.sharing.places.stopping import Stop

LARGEST_OBJECT: Final = 256 << 20
"""Bytes of an object that are read into memory; a pack has up to 16 MiB, a segment 32 MiB."""


class Trouble(Enum):
    """Why a verb did not do what it was asked."""

    UNREACHABLE = "unreachable"
    """No connection could be made: offline, the ordinary state."""
    CUT = "cut"
    """The connection broke in the middle, again and again."""
    BUSY = "busy"
    """The server asked for patience, or another program holds the file."""
    FULL = "full"
    READ_ONLY = "read_only"
    REFUSED = "refused"
    """The credentials are wrong, or open less than was asked."""
    CLOCK = "clock"
    """The server refuses because the clock here is too far from its own."""
    UNTRUSTED = "untrusted"
    """The server's certificate does not hold before the system's trust store."""
    ABSENT = "absent"
    """The folder, collection, bucket or container itself is not there."""
    TOO_LARGE = "too_large"
    ODD = "odd"
    """An answer that this program does not understand; `status` has its number where there is one."""


_RETRY_AFTER_S: Final[Mapping[Trouble, float]] = {
    Trouble.UNREACHABLE: 60.0,
    Trouble.CUT: 60.0,
    Trouble.BUSY: 30.0,
    Trouble.FULL: 600.0,
    Trouble.ODD: 300.0,
}
"""What is not here needs a person first."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The place said that it has the object; it is believed when the object was seen again."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes under the name, which prove themselves or not. `tag` differs when they do; may be empty."""

    content: bytes
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing lies under the name, as far as can be seen now."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """Something lies there whose content is on its way: a placeholder, an empty or half-written file."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Nothing lies under the name, as far as the place says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a listing. `size` in bytes, 0 while its content is on its way; `tag` as in Content."""

    name: str
    size: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What was seen. `server_ms` is the server's clock (Unix ms), None where it tells none."""

    entries: tuple[Entry, ...]
    server_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing is known to have changed. `retry_after_s` is None when trying again needs a person first."""

    trouble: Trouble
    retry_after_s: float | None = None
    status: int = 0


def failed(trouble: Trouble, *, retry_after_s: float | None = None, status: int = 0) -> Failed:
    """A failure with the usual advice, or with the server's own."""
    advice = _RETRY_AFTER_S.get(trouble)
    return Failed(trouble, advice if retry_after_s is None else retry_after_s, status)


class Place(Protocol):
    """A 置き場. Every verb may be called from several threads at once."""

    @property
    def parallel(self) -> int:
        """How many verbs at once serve best."""
        ...

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        """Store the bytes under a name of ours, in place of what lies there."""
        ...

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        """The bytes under a name that a listing gave, or one of ours. TOO_LARGE beyond `at_most` bytes."""
        ...

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        """All objects below a directory (`h/`; empty: the whole place); none if it is not there."""
        ...

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        """Remove an object of one's own."""
        ...

    def close(self) -> None:
        """Let go of connections and threads; verbs that go on are stopped."""
        ...
