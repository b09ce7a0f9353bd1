"""Paints a 線表 in layers: grounds, grid, today and 主要期日, dividers, bars, grounds of words, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.terms import ActionStatus
from app.rows.action_plans import ActionRow
from ui.screens.action_plan.gantt_geometry import (
    AXIS,
    BAR_HEIGHT,
    BAR_TOP,
    DIAMOND,
    Bar,
    Line,
    Scale,
    Signpost,
    StageLine,
    TaskLine,
    bar_of,
)
from ui.screens.action_plan.words import NOBODY, STATUS_TONES, overdue_words
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
_CHOSEN_BAR = 4


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """x of the columns left of the time part, in px at 標準; None where there is no room for one."""

    number_right: int
    title: int
    owner: int | None
    status: int | None
    width: int

    @property
    def title_right(self) -> int:
        """Where the words of すること must stop."""
        return (self.owner or self.width) - 10


WIDEST = TaskColumns(38, 52, 382, 486, 560)
WIDE = TaskColumns(38, 52, 262, 366, 440)
NARROW = TaskColumns(32, 42, None, None, 290)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is painted; `x` and `y` are the scroll positions in device-independent px."""

    lines: Sequence[Line]
    scale: Scale
    columns: TaskColumns
    posts: Sequence[Signpost]
    today: date
    chosen: str
    has_focus: bool
    size: tuple[int, int]
    x: int
    y: int

    # places in the viewport

    @property
    def left(self) -> int:
        """Where the time part begins."""
        return theme().px(self.columns.width)

    @property
    def top(self) -> int:
        """Where the rows begin."""
        return theme().px(AXIS)

    def row_rect(self, line: Line) -> QRectF:
        """The whole row."""
        factor = theme().metrics.factor
        top = round(line.top * factor)
        return QRectF(
            0, self.top + top - self.y, self.size[0], round((line.top + line.height) * factor) - top
        )

    def at(self, x: float) -> float:
        """An x of the time part."""
        return self.left + x * theme().metrics.factor - self.x

    def shown(self) -> list[Line]:
        """The rows in sight."""
        whole = QRectF(0, self.top, *self.size)
        return [line for line in self.lines if self.row_rect(line).intersects(whole)]


def paint_picture(painter: QPainter, picture: Picture) -> None:
    """Paint everything, in the order that keeps lines from crossing words."""
    width, height = picture.size
    painter.fillRect(0, 0, width, height, theme().tokens.surface)
    rows = QRectF(0, picture.top, width, height - picture.top)
    time = QRectF(picture.left, 0, width - picture.left, height)
    painter.setClipRect(rows)
    _paint_grounds(painter, picture)
    painter.setClipRect(time)
    _paint_grid(painter, picture)
    painter.setClipRect(rows.intersected(time))
    _paint_times(painter, picture)
    painter.setClipRect(rows)
    _paint_dividers(painter, picture)
    painter.setClipRect(rows.intersected(time))
    _paint_bars(painter, picture)
    painter.setClipRect(rows)
    _paint_rows(painter, picture)
    painter.setClipping(False)
    _paint_axis(painter, picture, time)


def _paint_grounds(painter: QPainter, picture: Picture) -> None:
    for line in picture.shown():
        if isinstance(line, StageLine):
            painter.fillRect(picture.row_rect(line), theme().tokens.bg)
        elif line.action.id == picture.chosen:
            painter.fillRect(picture.row_rect(line), theme().tokens.selection)


def _paint_grid(painter: QPainter, picture: Picture) -> None:
    tokens, height = theme().tokens, picture.size[1]
    for monday in picture.scale.mondays():
        x = round(picture.at(picture.scale.x(monday)))
        top = theme().px(24)
        painter.fillRect(QRectF(x, top, 1, height - top), tokens.surface2)
    for month in picture.scale.months():
        painter.fillRect(QRectF(round(picture.at(picture.scale.x(month))), 0, 1, height), tokens.divider)


def _paint_times(painter: QPainter, picture: Picture) -> None:
    bottom = max((picture.row_rect(line).bottom() for line in picture.shown()), default=picture.top)
    pen = QPen(theme().tokens.text, 1)
    pen.setDashPattern([2, 4])
    painter.setPen(pen)
    for post in picture.posts:
        x = round(picture.at(post.x)) + 0.5
        painter.drawLine(QPointF(x, picture.top), QPointF(x, bottom))
    x = round(picture.at(picture.scale.x(picture.today)))
    painter.fillRect(QRectF(x - 1, picture.top, theme().px(2), bottom - picture.top), theme().tokens.focus)


