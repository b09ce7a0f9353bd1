"""Line icons from `resources/icons/drawings.toml`, painted with a pen in whatever colour is current."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap, QTransform

from ui.theme.pictures import paint_kept
from ui.theme.theme import theme

_FIELD = 20.0
_SMALL = 16


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon into a square, its stroke as thick as the design gives for that size."""
    paint_kept(painter, rect, _draw, name, color.rgba())


def _draw(painter: QPainter, rect: QRectF, name: str, rgba: int) -> None:
    color = QColor.fromRgba(rgba)
    lines, discs = _drawing(name)
    scale = rect.width() / _FIELD
    small = rect.width() <= theme().px(_SMALL)
    place = QTransform.fromTranslate(rect.x(), rect.y()).scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, (1.5 if small else 1.75) * theme().metrics.factor)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(place.map(lines))
    painter.fillPath(place.map(discs), color)


def icon(name: str) -> QIcon:
    """A QIcon that follows the theme. Raises KeyError when there is no such drawing."""
    _drawing(name)
    return QIcon(_LineIconEngine(name))


class _LineIconEngine(QIconEngine):
    """Draws on demand, so that dark, disabled and 150 % need no second set of pictures."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        tokens = theme().tokens
        color = tokens.border if mode == QIcon.Mode.Disabled else tokens.text
        side = min(rect.width(), rect.height())
        left = rect.x() + (rect.width() - side) / 2
        top = rect.y() + (rect.height() - side) / 2
        paint_icon(painter, self._name, QRectF(left, top, side, side), color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _LineIconEngine(self._name)


@cache
def _drawings() -> dict[str, list[str]]:
    text = files("resources").joinpath("icons", "drawings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _drawing(name: str) -> tuple[QPainterPath, QPainterPath]:
    """The strokes and the filled discs of one icon on the 20 x 20 field."""
    lines, discs = QPainterPath(), QPainterPath()
    for shape in _drawings()[name]:
        kind, _, rest = shape.partition(" ")
        if kind == "path":
            _add_strokes(lines, rest.split())
            continue
        numbers = [float(word) for word in rest.split()]
        if kind == "rect":
            left, top, width, height, radius = numbers
            lines.addRoundedRect(QRectF(left, top, width, height), radius, radius)
        else:
            x, y, radius = numbers
            (discs if kind == "disc" else lines).addEllipse(QPointF(x, y), radius, radius)
    return lines, discs


def _add_strokes(path: QPainterPath, words: list[str]) -> None:
    rest = iter(words)

    def point() -> QPointF:
        return QPointF(float(next(rest)), float(next(rest)))

    for command in rest:
        if command == "M":
            path.moveTo(point())
        elif command == "L":
            path.lineTo(point())
        elif command == "C":
            path.cubicTo(point(), point(), point())
        elif command == "Z":
            path.closeSubpath()
        else:
            raise ValueError(command)
