"""Paints the cells of a row table: words, quiet words, icons, chips, stages and tick boxes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.terms import Stage
from ui.models.row_table_model import Cell, RowTableModel
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.lines import fitting
from ui.theme.paint import meter_width, paint_meter, paint_state, paint_tick, state_width
from ui.theme.theme import theme

SIDE = 10
_REACHED = {stage: number for number, stage in enumerate(Stage, 1)}


class CellDelegate(QStyledItemDelegate):
    """Ground by tick or choice, a 1 px divider below, no vertical lines; the table draws the ring itself.

    It asks the rows themselves: by way of Qt each value of each cell would take several calls more, and a
    frame paints more than a hundred cells.
    """

    def __init__(self, rows: RowTableModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        rect, number, column = QRectF(option.rect), index.row(), index.column()
        px, tokens, rows = theme().px, theme().tokens, self._rows
        ticked = rows.is_ticked(number)
        if ticked or (not rows.is_tickable and option.state & QStyle.StateFlag.State_Selected):
            painter.fillRect(rect, tokens.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.bg)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        if rows.is_tickable and column == 0:
            side = px(16)
            box = QRectF(rect.x() + px(14), rect.center().y() - side / 2, side, side)
            paint_tick(painter, box, ticked=ticked)
            return
        room = rect.adjusted(px(SIDE), 0, -px(SIDE), -1)
        paint_cell(painter, room, rows.cell_at(number, column), rows.columns[column].right)


def paint_cell(painter: QPainter, room: QRectF, cell: Cell, right: bool) -> None:
    """Draw a cell's content into the room between its paddings."""
    if cell.picture is not None:
        _paint_picture(painter, room, cell.picture)
        return
    if cell.state is not None:
        height = theme().px(20)
        width = min(state_width(cell.state), room.width())
        left = room.right() - width if right else room.x()
        paint_state(painter, QRectF(left, room.center().y() - height / 2, width, height), cell.state)
        return
    if cell.stage is not None:
        room = _paint_stage(painter, room, cell.stage)
    words = cell.text or (cell.stage.term if cell.stage else "–")
    _paint_words(painter, room, cell, words, right)


def _paint_picture(painter: QPainter, room: QRectF, picture: QImage) -> None:
    """Whole, as large as the room allows, in its middle."""
    gap = theme().px(3)
    free = room.adjusted(0, gap, 0, -gap)
    size = picture.size().scaled(free.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = free.center().x() - size.width() / 2, free.center().y() - size.height() / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)


def _paint_stage(painter: QPainter, room: QRectF, stage: Stage) -> QRectF:
    cell_width = theme().px(10)
    width = meter_width(len(Stage), cell_width)
    height = theme().px(6)
    cells = QRectF(room.x(), room.center().y() - height / 2, width, height)
    paint_meter(painter, cells, _REACHED.get(stage, 0), cell_width=cell_width)
    return room.adjusted(width + theme().px(8), 0, 0, 0)


def _paint_words(painter: QPainter, room: QRectF, cell: Cell, words: str, right: bool) -> None:
    tokens = theme().tokens
    color: QColor = tokens.sub if words == "–" else getattr(tokens, cell.tone)
    shown = fitting(words, Role.TABLE_BOLD if cell.bold else Role.TABLE, room.width(), tabular=right)
    left = room.right() - shown.width if right else room.x()
    if cell.icon:
        side = theme().px(14)
        at = left - side - theme().px(5) if right else left
        paint_icon(painter, cell.icon, QRectF(at, room.center().y() - side / 2, side, side), color)
        left = left if right else left + side + theme().px(5)
    shown.paint(painter, left, room, color)
    if cell.quiet and not right:
        after = left + shown.width + theme().px(8)
        quiet = fitting(cell.quiet, Role.CAPTION, room.right() - after)
        quiet.paint(painter, after, room, tokens.sub)
