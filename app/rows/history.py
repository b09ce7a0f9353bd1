"""What leaves a transaction about 履歴."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.differences import Difference

MOST_ITEMS = 40
"""Items told one by one; an action on more of them (a company deleted, a long paste) is told as a sum."""


class Deed(StrEnum):
    """What was done to an item."""

    MADE = "made"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    ISSUED = "issued"


DEED_WORDS = {
    Deed.MADE: "足しました",
    Deed.CHANGED: "直しました",
    Deed.DELETED: "消しました",
    Deed.RESTORED: "戻しました",
    Deed.ISSUED: "出しました",
}


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One field that got another value, both in words; empty words for no value.

    `cell` and the numbers of the changes are what `restore_item` takes: `change` wrote `after`, `earlier`
    wrote `before` (None when there was nothing before). `differences` are filled for texts only. A link that
    was set or taken away cannot be restored from here.
    """

    cell: str
    field_term: str
    before: str
    after: str
    differences: tuple[Difference, ...]
    change: int
    earlier: int | None
    can_restore: bool


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One record within an entry. `words` never give away a 秘密 line."""

    record_type: str
    record_id: str
    type_term: str
    words: str
    deed: Deed
    changes: tuple[HistoryChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One action of a person: when (aware, UTC), who, on which device, what in words, and its items.

    `time` (the stamp in the log) and `author` (the local number of person and device) name the action.
    `item_count` counts the items with those beyond the first `MOST_ITEMS`, which `items` holds.
    An action that `is_whole` (a merge of companies) is taken back whole or not at all.
    """

    time: int
    author: int
    at: datetime
    who: str
    where: str
    words: str
    items: tuple[HistoryItem, ...]
    item_count: int
    is_whole: bool = False

    @property
    def can_be_taken_back(self) -> bool:
        """Whether there is anything to write back: what was printed stays printed."""
        return any(item.deed is not Deed.ISSUED for item in self.items)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many items were written back, and how many stay because they were changed again later."""

    count: int
    left: int

    @property
    def message(self) -> str:
        """The line of the toast."""
        words = f"{self.count}件を前に戻しました" if self.count else "前に戻すものはありませんでした"
        return f"{words}。あとで直された {self.left}件はそのままです" if self.left else words