def _paint_dividers(painter: QPainter, picture: Picture) -> None:
    for line in picture.shown():
        rect = picture.row_rect(line)
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), theme().tokens.divider)


def _paint_bars(painter: QPainter, picture: Picture) -> None:
    lanes = [line for line in picture.lines if isinstance(line, StageLine)]
    shown = picture.shown()
    for line in shown:
        if isinstance(line, TaskLine):
            _paint_shape(painter, picture, line)
    for post in picture.posts:
        if post.lane < len(lanes) and lanes[post.lane] in shown:
            rect = picture.row_rect(lanes[post.lane])
            left = picture.at(post.x) + theme().px(8)
            _paint_label(painter, rect, left, post.words, theme().tokens.text, theme().tokens.bg)


def _paint_shape(painter: QPainter, picture: Picture, line: TaskLine) -> None:
    tokens, rect, action = theme().tokens, picture.row_rect(line), line.action
    ground = tokens.selection if action.id == picture.chosen else tokens.surface
    bar = bar_of(action, picture.scale)
    if bar is None:
        left = picture.at(picture.scale.x(picture.today)) + theme().px(8)
        _paint_label(painter, rect, left, "日にち未定", tokens.sub, ground)
        return
    if _paint_pointer(painter, picture, rect, bar, ground):
        return
    if bar.is_one_day:
        _paint_diamond(painter, QPointF(picture.at(bar.left) + theme().px(2), rect.center().y()), action)
    else:
        left, top = round(picture.at(bar.left)), rect.y() + theme().px(BAR_TOP)
        place = QRectF(left, top, round(picture.at(bar.right)) - left, theme().px(BAR_HEIGHT))
        paint_bar(painter, place, action.status, bar.filled)
    late = overdue_words(action) if picture.columns.status is None else ""
    words = f"{bar.label} {late}".strip()
    color = tokens.danger if action.is_overdue else tokens.text
    _paint_label(painter, rect, picture.at(bar.label_left), words, color, ground)


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
    _paint_label(painter, rect, words_left, bar.label, tokens.sub, ground)
    paint_icon(painter, icon, QRectF(left, rect.center().y() - side / 2, side, side), tokens.sub)
    return True


def paint_bar(painter: QPainter, place: QRectF, status: ActionStatus, filled: float) -> None:
    """A bar of 16 high at 標準; `filled` is the share that stands for progress."""
    tokens = theme().tokens
    ground, edge = (getattr(tokens, name) for name in _BAR_COLORS[status])
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


def _paint_diamond(painter: QPainter, centre: QPointF, action: ActionRow) -> None:
    tokens, reach = theme().tokens, theme().px(DIAMOND) / 2
    ground, edge = (getattr(tokens, name) for name in _BAR_COLORS[action.status])
    if action.status is ActionStatus.OPEN:
        ground, edge = tokens.surface, tokens.text
    corners = [QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.75 * theme().metrics.factor))
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.restore()


