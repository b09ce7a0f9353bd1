"""Drafts of a 面談: under which names they are kept, and how left ones go back into their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.note_sheet import NoteSheet
from app.rows.support_sessions import DraftRow

PREEDIT_FIELD = "preedit"
"""The draft of text that an unexpected stop left unconverted; its anchor is the line."""

_LINE = "line:"


def line_field(line_id: str) -> str:
    """The field under which the draft of a line is kept."""
    return f"{_LINE}{line_id}"


@dataclass(frozen=True, slots=True)
class Caret:
    """Where a person was: line, column as Qt counts, and scroll in px."""

    line_id: str
    column: int
    scroll: int


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Text that was being converted (変換前の文字), and where it was."""

    text: str
    line_id: str
    column: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """What drafts left: lines whose text differs from the record, the caret, and unconverted text."""

    typed: tuple[str, ...] = ()
    caret: Caret | None = None
    unconverted: Unconverted | None = None


def put_back(notes: NoteSheet, drafts: Sequence[DraftRow]) -> PutBack:
    """Give the lines the text of their drafts (oldest first); a line that is new goes below its anchor."""
    of_lines = [draft for draft in drafts if draft.field.startswith(_LINE)]
    # Ids tell when lines were begun: a line goes back before those that were begun below it.
    for draft in sorted(of_lines, key=_line_id):
        _put_back_line(notes, draft)
    unconverted = next((_unconverted(draft) for draft in reversed(drafts) if _holds_unconverted(draft)), None)
    if not of_lines:
        return PutBack(unconverted=unconverted)
    newest = of_lines[-1]
    caret = Caret(_line_id(newest), newest.caret, newest.scroll)
    return PutBack(tuple(map(_line_id, of_lines)), caret, unconverted)


def _line_id(draft: DraftRow) -> str:
    return draft.field.removeprefix(_LINE)


def _holds_unconverted(draft: DraftRow) -> bool:
    return draft.field == PREEDIT_FIELD or bool(draft.preedit)


def _unconverted(draft: DraftRow) -> Unconverted:
    if draft.field == PREEDIT_FIELD:
        return Unconverted(draft.text, draft.anchor, draft.caret)
    return Unconverted(draft.preedit, _line_id(draft), draft.caret)


def _put_back_line(notes: NoteSheet, draft: DraftRow) -> None:
    line_id = _line_id(draft)
    index = notes.index_of(line_id)
    if index is None:
        anchor = notes.index_of(draft.anchor)
        index = len(notes.lines) if draft.anchor else 0
        index = index if anchor is None else anchor + 1
        notes.insert(index, draft.text, _made_at(line_id))
        notes.lines[index] = replace(notes.lines[index], id=line_id)
    else:
        notes.retype(index, draft.text)


def _made_at(line_id: str) -> datetime:
    """When a line was begun: its id is a UUIDv7, whose first 48 bits are milliseconds."""
    return datetime.fromtimestamp((UUID(line_id).int >> 80) / 1000, UTC)
