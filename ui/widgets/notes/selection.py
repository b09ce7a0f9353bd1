"""What a selection over lines holds of each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor

from ui.widgets.notes.line_look import HIDDEN_LINE
from ui.widgets.notes.text_changes import between_units


@dataclass(frozen=True, slots=True)
class SelectedPart:
    """The selected text of one line."""

    line: int
    text: str


def selected_parts(cursor: QTextCursor) -> list[SelectedPart]:
    """The lines that the selection touches, from the top."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    found = []
    while block.isValid() and block.position() <= end:
        first, last = max(0, start - block.position()), min(block.length() - 1, end - block.position())
        found.append(SelectedPart(block.blockNumber(), between_units(block.text(), first, last)))
        block = block.next()
    return found


def words_to_copy(cursor: QTextCursor, is_masked: Callable[[int], bool]) -> str:
    """The selected words, 「秘密の行」 for every line that is masked."""
    return "\n".join(HIDDEN_LINE if is_masked(part.line) else part.text for part in selected_parts(cursor))
