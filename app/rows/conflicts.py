"""What leaves a transaction about 確認が必要な変更."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.differences import Difference


class ConflictKind(StrEnum):
    """What two people did to one thing."""

    VALUES = "values"
    """Gave a field two values."""
    DELETED = "deleted"
    """One deleted the record, the other went on with it."""


class OwnWording(StrEnum):
    """In what way a third value can be written by hand."""

    NONE = ""
    TEXT = "text"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One question. `title` is what it is about, such as 「弁理士に相談」のいつまで.

    `company_id` is None for what is the team's. `item` names the record, `cell` its field ("" for the whole
    record). `newest_at` is when the later of the values was written. `is_asked` is False while changes that
    it refers to have not arrived: it is shown, and nobody is asked. `deleted_in` are the saves, by local
    number, that deleted it.
    """

    kind: ConflictKind
    record_type: str
    record_id: str
    cell: str
    title: str
    type_term: str
    company_id: str | None
    company_name: str
    newest_at: datetime
    is_asked: bool
    deleted_in: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What names the question in routes and lists."""
        return f"{self.record_type}:{self.record_id}:{self.cell}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values with who wrote it, when (aware) and on which device; `words` are "" for no value.

    `differences` leads from the value before to this one. `is_own`: written by this person;
    `is_here`: on this device; `is_shown`: what the screens show until somebody decides. `value` is what
    the record would hold. `beside` has in words what was changed of the record in the same action.
    """

    words: str
    who: str
    where: str
    at: datetime
    is_own: bool
    is_here: bool
    is_shown: bool
    differences: tuple[Difference, ...] = ()
    value: object = field(default=None, repr=False)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Everything that S11 shows of one question.

    `before` is what both went on from, None where there is nothing. `sides` are in the order of the keys
    1, 2: this person's first. `both` is the text that keeps everything, None where that makes no sense.
    `shown` are the numbers of the changes that this page shows; `support_session_id` leads to a line.
    `related` are other questions that hang together with this one: about the same record, or about one that
    this one leads to or comes from.
    """

    row: ConflictRow
    before: Side | None
    sides: tuple[Side, ...]
    both: str | None
    own_wording: OwnWording
    shown: frozenset[int]
    support_session_id: str | None = None
    related: tuple[ConflictRow, ...] = ()

    @property
    def first_choice(self) -> int | None:
        """The side that is chosen to begin with; None where both are kept."""
        if self.both is not None:
            return None
        return next((number for number, side in enumerate(self.sides) if side.is_shown), 0)


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A text that was put together from two by sentences; a light badge says so."""

    record_type: str
    record_id: str
    title: str
    type_term: str
    company_id: str | None
    company_name: str
    words: str
    support_session_id: str | None = None
