"""A field of several lines with the line height of the design; it grows with its text."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ui.input_method import commit, when_idle
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.fields.key_release import lets_go
from ui.widgets.fields.telling import UNTOLD

_PADDING = 9
_SEPARATORS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


def plain_lines(mime: QMimeData) -> str:
    """Pasted text with its line breaks and tabs, without fonts and colours."""
    return mime.text().replace("\r\n", "\n").replace("\r", "\n")


class LongTextField(QTextEdit):
    """Enter adds a line, Tab leaves. `left` carries the text once the person leaves with a change."""

    left = Signal(str)
    problem_changed = Signal(str)

    def __init__(
        self,
        *,
        lines: int = 3,
        most_lines: int = 12,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """As high as `lines`, growing to `most_lines`."""
        super().__init__(parent)
        self._lines, self._most_lines = lines, most_lines
        self._known = ""
        self.setProperty("field", True)
        self.document().setDocumentMargin(0)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._placeholder = placeholder
        self._set_line_height()
        self.document().documentLayout().documentSizeChanged.connect(self._fit_when_idle)
        theme().changed.connect(self._theme_changed)
        self._fit()

    def placeholderText(self) -> str:
        """What stands in the empty field; Qt would draw it above the line on which one types."""
        return self._placeholder

    def text(self) -> str:
        """What was typed, exactly, lines parted by line feeds."""
        return self.document().toRawText().translate(_SEPARATORS)

    def show_text(self, text: str) -> None:
        """Show a value that comes from the record. Waits while the person is converting here."""
        self._known = text
        if text != self.text():
            when_idle(self, partial(self._replace, text))

    def has_changes(self) -> bool:
        """Whether the field holds typing that `left` has not told of."""
        return self.text() != self._known

    def untell(self) -> None:
        """What was told did not reach the record: it counts as typing again, and is told once more."""
        self._known = UNTOLD

    def go_to_end(self) -> None:
        """Put the caret behind what stands there, as one who goes on writing wants it."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def flush(self) -> None:
        """Take over what is being converted and tell `left` if anything changed."""
        if self.hasFocus():
            commit()
        if self.has_changes():
            self._known = self.text()
            self.left.emit(self._known)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the value; "" takes it back."""
        self.setProperty("problem", bool(text))
        self.setAccessibleDescription(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self.problem_changed.emit(text)

    def event(self, event: QEvent) -> bool:
        """Let command keys go before text editing sees them."""
        if lets_go(event, has_own_undo=self.has_changes() and self.document().isUndoAvailable()):
            return False
        return super().event(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        """Where the candidates shall appear: Qt forgets that the viewport begins inside the padding."""
        value = super().inputMethodQuery(query, argument)
        if query in (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle):
            return value.translated(QPointF(self.viewport().pos()))
        return value

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, or what stands in the empty field."""
        super().paintEvent(event)
        is_empty = self.document().isEmpty() and not self.textCursor().block().layout().preeditAreaText()
        if not self._placeholder or not is_empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().placeholderText().color())
        line = self.document().firstBlock().layout().lineAt(0)
        above = round(line.y() + line.ascent()) - QFontMetrics(self.font()).ascent()
        room = QRect(self.viewport().rect()).adjusted(0, above, 0, 0)
        painter.drawText(room, Qt.TextFlag.TextWordWrap, self._placeholder)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes over what is being converted; Qt would throw it away."""
        commit()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell what was typed, unless only a menu opened over the field."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only."""
        self.textCursor().insertText(plain_lines(source))

    def _replace(self, text: str) -> None:
        self.setPlainText(text)
        self._set_line_height()

    def _set_line_height(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        form.setLineHeight(theme().px(Role.BODY.line), fixed)
        cursor.mergeBlockFormat(form)
        self.document().clearUndoRedoStacks()

    def _theme_changed(self) -> None:
        when_idle(self, self._set_line_height)
        self._fit_when_idle()

    def _fit_when_idle(self) -> None:
        # A changed height in mid-conversion would move the candidate window.
        when_idle(self, self._fit)

    def _fit(self) -> None:
        line = theme().px(Role.BODY.line)
        # The line above the glyphs is part of the first line; the padding evens it out below.
        around = theme().px(_PADDING) + 3
        lines = round(self.document().size().height() / line)
        self.setFixedHeight(max(self._lines, min(lines, self._most_lines)) * line + around)
