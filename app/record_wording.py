"""Words for kinds of records and their fields, from `resources/wording/fields.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def type_word(record_type: str) -> str:
    """「面談の行」 for note_line. Raises KeyError for a type that has no word."""
    return str(_wording()["types"][record_type])


def field_word(record_type: str, cell: str) -> str:
    """「だれ」 for the owner of an action. Raises KeyError for a cell that has no word."""
    fields = _wording()["fields"]
    own = fields.get(record_type, {})
    return str(own[cell] if cell in own else fields["any"][cell])


def link_word(kind: str) -> str:
    """「根拠の行」 for links of evidence. Raises KeyError for a kind that has no word."""
    return str(_wording()["links"][kind])


@cache
def _wording() -> dict[str, Any]:
    text = files("resources").joinpath("wording", "fields.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
