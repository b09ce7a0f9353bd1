"""How the answer to an intake field is kept and shown: every answer is kept as text.

A date is kept as 2026-11-23, a number in plain digits of the field's unit, a choice by its code, a flag as
"yes". What could not be read is kept as it was typed, so nothing is lost, and shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import western
from app.domain.date_reading import read_date
from app.domain.masters import FieldKind, IntakeField
from app.domain.terms import Term
from app.domain.tidying import Tidied, tidy_email, tidy_integer, tidy_phone, tidy_thousand_yen

THOUSAND_YEN = "千円"
FLAG_SET = "yes"
FLAG_WORD = "はい"

_TIDY_TEXT: dict[str, Callable[[str], Tidied]] = {"phone": tidy_phone, "email": tidy_email}


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is kept; `notice` says in Japanese what was assumed, `problem` why it was not read."""

    value: str
    notice: str = ""
    problem: Term | None = None


def kept_answer(field: IntakeField, typed: str, today: date) -> KeptAnswer:
    """What is kept of a typed text. A choice or flag passes its code through."""
    if field.kind is FieldKind.DATE:
        reading = read_date(typed, today)
        kept = reading.day.isoformat() if reading.day else typed.strip()
        return KeptAnswer(kept, reading.notice, reading.problem)
    if field.kind is FieldKind.NUMBER:
        tidied = tidy_thousand_yen(typed) if field.unit == THOUSAND_YEN else tidy_integer(typed)
        return KeptAnswer(tidied.text if tidied.number is None else str(tidied.number), "", tidied.problem)
    if tidy := _TIDY_TEXT.get(field.tidy):
        text = tidy(typed)
        return KeptAnswer(text.text, "", text.problem)
    return KeptAnswer(typed.strip())


def shown_answer(field: IntakeField, value: str) -> str:
    """A kept answer in words, for screen and paper: 2026/11/23(月), 812,000千円, その都度確認, はい."""
    match field.kind:
        case FieldKind.DATE:
            return _shown_date(value)
        case FieldKind.NUMBER:
            return _shown_number(value, field.unit)
        case FieldKind.CHOICE:
            return field.word_of(value)
        case FieldKind.FLAG:
            return FLAG_WORD if value == FLAG_SET else ""
        case _:
            return value


def _shown_date(value: str) -> str:
    try:
        return western(date.fromisoformat(value))
    except ValueError:
        return value


def _shown_number(value: str, unit: str) -> str:
    try:
        return f"{int(value):,}{unit}"
    except ValueError:
        return value
