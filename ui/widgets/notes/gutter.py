"""The left margin of the notes: time, chip, and the line from a decision down to its homework."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from ui.input_method import commit
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.paint import MARK_HEIGHT, MARK_WIDTH, paint_mark
from ui.theme.theme import theme
from ui.widgets.notes.line_look import LineLook, LineLooks
from ui.widgets.notes.painting import paint_ground
from ui.widgets.notes.rows import GUTTER, Row, rows_between

_LEFT, _TIME_WIDTH, _GAP, _BAR = 20, 36, 10, 4
_CHIP_LEFT = _LEFT + _TIME_WIDTH + _GAP


class NoteGutter(QWidget):
    """Lies over the left viewport margin of `editor`, so that the text itself never moves."""

    chip_pressed = Signal(int, QPoint)
    """Place of the line, and where (on the screen) its menu belongs."""
    line_pressed = Signal(int)

    def __init__(self, editor: QTextEdit, looks: LineLooks) -> None:
        super().__init__(editor)
        self._editor = editor
        self._looks = looks
        self.current = 0
        self.has_focus = False
        self.setAccessibleName("時刻と印")
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """136 wide at 標準."""
        return QSize(theme().px(GUTTER), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that are seen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().tokens.surface)
        above: Row | None = None
        for row in rows_between(self._editor, event.rect().top(), event.rect().bottom()):
            self._paint_row(painter, row, above)
            above = row
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the chip open its menu, elsewhere go to the line."""
        commit()
        y = round(event.position().y())
        row = next(rows_between(self._editor, y, y), None)
        if row is None:
            return
        chip = _chip(row)
        if chip.adjusted(-2, -6, 2, 6).contains(event.position()):
            below = QPoint(round(chip.left()), round(chip.bottom()) + theme().px(4))
            self.chip_pressed.emit(row.index, self.mapToGlobal(below))
        else:
            self.line_pressed.emit(row.index)

    def _paint_row(self, painter: QPainter, row: Row, above: Row | None) -> None:
        look = self._looks.look(row.index)
        is_current = row.index == self.current
        paint_ground(painter, row, look, self.width(), is_current=is_current)
        if is_current and self.has_focus:
            painter.fillRect(row.band(theme().px(_BAR)), theme().tokens.focus)
        self._paint_time(painter, row, look)
        if look.is_only_here:
            _paint_only_here(painter, row)
        if look.is_linked:
            _paint_link(painter, row, above)
        if look.mark:
            paint_mark(painter, _chip(row), look.mark)
        elif is_current:
            _paint_asking(painter, row)
        else:
            _paint_unmarked(painter, row)

    def _paint_time(self, painter: QPainter, row: Row, look: LineLook) -> None:
        px = theme().px
        painter.setFont(theme().font(Role.CAPTION))
        painter.setPen(theme().tokens.sub)
        room = QRectF(px(_LEFT) - px(6), row.center - px(9), px(_TIME_WIDTH) + px(6), px(18))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, look.time)


def _chip(row: Row) -> QRectF:
    px = theme().px
    return QRectF(px(_CHIP_LEFT), row.center - px(MARK_HEIGHT) / 2, px(MARK_WIDTH), px(MARK_HEIGHT))


def _paint_only_here(painter: QPainter, row: Row) -> None:
    px = theme().px
    for number in range(-2, 2):
        top = row.center + px(5) * number + px(1)
        painter.fillRect(QRectF(px(10), top, px(2), px(3)), theme().tokens.border)


def _paint_link(painter: QPainter, row: Row, above: Row | None) -> None:
    px = theme().px
    half = px(MARK_HEIGHT) / 2
    top = above.center + half if above else row.top
    left = px(_CHIP_LEFT) + px(MARK_WIDTH) / 2
    painter.fillRect(QRectF(left - 1, top, px(2), row.center - half - top), theme().tokens.border)


def _paint_unmarked(painter: QPainter, row: Row) -> None:
    painter.setFont(theme().font(Role.CAPTION))
    painter.setPen(theme().tokens.sub)
    painter.drawText(_chip(row), Qt.AlignmentFlag.AlignCenter, "印なし")


def _paint_asking(painter: QPainter, row: Row) -> None:
    px, tokens = theme().px, theme().tokens
    chip = _chip(row)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tokens.border)
    painter.setBrush(tokens.surface)
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.restore()
    painter.setFont(theme().font(Role.CAPTION))
    painter.setPen(tokens.sub)
    painter.drawText(chip.adjusted(px(13), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "印")
    arrow = QRectF(chip.left() + px(30), row.center - px(7), px(14), px(14))
    paint_icon(painter, "down", arrow, tokens.sub)
