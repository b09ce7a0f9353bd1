"""The items of a backup in words: what each is, where it belongs, and how it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.differences import differences
from app.domain.links import LinkKind
from app.masters import Masters
from app.record_wording import field_word, link_word, type_word
from app.rows.backup_items import BackupItem, Differing, ItemChange
from app.services.analysis_sheets import perspective_id
from app.services.masters import worded
from app.services.record_words import SECRET_LINE, record_words
from app.services.value_words import ValueWords
from db.cells import BY_NAME, Cell
from db.reading import Found, Reading
from db.repositories import history
from db.types import to_wire

TEAM = "チーム"
_UNTOLD = frozenset(("order_key", "company_id", "engagement_id", "action_plan_id", "support_session_id"))
"""Cells that say where a record belongs, not what it says."""


class ItemWords:
    """Words within one moment of the backup (`then`) and one of the record (`now`)."""

    def __init__(self, then: Reading, now: Reading, masters: Masters) -> None:
        self._sides = (then, now)
        self._masters = masters
        lists = worded(now, masters)
        self._perspectives = {perspective_id(each.code): each.word for each in lists.ip_perspectives}
        self._values = ValueWords(lists, self._name_of)
        self._records: dict[str, tuple[str, Found] | None] = {}

    def item(self, key: str, differing: Differing, *, is_missing: bool, along: tuple[str, ...]) -> BackupItem:
        """The item as a person reads it."""
        kind, found = differing.record_type, differing.then
        return BackupItem(
            key=key,
            type_term=type_word(kind),
            words=self._link_words(found) if kind == "link" else self._words(kind, found),
            place=self._place(kind, found),
            is_missing=is_missing,
            changes=tuple(self._changes(differing, None if is_missing else differing.now)),
            along=along,
        )

    def _place(self, kind: str, found: Found) -> str:
        if kind == "link":
            named = self._found(found["left_id"])
            return self._place(*named) if named else TEAM
        company_id = found["id"] if kind == "company" else found.get("company_id")
        parts = [self._name_of(company_id)] if company_id else [TEAM]
        if kind == "note_line" and found["support_session_id"]:
            parts.append(self._name_of(found["support_session_id"]))
        return " ".join(part for part in parts if part)

    def _link_words(self, found: Found) -> str:
        kind = found["kind"]
        word = link_word(kind) if kind in list(LinkKind) else type_word("link")
        ends = [self._name_of(found[end]) for end in ("left_id", "right_id")]
        return f"{word}: {' と '.join(end for end in ends if end)}"

    def _changes(self, differing: Differing, now: Mapping[str, Any] | None) -> Iterator[ItemChange]:
        """Each cell that differs; of what is missing, each that the backup has a value for."""
        kind = BY_NAME[differing.record_type]
        if kind.name == "link":
            return
        for cell in kind.cells:
            if cell.name not in _UNTOLD:
                then, here = (self._cell(kind.name, cell, side) for side in (differing.then, now))
                if then != here:
                    yield self._change(differing, cell, here, then)

    def _change(self, differing: Differing, cell: Cell, here: str, then: str) -> ItemChange:
        kind, is_text = differing.record_type, cell.policy == "text"
        is_secret = any((side or {}).get("is_secret") for side in (differing.then, differing.now))
        if cell.name == "text" and is_secret:
            here, then, is_text = SECRET_LINE if here else "", SECRET_LINE if then else "", False
        pieces = differences(here, then) if is_text and here and then else ()
        return ItemChange(field_word(kind, cell.name), here, then, pieces)

    def _cell(self, kind: str, cell: Cell, found: Mapping[str, Any] | None) -> str:
        if found is None:
            return ""
        wires = {column: to_wire(found[column]) for column in (cell.columns or (cell.name,))}
        value = wires if cell.is_group else wires[cell.name]
        return self._values.of(kind, cell.name, value, found.get("code"))

    def _words(self, kind: str, found: Found) -> str:
        return record_words(kind, found, self._masters.intake_field)

    def _name_of(self, record_id: str) -> str:
        if record_id in self._perspectives:
            return self._perspectives[record_id]
        named = self._found(record_id)
        return self._words(*named) if named else ""

    def _found(self, record_id: str) -> tuple[str, Found] | None:
        """A record and its type, from the backup where it has it."""
        if record_id not in self._records:
            self._records[record_id] = next(self._looked_up(record_id), None)
        return self._records[record_id]

    def _looked_up(self, record_id: str) -> Iterator[tuple[str, Found]]:
        for side in self._sides:
            kind = history.record_type(side, record_id) or ""
            found = side.record(kind, record_id) if kind in BY_NAME else None
            if found:
                yield kind, found
