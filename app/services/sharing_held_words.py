"""What lies in a parcel of held work, in words, as far as this store knows what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from app.record_wording import field_word, type_word
from app.services.history_entries import UNTOLD
from app.services.masters import worded
from app.services.record_words import SECRET_LINE, record_words, shortened
from app.services.value_words import ValueWords
from app.sharing.objects.segment import SET, Changes
from app.workplace import Workplace
from db.cells import BY_NAME, DELETED
from db.change_log import unpack
from db.reading import Reading
from db.repositories import history

MOST_LINES = 50
NEWER = "新しい版のプログラムの記録"


class HeldWords:
    """Words parcels within one moment."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._masters = worded(reading, place.masters)
        self._values = ValueWords(self._masters, self._name_of)

    def company(self, company_id: str) -> str:
        """A company's name, empty for one that is unknown here."""
        record = self._reading.record("company", company_id) if company_id else None
        return (record or {}).get("name") or ""

    def lines(self, changes: Changes) -> tuple[str, ...]:
        """The first changes, each as kind, field and value."""
        return tuple(islice(self._lines(changes), MOST_LINES))

    def _lines(self, changes: Changes) -> Iterator[str]:
        secret = self._secret(changes)
        columns = (changes.type, changes.field, changes.record, changes.kind, changes.value)
        for kind, field, record, of_kind, value in zip(*columns, strict=True):
            record_type, cell = changes.types[kind], changes.fields[field]
            if changes.kinds[of_kind] == SET and cell == DELETED:
                yield (
                    f"{self._type(record_type)}: 削除"
                    if unpack(value)
                    else f"{self._type(record_type)}: 戻す"
                )
            elif changes.kinds[of_kind] == SET and cell not in UNTOLD:
                yield self._line(
                    record_type, cell, unpack(value), is_secret=changes.records[record] in secret
                )

    def _line(self, record_type: str, cell: str, value: Any, *, is_secret: bool) -> str:
        if record_type not in BY_NAME or cell not in BY_NAME[record_type].by_name:
            return NEWER
        words = SECRET_LINE if is_secret else shortened(self._values.of(record_type, cell, value))
        return f"{type_word(record_type)} {field_word(record_type, cell)}: {words or '（空）'}"

    @staticmethod
    def _type(record_type: str) -> str:
        return type_word(record_type) if record_type in BY_NAME else NEWER

    def _secret(self, changes: Changes) -> set[bytes]:
        """Records whose words are not shown: 秘密 lines, and what was answered to them."""
        rows = list(zip(changes.record, changes.field, changes.value, strict=True))
        named = [(changes.records[record], changes.fields[field], value) for record, field, value in rows]
        secret = {record for record, field, value in named if field == "is_secret" and unpack(value) is True}
        for record in set(changes.records) - secret:
            if self._is_secret_here(str(UUID(bytes=record))):
                secret.add(record)
        answered = ((record, unpack(value)) for record, field, value in named if field == "line_id")
        hidden = {str(UUID(bytes=each)) for each in secret}
        return secret | {
            record for record, line in answered if line in hidden or self._is_secret_here(str(line))
        }

    def _is_secret_here(self, record_id: str) -> bool:
        line = self._reading.record("note_line", record_id)
        if line is None:
            answer = self._reading.record("read_back", record_id)
            line = (
                self._reading.record("note_line", answer["line_id"]) if answer and answer["line_id"] else None
            )
        return bool(line and line["is_secret"])

    def _name_of(self, record_id: str) -> str:
        record_type = history.record_type(self._reading, record_id) or ""
        found = self._reading.record(record_type, record_id) if record_type in BY_NAME else None
        return record_words(record_type, found, self._masters.intake_field) if found else ""
