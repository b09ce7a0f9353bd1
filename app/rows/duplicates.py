"""What leaves a transaction about companies that were entered twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Choice(StrEnum):
    """Which value stays where two companies differ."""

    KEPT = "kept"
    MERGED = "merged"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class SameCompany:
    """A company that was taken in before and looks like the one being entered."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubleSide:
    """One of two companies that look alike, with what hangs on it."""

    id: str
    name: str
    place: str
    sessions: int
    last_session_on: date | None


@dataclass(frozen=True, slots=True)
class Double:
    """Two companies that look alike; `kept` is the one with more 面談, the earlier one where equal."""

    kept: DoubleSide
    merged: DoubleSide
    reason: str

    @property
    def key(self) -> str:
        """Names the pair, whichever side stays."""
        return " ".join(sorted((self.kept.id, self.merged.id)))


@dataclass(frozen=True, slots=True)
class DifferingCell:
    """One field in which both companies hold something else, in words. `default` is chosen at first.

    Texts may be kept both, one below the other.
    """

    key: str
    term: str
    kept: str
    merged: str
    is_text: bool
    default: Choice


@dataclass(frozen=True, slots=True)
class MergeSheet:
    """Two companies side by side: the fields to choose in, and in words what moves by itself."""

    kept: DoubleSide
    merged: DoubleSide
    cells: tuple[DifferingCell, ...]
    moving: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MergedNote:
    """What a merge did; undo in `scope` takes it back."""

    kept_id: str
    kept_name: str
    merged_name: str
    scope: str

    @property
    def message(self) -> str:
        """The line beside 「元に戻す」."""
        return f"「{self.merged_name}」を「{self.kept_name}」にまとめました"
