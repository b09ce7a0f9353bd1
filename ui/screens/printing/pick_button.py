"""A field that looks like a list of choices and opens something larger to choose in."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton


class PickButton(KeyButton):
    """`name` is the field's name for a screen reader; Enter, Space, F4 and Alt+Down press it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show what is chosen."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{self._name} {words}")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a control."""
        return QSize(theme().px(160), theme().target(32))

    def minimumSizeHint(self) -> QSize:
        """Gives way sideways only."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that open a list open this too."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, words and chevron."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.border)
        painter.setBrush(tokens.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        side = px(14)
        chevron = QRectF(self.width() - px(8) - side, (self.height() - side) / 2, side, side)
        paint_icon(painter, "down", chevron, tokens.text)
        face = theme().font(Role.BODY)
        room = QRectF(px(10), 0, chevron.x() - px(16), self.height())
        words = self.text().replace("&&", "&")
        shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(face)
        painter.setPen(tokens.text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
