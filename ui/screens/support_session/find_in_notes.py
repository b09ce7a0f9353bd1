"""Ctrl+F and F3 in the notes. Masked lines are not looked at: a place in one would tell what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from PySide6.QtCore import QObject, Qt

from app.domain.folding import fold
from app.domain.search_hits import Span, hit_spans, searched_words
from ui.widgets.find_bar import FindBar
from ui.widgets.notes.line_look import LineLooks
from ui.widgets.notes.note_editor import NoteEditor
from ui.widgets.notes.text_changes import units

_folded = lru_cache(4096)(fold)
_spans = lru_cache(1024)(hit_spans)


class FindInNotes(QObject):
    """Moves the caret to lines that hold all words; what was looked for stays painted until it is closed."""

    def __init__(self, editor: NoteEditor, looks: LineLooks) -> None:
        super().__init__(editor)
        self.bar = FindBar()
        self._editor = editor
        self._looks = looks
        self._words: tuple[str, ...] = ()
        self.bar.sought.connect(self._seek)
        self.bar.next_asked.connect(self._go_on)
        self.bar.previous_asked.connect(self._go_back)
        self.bar.closed.connect(self.close)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Finding here, and on from place to place."""
        return {"find": self.open, "find_next": self._go_on, "find_previous": self._go_back}

    def open(self) -> None:
        """Ask for words."""
        self.bar.show()
        self.bar.go_to_field()
        self._seek(self.bar.field.text())

    def show_words(self, text: str) -> None:
        """Show these words, which brought the person here; without any the bar is closed."""
        self.bar.field.show_text(text)
        self.bar.setVisible(bool(text))
        self._seek(text)

    def close(self) -> None:
        """Paint nothing any more and give the focus back to the notes."""
        self.bar.hide()
        self._seek("")
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Lines are others now: count again."""
        if not self.bar.isHidden():
            self._count()

    def _seek(self, text: str) -> None:
        self._words = searched_words(text)
        self._editor.show_found(partial(_places, words=self._words) if self._words else None)
        self._count()

    def _lines(self) -> list[int]:
        """The lines that hold all words, from the top."""
        if not self._words:
            return []
        return [
            index
            for index, text in enumerate(self._editor.texts())
            if _holds(text, self._words) and not self._looks.look(index).is_secret
        ]

    def _go_on(self) -> None:
        here, lines = self._editor.caret()[0], self._lines()
        self._go_to(next((line for line in lines if line > here), lines[0] if lines else None))

    def _go_back(self) -> None:
        here, lines = self._editor.caret()[0], self._lines()
        self._go_to(next((line for line in reversed(lines) if line < here), lines[-1] if lines else None))

    def _go_to(self, line: int | None) -> None:
        if line is None:
            if not self._words:
                self.open()
            return
        text = self._editor.texts()[line]
        # Behind the place, not over it: a selection would be lost with the next key.
        self._editor.place_caret(line, units(text[: _places(text, self._words)[0][1]]))
        self._count()

    def _count(self) -> None:
        lines, here = self._lines(), self._editor.caret()[0]
        at = f"{lines.index(here) + 1}/" if here in lines else ""
        is_partial = any(self._looks.look(index).is_secret for index in range(self._editor.line_count()))
        found = f"{at}{len(lines)}行" if lines else "見つかりません"
        self.bar.show_count(found + ("（秘密の行を除く）" if is_partial else "") if self._words else "")


def _places(text: str, words: tuple[str, ...]) -> tuple[Span, ...]:
    """Where the words stand in a line that holds them all."""
    return _spans(text, words) if _holds(text, words) else ()


def _holds(text: str, words: tuple[str, ...]) -> bool:
    folded = _folded(text)
    return all(word in folded for word in words)
