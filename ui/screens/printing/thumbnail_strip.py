"""Small pictures of all pages, to go to one of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.printing.page_images import PageImages
from ui.screens.printing.page_view import paint_picture, paper_color
from ui.theme.fonts import Role
from ui.theme.theme import theme

WIDTH = 112
_PAGE_WIDTH, _TOP, _WORDS, _BELOW = 72, 12, 24, 10


class ThumbnailStrip(QAbstractScrollArea):
    """Arrows and clicks choose a page."""

    spoken_role = QAccessible.Role.List
    page_chosen = Signal(int)

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._page = 0
        self.setAccessibleName("頁の一覧")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ring", "inside")
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        images.opened.connect(self._measure)
        images.drawn.connect(self._drawn)
        theme().changed.connect(self._measure)
        self._measure()

    def show_page(self, number: int) -> None:
        """Mark the page that is in view beside the strip, and scroll to it."""
        self._page = number
        bar, top = self.verticalScrollBar(), number * self._pitch()
        if top < bar.value():
            bar.setValue(top)
        elif top + self._pitch() > bar.value() + self.viewport().height():
            bar.setValue(top + self._pitch() - self.viewport().height())
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """112 wide at 標準."""
        return QSize(theme().px(WIDTH), theme().px(400))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().tokens.bg)
        painter.setFont(theme().font(Role.CAPTION))
        for number in reversed(self._in_view()):
            self._paint_page(painter, number)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other height, other reach of the scroll bar."""
        super().resizeEvent(event)
        self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the page under the pointer."""
        at = round(event.position().y()) + self.verticalScrollBar().value() - theme().px(_TOP)
        self._choose(at // self._pitch())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next or the previous page, the first or the last."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._images.count - 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._choose(self._page + steps[key])
        elif key in ends:
            self._choose(ends[key])
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        if 0 <= number < self._images.count:
            self.page_chosen.emit(number)

    def _page_height(self) -> int:
        points = self._images.page_size
        return round(theme().px(_PAGE_WIDTH) * points.height() / points.width())

    def _pitch(self) -> int:
        return self._page_height() + theme().px(_WORDS + _BELOW)

    def _in_view(self) -> range:
        top = self.verticalScrollBar().value() - theme().px(_TOP)
        last = (top + self.viewport().height()) // self._pitch()
        return range(max(0, top // self._pitch()), min(last + 1, self._images.count))

    def _paint_page(self, painter: QPainter, number: int) -> None:
        px, tokens = theme().px, theme().tokens
        left = (self.viewport().width() - px(_PAGE_WIDTH)) // 2
        top = px(_TOP) + number * self._pitch() - self.verticalScrollBar().value()
        paper = QRect(left, top, px(_PAGE_WIDTH), self._page_height())
        painter.setPen(tokens.border)
        painter.setBrush(paper_color())
        painter.drawRect(QRectF(paper).adjusted(-0.5, -0.5, 0.5, 0.5))
        paint_picture(painter, paper, self._images, number)
        if number == self._page:
            painter.setPen(QPen(tokens.primary, px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(paper).adjusted(-px(4), -px(4), px(4), px(4)))
        painter.setPen(tokens.text if number == self._page else tokens.sub)
        words = QRect(0, paper.bottom() + px(4), self.viewport().width(), px(Role.CAPTION.line))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _measure(self) -> None:
        self.setFixedWidth(theme().px(WIDTH))
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(self._pitch())
        bar.setRange(0, max(0, theme().px(_TOP) + self._images.count * self._pitch() - room))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()

    def _drawn(self, number: int) -> None:
        if number in self._in_view():
            self.viewport().update()