def _paint_label(
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


def _paint_rows(painter: QPainter, picture: Picture) -> None:
    left = picture.left
    for line in picture.shown():
        rect = picture.row_rect(line)
        if isinstance(line, StageLine):
            painter.setFont(theme().font(Role.CAPTION_BOLD))
            painter.setPen(theme().tokens.sub)
            painter.drawText(rect.adjusted(theme().px(20), 0, 0, 0), _MIDDLE, line.words)
        else:
            _paint_task(painter, picture, rect, line.action)
    painter.fillRect(QRectF(left - 1, picture.top, 1, picture.size[1]), theme().tokens.border)


def _paint_task(painter: QPainter, picture: Picture, rect: QRectF, action: ActionRow) -> None:
    px, tokens, columns = theme().px, theme().tokens, picture.columns
    chosen = action.id == picture.chosen
    if chosen and not picture.has_focus:
        painter.fillRect(QRectF(0, rect.y(), px(_CHOSEN_BAR), rect.height() - 1), tokens.primary)
    number = QRectF(0, rect.y(), px(columns.number_right), rect.height())
    painter.setFont(theme().font(Role.TABLE))
    painter.setPen(tokens.sub)
    painter.drawText(number, _MIDDLE | Qt.AlignmentFlag.AlignRight, str(action.number))
    title = columns.title + 14 * action.depth
    color = tokens.text if action.is_open else tokens.sub
    role = Role.TABLE_BOLD if chosen else Role.TABLE
    _paint_words(painter, rect, title, columns.title_right, action.title, role, color)
    if columns.owner is not None and columns.status is not None:
        owner = action.owner or NOBODY
        _paint_words(painter, rect, columns.owner, columns.status - 8, owner, Role.TABLE, tokens.sub)
        _paint_status(painter, rect, columns.status, columns.width, action)


def _paint_status(painter: QPainter, rect: QRectF, left: int, right: int, action: ActionRow) -> None:
    px, tokens = theme().px, theme().tokens
    if action.is_overdue:
        side = px(12)
        icon = QRectF(px(left), rect.center().y() - side / 2, side, side)
        paint_icon(painter, "alert", icon, tokens.danger)
        words = overdue_words(action).replace(" ", "")
        _paint_words(painter, rect, left + 15, right, words, Role.CAPTION_BOLD, tokens.danger)
        return
    role = Role.TABLE_BOLD if action.status is ActionStatus.DOING else Role.TABLE
    color = getattr(tokens, STATUS_TONES[action.status])
    _paint_words(painter, rect, left, right - 4, action.status.term, role, color)


def _paint_words(
    painter: QPainter, rect: QRectF, left: int, right: int, words: str, role: Role, color: QColor
) -> None:
    face = theme().font(role)
    room = float(theme().px(right) - theme().px(left))
    painter.setFont(face)
    painter.setPen(color)
    shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(theme().px(left), rect.y(), room + 2, rect.height()), _MIDDLE, shown)


def _paint_axis(painter: QPainter, picture: Picture, time: QRectF) -> None:
    px, tokens, columns = theme().px, theme().tokens, picture.columns
    head = QRectF(0, 0, picture.size[0], px(AXIS))
    number = QRectF(0, 0, px(columns.number_right), px(48))
    painter.setFont(theme().font(Role.CAPTION_BOLD))
    painter.setPen(tokens.sub)
    painter.drawText(number, _MIDDLE | Qt.AlignmentFlag.AlignRight, "番")
    titles = ((columns.title, "すること"), (columns.owner, "だれ"), (columns.status, "状態"))
    for left, words in titles:
        if left is not None:
            painter.drawText(QRectF(px(left), 0, px(120), px(48)), _MIDDLE, words)
    painter.setClipRect(time)
    _paint_days(painter, picture)
    painter.setClipping(False)
    painter.fillRect(QRectF(0, head.bottom() - 1, head.width(), 1), tokens.divider)
    painter.fillRect(QRectF(picture.left - 1, 0, 1, head.height()), tokens.border)


def _paint_days(painter: QPainter, picture: Picture) -> None:
    px, tokens, scale = theme().px, theme().tokens, picture.scale
    painter.setFont(theme().font(Role.TABLE_BOLD))
    painter.setPen(tokens.text)
    for month in scale.months():
        year = f"{month.year}年" if month.month == 1 else ""
        painter.drawText(QPointF(picture.at(scale.x(month)) + px(8), px(17)), f"{year}{month.month}月")
    painter.setFont(theme().font(Role.CAPTION))
    painter.setPen(tokens.sub)
    for monday in scale.mondays():
        painter.drawText(QPointF(picture.at(scale.x(monday)) + px(2), px(38)), str(monday.day))
    _paint_flag(painter, picture)


def _paint_flag(painter: QPainter, picture: Picture) -> None:
    px, tokens = theme().px, theme().tokens
    words = f"今日 {picture.today.month}/{picture.today.day}"
    face = theme().font(Role.CAPTION_BOLD)
    width = max(px(70), QFontMetricsF(face).horizontalAdvance(words) + px(12))
    x = round(picture.at(picture.scale.x(picture.today)))
    flag = QRectF(x - width / 2, px(2), width, px(20))
    painter.fillRect(QRectF(x - 1, px(22), px(2), px(22)), tokens.focus)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.focus)
    painter.drawRoundedRect(flag, px(4), px(4))
    painter.setPen(tokens.surface)
    painter.setFont(face)
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
