"""Where the caret goes in the notes: to a line that is asked for, and back to where one was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.note_sheet import Line
from ui.screens.support_session.left_drafts import Caret
from ui.widgets.notes.note_editor import END, NoteEditor


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where one was in a visit, for Alt+Left."""

    session_id: str
    line: int
    column: int
    scroll: int


class WayToLines:
    """What is wanted before the lines are there waits for them."""

    def __init__(self, editor: NoteEditor) -> None:
        self._editor = editor
        self._anchor: str | None = None
        self._left_at: LeftAt | None = None

    def want(self, anchor: str | None) -> None:
        """A route was entered; `anchor` names the line to go to."""
        self._anchor = anchor
        self._left_at = None

    def want_back(self, left_at: LeftAt) -> None:
        """One goes back to where one was."""
        self._left_at = left_at

    def left_at(self, session_id: str) -> LeftAt:
        """Where one is in a visit."""
        return LeftAt(session_id, *self._editor.caret(), self.scrolled())

    def scrolled(self) -> int:
        """How far the notes are scrolled."""
        return self._editor.verticalScrollBar().value()

    def go_to_wanted(self, session_id: str, lines: Sequence[Line]) -> None:
        """The lines of a visit are there."""
        self.go_to_anchor(lines)
        left_at = self._left_at
        if left_at is not None and left_at.session_id == session_id:
            self._left_at = None
            self._editor.place_caret(left_at.line, left_at.column)
            self._scroll_to(left_at.scroll)

    def go_to_anchor(self, lines: Sequence[Line]) -> None:
        """Go to the line that the route names."""
        if self._anchor:
            self.go_to(Caret(self._anchor, END, -1), lines)

    def go_to(self, caret: Caret, lines: Sequence[Line]) -> None:
        """Put the caret into a line, if it is there."""
        places = [line.id for line in lines]
        if caret.line_id in places:
            self._editor.place_caret(places.index(caret.line_id), caret.column)
            if caret.scroll >= 0:
                self._scroll_to(caret.scroll)

    def go_to_unmarked(self, lines: Sequence[Line]) -> bool:
        """Go to the next line without a mark, from the top again behind the last; False where none is."""
        here = self._editor.caret()[0]
        unmarked = [index for index, line in enumerate(lines) if line.is_unmarked]
        if unmarked:
            self._editor.place_caret(next((index for index in unmarked if index > here), unmarked[0]), END)
        return bool(unmarked)

    def _scroll_to(self, height: int) -> None:
        """Where the notes were, as long as the caret is seen: window and text may have another size now."""
        self._editor.verticalScrollBar().setValue(height)
        self._editor.show_caret()


def first_caret_line(lines: Sequence[Line], *, is_finished: bool) -> int:
    """The end of notes that go on, the start of finished ones; nowhere that opening would unmask."""
    order = range(len(lines)) if is_finished else reversed(range(len(lines)))
    return next((index for index in order if not lines[index].is_secret), len(lines) - 1)
