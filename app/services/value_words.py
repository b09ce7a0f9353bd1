"""The value of a cell in the words of screen and paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.clock import JAPAN
from app.domain.calendar import fiscal_year_short, western, western_moment
from app.domain.intake_answers import shown_answer
from app.domain.sizes import size_words
from app.domain.terms import (
    ActionStatus,
    CompanySize,
    Confidentiality,
    EngagementStatus,
    Mark,
    PersonSide,
    Protection,
    ReadBackOutcome,
    SecrecyState,
    SeedKind,
    SessionMethod,
    Stage,
    Term,
)
from app.masters import Masters

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TERMS: Mapping[str, type[Term]] = {
    "mark": Mark,
    "confidentiality": Confidentiality,
    "method": SessionMethod,
    "side": PersonSide,
    "stage": Stage,
    "size_override": CompanySize,
    "protection": Protection,
    "useful_state": SecrecyState,
    "non_public_state": SecrecyState,
    "managed_state": SecrecyState,
    "ip_seed.kind": SeedKind,
    "engagement.status": EngagementStatus,
    "action_item.status": ActionStatus,
    "read_back.outcome": ReadBackOutcome,
}
"""Columns whose codes are terms, by their name or by type and name."""
_DATES = frozenset(("status_on", "next_on", "start_on", "due_on", "done_on", "starts_on", "ends_on"))
_WALL_TIMES = frozenset(("starts_at", "ends_at"))
_INSTANTS = frozenset(("finished_at", "stamped_at", "issued_at", "answered_at", "added_at", "erased_at"))
_NAMED = frozenset(("owner_id", "parent_id", "person_id", "line_id", "action_id"))
_SUFFIXES = {
    "progress_percent": "%",
    "capital_thousand_yen": "千円",
    "employees_regular": "人",
    "employees_part": "人(パート)",
}
_FLAGS = {True: "はい", False: "いいえ"}


class ValueWords:
    """Words values. `name_of` gives the words of another record by its id, empty for an unknown one."""

    def __init__(self, masters: Masters, name_of: Callable[[str], str]) -> None:
        self._masters = masters
        self._name_of = name_of

    def of(self, record_type: str, cell: str, value: Any, code: str | None = None) -> str:
        """A cell's value in words, empty for none. `code` is the question that an intake answer answers."""
        if cell == "industry" and isinstance(value, Mapping):
            return self._masters.industry_term(value.get("industry_major"), value.get("industry_middle"))
        if record_type == "intake_answer" and cell == "value":
            return self._answer(code, value)
        if not isinstance(value, Mapping):
            return self._column(record_type, cell, value)
        words = [self._column(record_type, column, part) for column, part in _shown(value).items()]
        return " ".join(word for word in words if word)

    def _answer(self, code: str | None, value: Any) -> str:
        field = self._masters.intake_field.get(code or "")
        return shown_answer(field, str(value or "")) if field else str(value or "")

    def _column(self, record_type: str, column: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _FLAGS[value]
        term = _TERMS.get(f"{record_type}.{column}") or _TERMS.get(column)
        if term:
            return term(value).term if value in list(term) else str(value)
        if column == "management_code":
            known = self._masters.management_issue.get(value)
            return known.word if known else str(value)
        if column == "fiscal_year":
            return fiscal_year_short(value)
        if column == "size":
            return size_words(value)
        if column in _NAMED:
            return self._name_of(value)
        return _dated(column, value) or f"{value}{_SUFFIXES.get(column, '')}"


def _shown(parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parts of a group that say something of their own."""
    hidden = {"read_as", "blob_id", "blob_key", "media_type"}
    if parts.get("owner_id"):
        hidden.add("owner_name")
    if parts.get("progress_percent") in (0, 100):
        hidden.add("progress_percent")
    if parts.get("action_id"):
        hidden.add("line_id")
    return {column: part for column, part in parts.items() if column not in hidden}


def _dated(column: str, value: Any) -> str:
    if column in _DATES:
        return western(date.fromisoformat(value))
    if column in _WALL_TIMES:
        return western_moment(datetime.fromisoformat(value))
    if column in _INSTANTS:
        return western_moment((_EPOCH + timedelta(milliseconds=value)).astimezone(JAPAN))
    return ""
