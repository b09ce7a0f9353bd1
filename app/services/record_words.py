"""One record in words, for 履歴 and ごみ箱."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from app.domain.calendar import fiscal_year_short
from app.domain.masters import IntakeField
from app.domain.saying import NAMED_BY
from app.record_wording import type_word

SECRET_LINE = "秘密の行"  # noqa: S105 - what is shown in place of a line
"""What stands for a line marked 秘密 wherever it is not being edited."""

LONGEST_WORDS = 60

Found = Mapping[str, Any]


def record_words(record_type: str, found: Found, intake_fields: Mapping[str, IntakeField]) -> str:
    """What a record is called: its name or title, its day, or the kind of record; short enough for a line."""
    if record_type in _DESCRIBED:
        return _DESCRIBED[record_type](found)
    if record_type in NAMED_BY:
        return shortened(found.get(NAMED_BY[record_type]) or type_word(record_type))
    if record_type == "intake_answer":
        field = intake_fields.get(found.get("code") or "")
        return field.label if field else type_word(record_type)
    return type_word(record_type)


def shortened(text: str) -> str:
    """The text on one line, cut with … where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 1] + "…"


def _line_words(found: Found) -> str:
    return SECRET_LINE if found.get("is_secret") else shortened(found.get("text") or type_word("note_line"))


def _session_words(found: Found) -> str:
    starts_at: datetime | str | None = found.get("starts_at")
    if not starts_at:
        return type_word("support_session")
    day = date.fromisoformat(str(starts_at)[:10])
    return f"{day:%Y}/{day.month}/{day.day} の面談"


def _year_words(found: Found) -> str:
    year = found.get("fiscal_year")
    return f"{fiscal_year_short(year)}の支援" if isinstance(year, int) else type_word("engagement")


_DESCRIBED: Mapping[str, Callable[[Found], str]] = {
    "note_line": _line_words,
    "support_session": _session_words,
    "engagement": _year_words,
}
