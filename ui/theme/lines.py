"""Lines of text, shaped and measured once: a list that scrolls draws the same words again and again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText, QTransform

from ui.theme.fonts import Role
from ui.theme.metrics import Metrics
from ui.theme.theme import theme

_ENDLESS = QRectF(0, 0, 1_000_000, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """Words as they are drawn: `width` in px, `face` the font, `height` as high as their tallest face."""

    words: str
    face: QFont
    width: float
    height: float
    shaped: QStaticText

    def paint(self, painter: QPainter, left: float, room: QRectF, color: QColor) -> None:
        """Draw from `left` on, in the middle of the room's height and not over its right end.

        Font and pen stay set.
        """
        painter.setFont(self.face)
        painter.setPen(color)
        place = QPointF(left, room.y() + (room.height() - self.height) / 2)
        if left + self.width <= room.right() + 1:
            painter.drawStaticText(place, self.shaped)
            return
        painter.save()
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painter.drawStaticText(place, self.shaped)
        painter.restore()


def line(words: str, role: Role, *, tabular: bool = False) -> Line:
    """Words in a type role at the present text step."""
    return _line(words, role, tabular, theme().metrics)


def fitting(words: str, role: Role, width: float, *, tabular: bool = False) -> Line:
    """The same, cut short with 「…」 where it would be wider than `width` px."""
    whole = _line(words, role, tabular, theme().metrics)
    if whole.width <= width:
        return whole
    return _line(
        _cut(whole.words, role, tabular, theme().metrics, max(0.0, width)), role, tabular, theme().metrics
    )


# Metrics are compared by identity, and each text step makes new ones: what is remembered never goes stale.
@lru_cache(maxsize=1024)
def _line(words: str, role: Role, tabular: bool, _step: Metrics) -> Line:
    words = words.replace("\t", " ")  # where a painter sets a space, a shaped line would leave a column
    face = theme().font(role, tabular=tabular)
    shaped = QStaticText(words)
    shaped.setTextFormat(Qt.TextFormat.PlainText)
    shaped.prepare(QTransform(), face)
    measured = QFontMetricsF(face)
    height = measured.boundingRect(_ENDLESS, 0, words).height()
    return Line(words, face, measured.horizontalAdvance(words), height, shaped)


@lru_cache(maxsize=1024)
def _cut(words: str, role: Role, tabular: bool, _step: Metrics, width: float) -> str:
    face = theme().font(role, tabular=tabular)
    return QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, width)
