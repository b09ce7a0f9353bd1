"""Paints a 線表 in layers: grounds, grid, today and 主要期日, dividers, bars, grounds of words, words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.domain.terms import ActionStatus
from app.rows.action_plans import ActionRow
from ui.screens.action_plan.gantt_geometry import AXIS, StageLine, TaskLine
from ui.screens.action_plan.gantt_picture import Picture
from ui.screens.action_plan.gantt_shapes import paint_label, paint_post, paint_shape
from ui.screens.action_plan.words import NOBODY, late_words, status_tone
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CHOSEN_BAR = 4


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
    for post in picture.posts:
        paint_post(painter, round(picture.at(post.x)) + 0.5, picture.top, bottom)
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
            paint_shape(painter, picture, line)
    for post in picture.posts:
        if post.lane < len(lanes) and lanes[post.lane] in shown:
            rect = picture.row_rect(lanes[post.lane])
            left = picture.at(post.x) + theme().px(8)
            paint_label(painter, rect, left, post.words, theme().tokens.text, theme().tokens.bg)


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
        words = late_words(action).replace(" ", "")
        _paint_words(painter, rect, left + 15, right, words, Role.CAPTION_BOLD, tokens.danger)
        return
    role = Role.TABLE_BOLD if action.status is ActionStatus.DOING else Role.TABLE
    color = getattr(tokens, status_tone(action.status))
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
