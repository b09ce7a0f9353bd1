"""What leaves a transaction about the questions of the first visit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of the first visit at one company; `word` is its short form, `text` the question itself."""

    code: str
    word: str
    text: str
    is_asked: bool
