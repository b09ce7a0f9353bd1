"""What an empty list says: what will be here, and the first step."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme
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
        whole = column(self, spacing=6, margins=(20, 4, 20, 4))
        line = Text(title, Role.SECTION)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        put(whole, None, line)
        if text:
            sentences = row()
            put(sentences, None, _Sentence(text, Role.BODY, "sub"), None)
            whole.addLayout(sentences)
        if buttons:
            steps = row()
            put(steps, None, *buttons, None)
            put(whole, 8, steps)
        put(whole, None)


class _Sentence(Paragraph):
    """As wide as its longest line, so that it stands in the middle."""

    def sizeHint(self) -> QSize:
        advance = QFontMetricsF(theme().font(Role.BODY)).horizontalAdvance
        widest = max(advance(line) for line in self.text().split("\n"))
        width = min(super().sizeHint().width(), ceil(widest) + 1)
        return QSize(width, self.heightForWidth(width))
