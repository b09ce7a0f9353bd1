"""Blocks of a screen: a framed card, its heading, and the count that opens its list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.fonts import Role
from ui.theme.paint import State, paint_state, state_width
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.layouts import BLOCK_MARGINS, NO_MARGINS, column, put, row
from ui.widgets.texts import Text


class Card(QFrame):
    """A surface with a 1 px line and a radius of 8; `body` is its layout, `heading` its first line."""

    def __init__(
        self,
        heading: str = "",
        *heading_items: QWidget,
        spacing: int = 8,
        padded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        if heading:
            self.setAccessibleName(heading)
        margins = BLOCK_MARGINS if padded else NO_MARGINS
        self.body: QVBoxLayout = column(self, spacing=spacing, margins=margins)
        if heading:
            line = row()
            put(line, Text(heading, Role.SECTION), None, *heading_items)
            self.body.addLayout(line)
        self._corners = None if padded else _Corners(self)

    def add(self, *items: QWidget | QLayout | int | None) -> None:
        """Add widgets, layouts, gaps (int) or all spare room (None) below what is there."""
        put(self.body, *items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lists inside the rounded corners."""
        super().resizeEvent(event)
        if self._corners is not None:
            self._corners.setGeometry(self.rect())
            self._corners.raise_()


class _Corners(QWidget):
    """Paints page ground and outline over the square corners of what lies inside a card without padding."""

    def __init__(self, card: Card) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw everything outside the rounded rectangle."""
        tokens, radius = theme().tokens, theme().px(8)
        whole = QRectF(self.rect())
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(whole)
        inside.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(inside), tokens.bg)
        painter.setPen(tokens.divider)
        painter.drawPath(inside)
        painter.end()


class CountLink(KeyButton):
    """A figure with its word and on wish a state; pressing it opens the list it was counted from."""

    opened = Signal(str)

    def __init__(self, key: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._key = key
        self._word = word
        self._count = 0
        self._state: State | None = None
        self.setProperty("ring", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._pressed)
        self.show_count(0)

    def show_count(self, count: int, state: State | None = None) -> None:
        """Show another figure."""
        if (count, state) == (self._count, self._state) and self.accessibleName():
            return
        self._count = count
        self._state = state
        self.setAccessibleName(" ".join([self._word, f"{count}件", *([state.text] if state else [])]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """50 high at 標準, as wide as figure, word and state."""
        px = theme().px
        figure, word = self._widths()
        chip = px(12) + state_width(self._state) if self._state else 0
        return QSize(round(px(40) + figure + px(8) + word + chip), px(50))

    def minimumSizeHint(self) -> QSize:
        """Never cuts its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figure in primary, the word, and the state at the right end."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), tokens.bg)
        figure, _word = self._widths()
        height = float(self.height())
        painter.setFont(theme().font(Role.FIGURE))
        painter.setPen(tokens.primary)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(px(20), 0, figure + 1, height), middle, str(self._count))
        painter.setFont(theme().font(Role.BODY))
        painter.setPen(tokens.sub)
        rest = QRectF(px(20) + figure + px(8), px(2), self.width(), height)
        painter.drawText(rest, middle, self._word)
        if self._state:
            width = state_width(self._state)
            chip = QRectF(self.width() - px(20) - width, (height - px(20)) / 2, width, px(20))
            paint_state(painter, chip, self._state)
        painter.end()

    def _widths(self) -> tuple[float, float]:
        return theme().width(str(self._count), Role.FIGURE), theme().width(self._word, Role.BODY)

    def _pressed(self) -> None:
        self.opened.emit(self._key)
