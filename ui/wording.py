"""Messages in Japanese for codes of the program, from `resources/wording/ja.toml`.

A table `["code"]` has `title` (what happened), `detail` (what is safe), on wish `action` (words of the next
step's button) and `number` (such as "E-101"). `{names}` in it are filled with the facts of the error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.errors import AppError


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is told: fact, what is safe, next step, and a short code."""

    title: str
    detail: str = ""
    action: str = ""
    number: str = ""
    code: str = ""


def message(code: str, facts: Mapping[str, object] | None = None) -> Message:
    """The message for a code. Raises KeyError when the wording has none."""
    entry = read_words()[code]
    known = {name: str(value) for name, value in (facts or {}).items()}
    return Message(code=code, **{part: words.format_map(known) for part, words in entry.items()})


def error_message(error: AppError) -> Message:
    """The message for an error."""
    return message(error.code, error.facts)


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """The parts of every message by its code; read once, and beforehand where nobody waits."""
    text = files("resources").joinpath("wording", "ja.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
