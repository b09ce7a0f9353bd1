"""Paints the cells of a row table: words, quiet words, icons, chips, stages and tick boxes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.terms import Stage
from ui.models.row_table_model import CELL_ROLE, TICKED_ROLE, Cell, RowTableModel
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.paint import meter_width, paint_meter, paint_state, paint_tick, state_width
from ui.theme.theme import theme

SIDE = 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Ground by tick or choice, a 1 px divider below, no vertical lines; the table draws the ring itself."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        tokens = theme().tokens
        model = index.model()
        tickable = isinstance(model, RowTableModel) and model.is_tickable
        ticked = tickable and index.data(TICKED_ROLE)
        chosen = not tickable and option.state & QStyle.StateFlag.State_Selected
        rect = QRectF(option.rect)
        if ticked or chosen:
            painter.fillRect(rect, tokens.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.bg)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        if tickable and index.column() == 0:
            side = theme().px(16)
            box = QRectF(rect.x() + theme().px(14), rect.center().y() - side / 2, side, side)
            paint_tick(painter, box, ticked=bool(ticked))
            return
        right = isinstance(model, RowTableModel) and model.columns[index.column()].right
        paint_cell(
            painter, rect.adjusted(theme().px(SIDE), 0, -theme().px(SIDE), -1), index.data(CELL_ROLE), right
        )


def paint_cell(painter: QPainter, room: QRectF, cell: Cell, right: bool) -> None:
    """Draw a cell's content into the room between its paddings."""
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


def _paint_stage(painter: QPainter, room: QRectF, stage: Stage) -> QRectF:
    cell_width = theme().px(10)
    width = meter_width(len(Stage), cell_width)
    height = theme().px(6)
    cells = QRectF(room.x(), room.center().y() - height / 2, width, height)
    paint_meter(painter, cells, list(Stage).index(stage) + 1, cell_width=cell_width)
    return room.adjusted(width + theme().px(8), 0, 0, 0)


def _paint_words(painter: QPainter, room: QRectF, cell: Cell, words: str, right: bool) -> None:
    tokens = theme().tokens
    color: QColor = tokens.sub if words == "–" else getattr(tokens, cell.tone)
    face = theme().font(Role.TABLE_BOLD if cell.bold else Role.TABLE, tabular=right)
    metrics = QFontMetricsF(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    width = metrics.horizontalAdvance(shown)
    left = room.right() - width if right else room.x()
    if cell.icon:
        side = theme().px(14)
        at = left - side - theme().px(5) if right else left
        paint_icon(painter, cell.icon, QRectF(at, room.center().y() - side / 2, side, side), color)
        left = left if right else left + side + theme().px(5)
    painter.setFont(face)
    painter.setPen(color)
    painter.drawText(QRectF(left, room.y(), width + 2, room.height()), _MIDDLE, shown)
    if cell.quiet and not right:
        _paint_quiet(
            painter, QRectF(room).adjusted(left + width + theme().px(8) - room.x(), 0, 0, 0), cell.quiet
        )


def _paint_quiet(painter: QPainter, room: QRectF, words: str) -> None:
    face = theme().font(Role.CAPTION)
    painter.setFont(face)
    painter.setPen(theme().tokens.sub)
    shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, room.width()))
    painter.drawText(room, _MIDDLE, shown)
