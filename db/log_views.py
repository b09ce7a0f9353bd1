"""What passes between the log and the rules of merging: changes, the views of them, cells as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class LoggedChange(NamedTuple):
    """One change as the rules of merging see it."""

    id: bytes
    kind: str
    value: object
    time: int
    seen: frozenset[bytes]
    known: frozenset[bytes]
    covers: frozenset[bytes]


class CellView(Protocol):
    """What the rules say about one cell."""

    @property
    def winner(self) -> bytes | None:
        """The change whose value is displayed."""

    @property
    def value(self) -> object:
        """The displayed value."""

    @property
    def heads(self) -> tuple[bytes, ...]:
        """Changes that nothing supersedes."""

    @property
    def conflicts(self) -> tuple[bytes, ...]:
        """Values that wait for a person."""

    @property
    def displayed(self) -> frozenset[bytes]:
        """What counts as seen once this view is shown."""

    @property
    def provisional(self) -> bool:
        """Whether something referred to has not arrived."""

    @property
    def merged(self) -> bool:
        """Whether the value is an automatic merge."""

    @property
    def read_only(self) -> bool:
        """Whether only a newer program may write here."""

    @property
    def damaged(self) -> bool:
        """Whether one change id came with two contents."""

    @property
    def is_plain(self) -> bool:
        """Whether the winner is all that a next write has to answer for."""


class RecordView(Protocol):
    """What the rules say about one record's deletion."""

    @property
    def state(self) -> str:
        """`live`, `deleted` or `deleted_but_changed`."""


class Resolve(Protocol):
    """The rules of one cell. Quarantined ids are kept but do not count."""

    def __call__(
        self, changes: Sequence[LoggedChange], policy: str, quarantined: frozenset[bytes] = ...
    ) -> CellView:
        """What the cell shows."""


ResolveRecord = Callable[[Sequence[LoggedChange], Mapping[str, Any]], RecordView]


@dataclass(frozen=True, slots=True)
class CellToken:
    """What a form showed of one cell (`seen`) and what the device held of it (`known`)."""

    seen: frozenset[int]
    known: frozenset[int]


@dataclass(frozen=True, slots=True)
class CellState:
    """A cell as it stands: its winner and what a new write has to answer for."""

    winner: int | None
    heads: tuple[int, ...]
    conflicts: tuple[int, ...]
    displayed: frozenset[int]
    flags: int
    value: object

    @property
    def token(self) -> CellToken:
        """The token of a form that shows this cell now."""
        return CellToken(self.displayed, self.displayed.union(self.heads))


EMPTY_CELL = CellState(None, (), (), frozenset(), 0, None)
