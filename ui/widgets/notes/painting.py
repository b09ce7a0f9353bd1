"""What is painted around and over the text of a row: ground, mask, label, conversion, caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLine

from ui.theme.fonts import Role
from ui.theme.paint import State, paint_state, state_width
from ui.theme.theme import theme
from ui.widgets.notes.line_look import MASK, LineLook
from ui.widgets.notes.rows import Row
from ui.widgets.notes.text_changes import units

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CLOSED = "担当者限り"
_STILL_SECRET = State("secret", "秘密")


def paint_ground(painter: QPainter, row: Row, look: LineLook, width: float, *, is_current: bool) -> None:
    """Draw the band of the current row or of a 秘密 one, touching the rows above and below."""
    if is_current:
        painter.fillRect(row.band(width), theme().tokens.selection)
    elif look.is_secret:
        painter.fillRect(row.band(width), theme().tokens.secret_tint)


def paint_mask(painter: QPainter, row: Row, width: float) -> None:
    """Cover the text of a 秘密 row: always as many asterisks, whatever its length."""
    painter.fillRect(row.band(width), theme().tokens.secret_tint)
    painter.setFont(theme().font(Role.NOTE))
    painter.setPen(theme().tokens.secret)
    painter.drawText(_line_rect(row.center, 0, width), _MIDDLE, MASK)
    end = QFontMetricsF(painter.font()).horizontalAdvance(MASK)
    painter.setFont(theme().font(Role.CAPTION))
    painter.drawText(_line_rect(row.center, end + theme().px(14), width), _MIDDLE, _CLOSED)


def paint_labels(painter: QPainter, row: Row, look: LineLook, width: float) -> None:
    """Draw owner and date of homework after the text, and that a row which shows its text is 秘密."""
    left = row.text_end
    if look.is_secret:
        left = _paint_state(painter, row.last_center, left, _STILL_SECRET)
    if look.label:
        _paint_label(painter, row, look.label, left, width)


def paint_conversion(painter: QPainter, row: Row) -> None:
    """Underline the text that is being converted with 2 px."""
    layout = row.block.layout()
    start = layout.preeditAreaPosition()
    end = start + len(layout.preeditAreaText())
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            center = row.center + theme().px(27) * number
            left, right = _x(line, first), _x(line, last)
            ground = QRectF(left, center + theme().px(10), right - left, theme().px(2))
            painter.fillRect(ground, theme().tokens.text)


def paint_found(painter: QPainter, row: Row, places: Sequence[tuple[int, int]]) -> None:
    """Draw a ground and a line below what was looked for; not while text of the row is being converted."""
    if row.block.layout().preeditAreaText():
        return
    text = row.block.text()
    for start, end in places:
        _paint_place(painter, row, units(text[:start]), units(text[:end]))


def _paint_place(painter: QPainter, row: Row, start: int, end: int) -> None:
    px, layout = theme().px, row.block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = _x(line, first), _x(line, last)
            center = row.center + px(27) * number
            painter.fillRect(QRectF(left, center - px(11), right - left, px(22)), theme().tokens.warn_tint)
            painter.fillRect(QRectF(left, center + px(10), right - left, px(2)), theme().tokens.warn)


def paint_caret(painter: QPainter, x: float, center: float) -> None:
    """Draw the caret: 2 wide, 20 high."""
    height = theme().px(20)
    painter.fillRect(QRectF(x, center - height / 2, theme().px(2), height), theme().tokens.focus)


def paint_invitation(painter: QPainter, row: Row, words: str, width: float) -> None:
    """Draw what an empty sheet asks for."""
    painter.setFont(theme().font(Role.NOTE))
    painter.setPen(theme().tokens.sub)
    painter.drawText(_line_rect(row.center, theme().px(6), width), _MIDDLE, words)


def _paint_state(painter: QPainter, center: int, after: float, state: State) -> float:
    height = theme().px(20)
    left = after + theme().px(10)
    rect = QRectF(left, center - height / 2, state_width(state), height)
    paint_state(painter, rect, state)
    return rect.right()


def _paint_label(painter: QPainter, row: Row, label: str, after: float, width: float) -> None:
    px, tokens = theme().px, theme().tokens
    painter.setFont(theme().font(Role.TABLE))
    metrics = QFontMetricsF(painter.font())
    left = after + px(10)
    shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, width - left - px(16))
    if not shown:
        return
    height = px(20)
    rect = QRectF(left, row.last_center - height / 2, metrics.horizontalAdvance(shown) + px(12), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.info_tint)
    painter.drawRoundedRect(rect, px(4), px(4))
    painter.setPen(tokens.info)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def _line_rect(center: int, left: float, width: float) -> QRectF:
    height = theme().px(27)
    return QRectF(left, center - height / 2, width - left, height)


def _x(line: QTextLine, position: int) -> float:
    # The stubs and the release disagree on whether the position comes back beside it.
    found: Any = line.cursorToX(position)
    return float(found[0]) if isinstance(found, tuple) else float(found)
