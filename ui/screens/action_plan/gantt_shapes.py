"""The shapes of a 線表: bars, diamonds, the days behind them, and pointers to what is out of sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.terms import ActionStatus
from app.rows.action_plans import ActionRow
from ui.screens.action_plan.gantt_geometry import BAR_HEIGHT, DIAMOND, Bar, TaskLine, bar_of
from ui.screens.action_plan.gantt_picture import Picture
from ui.screens.action_plan.words import late_words
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_BAR_COLORS = {
    ActionStatus.OPEN: ("surface2", "border"),
    ActionStatus.DOING: ("selection", "primary"),
    ActionStatus.REQUESTED: ("info_tint", "info"),
    ActionStatus.DONE: ("ok_tint", "ok"),
    ActionStatus.DROPPED: ("surface", "border"),
}
_NO_COLORS = ("surface", "border")


def paint_shape(painter: QPainter, picture: Picture, line: TaskLine) -> None:
    """Draw what stands for an action in its row, with its last day behind it."""
    tokens, rect, action = theme().tokens, picture.row_rect(line), line.action
    ground = tokens.selection if action.id == picture.chosen else tokens.surface
    bar = bar_of(action, picture.scale)
    if bar is None:
        left = picture.at(picture.scale.x(picture.today)) + theme().px(8)
        paint_label(painter, rect, left, "日にち未定", tokens.sub, ground)
        return
    if _paint_pointer(painter, picture, rect, bar, ground):
        return
    if bar.is_one_day:
        _paint_diamond(painter, QPointF(picture.at(bar.left) + theme().px(2), rect.center().y()), action)
    else:
        height = theme().px(BAR_HEIGHT)
        left, top = round(picture.at(bar.left)), rect.y() + (rect.height() - 1 - height) // 2
        place = QRectF(left, top, round(picture.at(bar.right)) - left, height)
        paint_bar(painter, place, action.status, bar.filled)
    late = late_words(action) if picture.columns.status is None else ""
    words = f"{bar.label} {late}".strip()
    color = tokens.danger if action.is_overdue else tokens.text
    paint_label(painter, rect, picture.at(bar.label_left), words, color, ground)


def _paint_pointer(painter: QPainter, picture: Picture, rect: QRectF, bar: Bar, ground: QColor) -> bool:
    """Where the whole shape is out of sight: an arrow at that edge, and its last day."""
    px, tokens, width = theme().px, theme().tokens, picture.size[0]
    face, side = theme().font(Role.CAPTION), px(14)
    words = QFontMetricsF(face).horizontalAdvance(bar.label)
    if picture.at(bar.label_left) < picture.left:
        icon, left, words_left = "left", picture.left + px(6), picture.left + px(6) + side
    elif picture.at(bar.left) > width:
        icon, left = "right", width - px(6) - side
        words_left = round(left - words - px(2))
    else:
        return False
    paint_label(painter, rect, words_left, bar.label, tokens.sub, ground)
    paint_icon(painter, icon, QRectF(left, rect.center().y() - side / 2, side, side), tokens.sub)
    return True


def paint_bar(painter: QPainter, place: QRectF, status: ActionStatus, filled: float) -> None:
    """A bar of 16 high at 標準; `filled` is the share that stands for progress."""
    tokens = theme().tokens
    ground, edge = (getattr(tokens, name) for name in _BAR_COLORS.get(status, _NO_COLORS))
    radius = theme().px(4)
    inside = place.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(edge, 1.5 if status is ActionStatus.DOING else 1)
    if status in (ActionStatus.REQUESTED, ActionStatus.DROPPED):
        pen.setDashPattern([4, 3])
    outline = QPainterPath()
    outline.addRoundedRect(inside, radius, radius)
    painter.fillPath(outline, ground)
    if filled:
        done = QPainterPath()
        done.addRect(QRectF(inside.x(), inside.y(), inside.width() * min(1.0, filled), inside.height()))
        painter.fillPath(outline.intersected(done), edge)
    painter.strokePath(outline, pen)
    painter.restore()
    side = theme().px(14)
    if status is ActionStatus.DONE and place.width() >= side:
        centre = place.center()
        paint_icon(painter, "check", QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), edge)


def paint_post(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """The dotted line of a 主要期日."""
    pen = QPen(theme().tokens.text, 1)
    pen.setDashPattern([2, 4])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def _paint_diamond(painter: QPainter, centre: QPointF, action: ActionRow) -> None:
    tokens, reach = theme().tokens, theme().px(DIAMOND) / 2
    ground, edge = (getattr(tokens, name) for name in _BAR_COLORS.get(action.status, _NO_COLORS))
    if action.status is ActionStatus.OPEN:
        ground, edge = tokens.surface, tokens.text
    corners = [QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.75 * theme().metrics.factor))
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.restore()


def paint_label(
    painter: QPainter, row: QRectF, left: float, words: str, color: QColor, ground: QColor
) -> None:
    """Words on their own ground, so that no line crosses a figure."""
    face = theme().font(Role.CAPTION)
    width = QFontMetricsF(face).horizontalAdvance(words)
    height = theme().px(20)
    place = QRectF(left - theme().px(3), row.center().y() - height / 2, width + theme().px(6), height)
    painter.fillRect(place, ground)
    painter.setFont(face)
    painter.setPen(color)
    painter.drawText(QRectF(left, row.y(), width + 2, row.height()), _MIDDLE, words)
