"""What each kind of record says by itself, beside where it belongs and what it is chosen to be."""

from __future__ import annotations

from collections.abc import Mapping

NAMED_BY: Mapping[str, str] = {
    "company": "name",
    "person": "name",
    "issue": "title",
    "ip_seed": "name",
    "attachment": "name",
    "indicator": "name",
    "milestone": "title",
    "action_item": "title",
    "master_item": "label",
    "note_line": "text",
}
"""The column that a record is called by. None of these is taken in without it, but for an empty line."""

_SPEAKING: Mapping[str, str] = {**NAMED_BY, "intake_answer": "value", "action_plan": "goal"}
"""The column without which a record says nothing."""

_MORE: Mapping[str, frozenset[str]] = {
    "issue": frozenset(("response",)),
    "ip_seed": frozenset(("description",)),
    "action_item": frozenset(("note",)),
    "attachment": frozenset(("note",)),
    "master_item": frozenset(("detail",)),
}


def said_by(record_type: str) -> frozenset[str]:
    """The columns of free words of a kind of record that says something."""
    first = _SPEAKING.get(record_type)
    return frozenset((first,)) | _MORE.get(record_type, frozenset()) if first else frozenset()


def says_nothing(record_type: str, values: Mapping[str, object]) -> bool:
    """Whether a record that says something by itself does not: an empty line, or something undo took back."""
    first = _SPEAKING.get(record_type)
    return first is not None and not str(values.get(first) or "").strip()
