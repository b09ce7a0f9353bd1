"""Records and values of 確認が必要な変更 in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.record_wording import field_word, type_word
from app.services.authors import Authors
from app.services.masters import worded
from app.services.record_words import record_words
from app.services.value_words import ValueWords
from app.sync.clock import COUNTER_BITS
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import history


class ConflictWords:
    """Words within one moment."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._place = place
        self._found: dict[tuple[str, str], Found] = {}
        self._words = ValueWords(worded(reading, place.masters), self.name_of)
        self.authors = Authors(reading, place)

    def record(self, record_type: str, record_id: str) -> Found:
        """The record as it stands; empty where there is none."""
        key = record_type, record_id
        if key not in self._found:
            self._found[key] = self._reading.record(record_type, record_id) or {}
        return self._found[key]

    def title(self, record_type: str, record_id: str, cell: str) -> str:
        """「弁理士に相談」のいつまで."""
        words = record_words(
            record_type, self.record(record_type, record_id), self._place.masters.intake_field
        )
        if not cell:
            return words
        return f"「{words}」の{field_word(record_type, cell)}"

    def term(self, record_type: str) -> str:
        """What kind of record it is."""
        return type_word(record_type)

    def home(self, record_type: str, record_id: str, compartment: str) -> tuple[str | None, str]:
        """(id, name) of the company a record belongs to; (None, チーム) for the team's."""
        found = self.record(record_type, record_id)
        company_id = record_id if record_type == "company" else found.get("company_id")
        if company_id is None and compartment != self._place.team_id:
            company_id = compartment
        if not company_id:
            return None, "チーム"
        return company_id, self.record("company", company_id).get("name") or ""

    def value(self, record_type: str, record_id: str, cell: str, value: Any) -> str:
        """A value of a cell; "" for none."""
        if cell.endswith("_id") and isinstance(value, str):
            return self.name_of(value)
        return self._words.of(record_type, cell, value, self.record(record_type, record_id).get("code"))

    def name_of(self, record_id: str) -> str:
        """What another record is called; "" for one that is not here."""
        record_type = history.record_type(self._reading, record_id)
        if record_type is None:
            return ""
        found: Mapping[str, Any] = self.record(record_type, record_id)
        return record_words(record_type, found, self._place.masters.intake_field)


def moment(time: int) -> datetime:
    """When a change was written, as its author's clock said."""
    return datetime.fromtimestamp((time >> COUNTER_BITS) / 1000, UTC)
