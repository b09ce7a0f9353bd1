"""The notes as screen readers hear them: line by line, with 「秘密の行」 in place of masked lines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface
from PySide6.QtWidgets import QAccessibleWidget

from ui.widgets.notes.line_look import HIDDEN_LINE
from ui.widgets.notes.text_changes import between_units, units

if TYPE_CHECKING:
    from ui.widgets.notes.note_editor import NoteEditor


@cache
def install_note_reader() -> None:
    """Let screen readers ask this module for every `NoteEditor`; Qt's own answer would hold the real text."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    from ui.widgets.notes.note_editor import NoteEditor

    if not isinstance(asked, NoteEditor):
        return None
    # Qt does not keep the Python half alive.
    asked.reader = NoteReader(asked)
    return asked.reader


class NoteReader(QAccessibleWidget):
    """An editable text of several lines."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor, QAccessible.Role.EditableText)
        self._editor = editor
        self._heard = HeardText(editor)

    def text(self, kind: QAccessible.Text) -> str:
        """Name, description, or the lines."""
        if kind == QAccessible.Text.Value:
            return self._heard.whole()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Focus and visibility as of any widget, and that it takes many lines."""
        state = super().state()
        state.multiLine = True
        state.editable = not self._editor.isReadOnly()
        state.readOnly = self._editor.isReadOnly()
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """The text interface, masked."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._heard
        return super().interface_cast(kind)


class HeardText(QAccessibleTextInterface):
    """Offsets count what is heard, as Qt counts (𠮷 is two); a masked line is as long as its words."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__()
        self._editor = editor

    def whole(self) -> str:
        """All lines."""
        return "\n".join(text for _, text in self._lines())

    def text(self, start: int, end: int) -> str:
        """A part of it."""
        whole = self.whole()
        return between_units(whole, start, units(whole) if end < 0 else end)

    def characterCount(self) -> int:
        """How long it is."""
        return units(self.whole())

    def cursorPosition(self) -> int:
        """Where the caret is; at the start of a line that is masked."""
        line, column = self._editor.caret()
        return self._above(line) + (0 if self._editor.is_masked(line) else column)

    def setCursorPosition(self, position: int) -> None:
        """Go to a place."""
        self._editor.place_caret(*self._place(position))

    def selectionCount(self) -> int:
        """One selection, or none."""
        return int(self._editor.textCursor().hasSelection())

    def selection(self, _index: int) -> tuple[int, int]:
        """What is selected, as far as it lies in the line of the caret."""
        caret = self.cursorPosition()
        cursor = self._editor.textCursor()
        return caret - (cursor.position() - cursor.selectionStart()), caret + (
            cursor.selectionEnd() - cursor.position()
        )

    def addSelection(self, start: int, end: int) -> None:
        """Select within one line."""
        line, first = self._place(start)
        self._editor.select(line, first, self._place(end)[1])

    def removeSelection(self, _index: int) -> None:
        """Select nothing."""
        self._editor.place_caret(*self._editor.caret())

    def setSelection(self, _index: int, start: int, end: int) -> None:
        """Select within one line."""
        self.addSelection(start, end)

    def characterRect(self, offset: int) -> QRect:
        """Where the line of a character is, on the screen."""
        return self._editor.rect_on_screen(self._place(offset)[0])

    def offsetAtPoint(self, point: QPoint) -> int:
        """The start of the line at a point of the screen."""
        return self._above(self._editor.line_at(point))

    def scrollToSubstring(self, start: int, _end: int) -> None:
        """Show a place."""
        self.setCursorPosition(start)

    def attributes(self, _offset: int) -> tuple[str, int, int]:
        """All text looks the same."""
        return "", 0, self.characterCount()

    def _lines(self) -> list[tuple[int, str]]:
        """Place and words of every line that has a row."""
        return [
            (number, HIDDEN_LINE if self._editor.is_masked(number) else text)
            for number, text in self._editor.seen_texts()
        ]

    def _above(self, line: int) -> int:
        return sum(units(text) + 1 for number, text in self._lines() if number < line)

    def _place(self, offset: int) -> tuple[int, int]:
        for number, text in self._lines():
            if offset <= units(text):
                return number, offset
            offset -= units(text) + 1
        return self._editor.document().blockCount() - 1, 0
