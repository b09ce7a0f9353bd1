"""What leaves a transaction about the items in which a backup differs from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.differences import Difference


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One field: its words now and in the backup. `pieces` tell long texts word by word, now to then."""

    field_term: str
    now: str
    then: str
    pieces: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupItem:
    """Something that the backup has and the record has not, or has otherwise.

    `key` is `type:id`. `place` names the company and the 面談 it belongs to. `along` are the keys of what is
    missing together with it and comes back with it.
    """

    key: str
    type_term: str
    words: str
    place: str
    is_missing: bool
    changes: tuple[ItemChange, ...]
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differing:
    """The stored states of one record: `now` is None where the record was never written."""

    record_type: str
    id: str
    then: Mapping[str, Any]
    now: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class BackupComparison:
    """A backup beside the record as it stood when they were compared."""

    backup: Path
    made_at: datetime
    items: tuple[BackupItem, ...]
    differing: Mapping[str, Differing]
    """By key, those that come along with others among them."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """How many records were brought back, and how many stayed because they changed after the comparison."""

    count: int
    moved_on: int
