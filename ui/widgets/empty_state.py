"""What an empty list says: what will be here, and the first step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph, Text


class EmptyState(QWidget):
    """A title, a sentence, and buttons for the first steps, in the middle of the free room."""

    def __init__(
        self, title: str, text: str = "", buttons: Sequence[Button] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title} {text}".strip())
        whole = column(self, spacing=8, margins=(20, 20, 20, 20))
        line = Text(title, Role.SECTION)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        put(whole, None, line)
        if text:
            sentences = row()
            put(sentences, None, _narrow(Paragraph(text, Role.BODY, "sub")), None)
            whole.addLayout(sentences)
        if buttons:
            steps = row()
            put(steps, None, *buttons, None)
            put(whole, 8, steps)
        put(whole, None)


def _narrow(words: Paragraph) -> Paragraph:
    wanted = words.fontMetrics().horizontalAdvance(max(words.text().split("\n"), key=len))
    words.setFixedWidth(min(words.sizeHint().width(), wanted + 24))
    return words
