"""The pages of a print one below the other, black on white paper in every theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.printing.page_images import PageImages
from ui.printing.pdf_pages import POINTS_PER_INCH
from ui.theme.theme import theme
from ui.theme.tokens import load_tokens

FIT_WIDTH, FIT_PAGE, ACTUAL_SIZE = "width", "page", "actual"
_SCREEN_INCH = 96
_GAP, _SIDES, _LEAST_WIDTH, _MOST_WIDTH = 16, 40, 160, 2400
_WHEEL_STEP = 1.1
_KEY_STEP = 40


@cache
def paper_color() -> QColor:
    """The white of paper, in the dark theme too."""
    return load_tokens("light").surface


def paint_picture(painter: QPainter, paper: QRect, images: PageImages, number: int) -> None:
    """Draw a page over its sheet, pixel by pixel; until it is drawn at this size, a scaled one."""
    pixels = painter.device().devicePixelRatioF()
    width = round(paper.width() * pixels)
    picture = images.picture(number, width)
    if picture is None:
        return
    if picture.width() == width:
        # Its height may differ by a rounded pixel; scaling for that would blur every line.
        painter.drawImage(QRectF(paper.topLeft(), QSizeF(picture.size()) / pixels), picture)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(paper, picture)


class PageView(QAbstractScrollArea):
    """PageUp and PageDown turn pages, Home and End go to the first and last, Ctrl and the wheel zoom."""

    spoken_role = QAccessible.Role.Document
    page_changed = Signal(int)
    """Number of the page in view, counted from 0."""
    zoomed = Signal()
    """The person chose a size of their own with the wheel."""

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._zoom = FIT_WIDTH
        self._own_width = 0
        self._page = 0
        self._measured_pitch = 1
        self.setAccessibleName("印刷の見本")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.horizontalScrollBar().setSingleStep(_KEY_STEP)
        self.verticalScrollBar().setSingleStep(_KEY_STEP)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        images.opened.connect(self._opened)
        images.drawn.connect(self._drawn)
        theme().changed.connect(self._measure)

    # asked from outside

    def set_zoom(self, zoom: str) -> None:
        """FIT_WIDTH, FIT_PAGE or ACTUAL_SIZE; the page in view stays in view."""
        self._zoom, self._own_width = zoom, 0
        self._measure()

    def go_to_page(self, number: int) -> None:
        """Bring the top of a page into view."""
        number = max(0, min(number, self._images.count - 1))
        self.verticalScrollBar().setValue(self._top_of(number))
        self._tell_page(number)

    def turn(self, by: int) -> None:
        """Go some pages on or back."""
        self.go_to_page(self._page + by)

    @property
    def page(self) -> int:
        """The page in view, counted from 0."""
        return self._page

    # what Qt asks

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().tokens.surface2)
        # From below: the picture asked for last is made first.
        for number in reversed(self._in_view()):
            self._paint_page(painter, number)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a reader."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._images.count - 1}
        key = Qt.Key(event.key())
        if key in turns:
            self.turn(turns[key])
        elif key in ends:
            self.go_to_page(ends[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom while Ctrl is held."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        factor = _WHEEL_STEP if event.angleDelta().y() > 0 else 1 / _WHEEL_STEP
        self._own_width = round(max(_LEAST_WIDTH, min(self._page_size().width() * factor, _MOST_WIDTH)))
        self._measure()
        self.zoomed.emit()

    # geometry

    def _page_size(self) -> QSize:
        points = self._images.page_size
        width = self._own_width or self._fitting_width(points.height() / points.width())
        return QSize(width, round(width * points.height() / points.width()))

    def _fitting_width(self, ratio: float) -> int:
        room, px = self.viewport().size(), theme().px
        across = room.width() - 2 * px(_SIDES)
        if self._zoom == ACTUAL_SIZE:
            return round(self._images.page_size.width() * _SCREEN_INCH / POINTS_PER_INCH)
        if self._zoom == FIT_PAGE:
            across = min(across, round((room.height() - 2 * px(_GAP)) / ratio))
        return max(_LEAST_WIDTH, min(across, _MOST_WIDTH))

    def _pitch(self) -> int:
        return self._page_size().height() + theme().px(_GAP)

    def _top_of(self, number: int) -> int:
        """Where the scroll bar stands when the page's gap is at the top."""
        return number * self._pitch()

    def _rect_of(self, number: int) -> QRect:
        size, room = self._page_size(), self.viewport().width()
        left = max((room - size.width()) // 2, theme().px(_GAP)) - self.horizontalScrollBar().value()
        top = theme().px(_GAP) + number * self._pitch() - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), size)

    def _in_view(self) -> range:
        above = self.verticalScrollBar().value() - theme().px(_GAP)
        first = max(0, above // self._pitch())
        last = (above + self.viewport().height()) // self._pitch()
        return range(first, min(last + 1, self._images.count))

    def _measure(self) -> None:
        """Set the scroll bars for the present size of a page, keeping the page in view."""
        size, room = self._page_size(), self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        at = down.value() / self._measured_pitch
        self._measured_pitch = self._pitch()
        whole = theme().px(_GAP) + self._images.count * self._pitch()
        down.setPageStep(room.height())
        down.setRange(0, max(0, whole - room.height()))
        down.setValue(round(at * self._pitch()))
        across.setPageStep(room.width())
        across.setRange(0, max(0, size.width() + 2 * theme().px(_GAP) - room.width()))
        self.viewport().update()

    # showing

    def _paint_page(self, painter: QPainter, number: int) -> None:
        paper = self._rect_of(number)
        painter.setPen(theme().tokens.border)
        painter.setBrush(paper_color())
        painter.drawRect(QRectF(paper).adjusted(-0.5, -0.5, 0.5, 0.5))
        paint_picture(painter, paper, self._images, number)

    def _opened(self) -> None:
        self._measure()
        self._scrolled()

    def _drawn(self, number: int) -> None:
        if number in self._in_view():
            self.viewport().update()

    def _scrolled(self) -> None:
        third = self.verticalScrollBar().value() + self.viewport().height() // 3
        self._tell_page(max(0, min(third // self._pitch(), self._images.count - 1)))
        self.viewport().update()

    def _tell_page(self, number: int) -> None:
        if number != self._page:
            self._page = number
            self.page_changed.emit(number)
