"""The chips that say, beside a record, how far the team has it and whether something is asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme.paint import State

if TYPE_CHECKING:
    from app.services.shared_marks import SharedMarks

MARKS = "shared_marks"
"""Touched, as if it were a kind of record, when the marks beside records are others."""


def shared_states(marks: SharedMarks, record_id: str) -> tuple[State, ...]:
    """A broken outline for what is only here, a ? for what is asked; nothing without a team."""
    word = marks.word(record_id)
    if not word:
        return ()
    is_only_here = marks.is_only_here(record_id)
    shared = State("off", word, "up") if is_only_here else State("flat", word, "check")
    count = marks.questions_of(record_id)
    asked = (State("warn", f"確認が必要 {count}件", "question"),) if count else ()
    return (*asked, shared)
