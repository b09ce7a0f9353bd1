"""Small shapes that are drawn once and then set like type: chips, meters, ticks and icons in long lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from math import ceil, floor
from typing import TypeVarTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.theme.metrics import Metrics
from ui.theme.theme import theme

Facts = TypeVarTuple("Facts")
_EDGE = 4
"""Room around a picture, in px, for strokes that stand over the rectangle of their shape."""
_PARTS = 64
"""How many places within a px are told apart: those that Qt's own measures of text know."""


def paint_kept(
    painter: QPainter, rect: QRectF, draw: Callable[[QPainter, QRectF, *Facts], None], *facts: *Facts
) -> None:
    """Do `draw(painter, rect, *facts)` from a picture of it.

    The facts decide, with the theme, everything that is drawn, and are hashable. The picture is as fine as
    the screen, and another one is kept for each place of the rectangle within a pixel: nothing is blurred.
    """
    ratio = painter.device().devicePixelRatioF()
    left, top = floor(rect.x() * ratio) / ratio - _EDGE, floor(rect.y() * ratio) / ratio - _EDGE
    x, y = (round(inside * _PARTS) / _PARTS for inside in (rect.x() - left, rect.y() - top))
    picture = _picture(draw, facts, (x, y, rect.width(), rect.height()), ratio, theme().name, theme().metrics)
    painter.drawPixmap(QPointF(left, top), picture)


# Metrics are compared by identity, and each change of theme or text step makes new ones.
@lru_cache(maxsize=256)
def _picture(
    draw: Callable[..., None],
    facts: tuple[Hashable, ...],
    inside: tuple[float, float, float, float],
    ratio: float,
    _theme: str,
    _metrics: Metrics,
) -> QPixmap:
    x, y, width, height = inside
    picture = QPixmap(ceil((x + width + _EDGE) * ratio), ceil((y + height + _EDGE) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, QRectF(x, y, width, height), *facts)
    painter.end()
    return picture
