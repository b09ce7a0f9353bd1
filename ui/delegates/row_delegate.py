"""Paints the rows and headings of a row list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.row_list_model import ENTRY_ROLE, ListHeading, ListRow
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.lines import fitting, line
from ui.theme.paint import (
    MARK_HEIGHT,
    MARK_WIDTH,
    paint_focus,
    paint_mark,
    paint_state,
    paint_tick,
    state_width,
)
from ui.theme.theme import theme

HEADING_HEIGHT, ONE_LINE_HEIGHT, TWO_LINE_HEIGHT = 26, 40, 54
CHOSEN_BAR = 4
_MOST_RIGHT = 0.4
"""How much of a row the words at its right end may take."""
AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Chosen row: selection ground; with the focus a ring, without it a bar of 4 at the left.

    With `aligned` an icon takes as much room as a mark, so that titles begin below one another.
    """

    def __init__(self, view: QListView, *, lead_width: int, indent: int, aligned: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._lead_width = lead_width
        self._indent = indent
        self._aligned = aligned

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Fixed heights by kind of row."""
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, ListHeading):
            height = HEADING_HEIGHT
        else:
            height = TWO_LINE_HEIGHT if entry.detail else ONE_LINE_HEIGHT
            return QSize(theme().px(120), max(theme().px(height), theme().metrics.row))
        return QSize(theme().px(120), theme().px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row or heading."""
        rect = QRectF(option.rect)
        entry = index.data(ENTRY_ROLE)
        inside = rect.adjusted(theme().px(self._indent), 0, -theme().px(self._indent), 0)
        if isinstance(entry, ListHeading):
            _paint_heading(painter, rect, inside, entry)
            return
        self._paint_ground(painter, option, rect)
        room = self._paint_before(painter, inside, entry)
        room.setRight(_paint_right(painter, room, entry))
        _paint_words(painter, room, entry)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, rect)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        tokens = theme().tokens
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.selection)
            if not self._view.hasFocus():
                painter.fillRect(
                    QRectF(rect.x(), rect.y(), theme().px(CHOSEN_BAR), rect.height()), tokens.primary
                )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.bg)
        indent = theme().px(self._indent)
        painter.fillRect(
            QRectF(rect.x() + indent, rect.bottom() - 1, rect.width() - 2 * indent, 1), tokens.divider
        )

    def _paint_before(self, painter: QPainter, inside: QRectF, row: ListRow) -> QRectF:
        """Draw tick box, lead, mark and icon; returns the room that is left for words."""
        px, tokens = theme().px, theme().tokens
        left = inside.x()
        if row.ticked is not None:
            box = QRectF(left, inside.center().y() - px(8), px(16), px(16))
            paint_tick(painter, box, ticked=row.ticked)
            left += px(26)
        if self._lead_width:
            lead = QRectF(left, inside.y(), px(self._lead_width), inside.height())
            words = line(row.lead, Role.BODY_BOLD if row.bold else Role.BODY)
            words.paint(painter, left, lead, tokens.text if row.bold else tokens.sub)
            left += px(self._lead_width)
        if row.mark:
            top = inside.y() + px(8) if row.detail else inside.center().y() - px(MARK_HEIGHT) / 2
            paint_mark(painter, QRectF(left, top, px(MARK_WIDTH), px(MARK_HEIGHT)), row.mark)
            left += px(MARK_WIDTH + 12)
        elif row.icon:
            color: QColor = getattr(tokens, row.icon_tone)
            paint_icon(painter, row.icon, QRectF(left, inside.center().y() - px(9), px(18), px(18)), color)
            left += px(MARK_WIDTH + 12 if self._aligned else 28)
        return QRectF(left, inside.y(), inside.right() - left, inside.height())


def _paint_heading(painter: QPainter, rect: QRectF, inside: QRectF, heading: ListHeading) -> None:
    tokens = theme().tokens
    painter.fillRect(rect, tokens.bg)
    painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
    note = line(heading.note, Role.CAPTION)
    line(heading.text, Role.CAPTION).paint(painter, inside.x(), inside, tokens.sub)
    note.paint(painter, inside.right() - note.width, inside, tokens.sub)


def _paint_right(painter: QPainter, room: QRectF, row: ListRow) -> float:
    """Draw states and the right-hand words; returns where the title must stop."""
    px = theme().px
    right = room.right()
    if row.right:
        role = Role.TABLE_BOLD if row.right_tone == "danger" else Role.TABLE
        shown = fitting(row.right, role, room.width() * _MOST_RIGHT)
        shown.paint(painter, right - shown.width, room, getattr(theme().tokens, row.right_tone))
        right -= shown.width + px(8)
    for state in reversed(row.states):
        width = state_width(state)
        right -= width
        paint_state(painter, QRectF(right, room.center().y() - px(10), width, px(20)), state)
        right -= px(6)
    return right - px(6) if right < room.right() else right


def _paint_words(painter: QPainter, room: QRectF, row: ListRow) -> None:
    px, tokens = theme().px, theme().tokens
    first = QRectF(room)
    if row.detail:
        first = QRectF(room.x(), room.y() + px(6), room.width(), px(22))
        second = QRectF(room.x(), room.y() + px(28), room.width(), px(20))
        _paint_elided(painter, second, row.detail, Role.TABLE, tokens.sub)
    role = Role.BODY_BOLD if row.bold else Role.BODY
    if row.found:
        _paint_found(painter, first, row, role)
    width = _paint_elided(painter, first, row.title, role, tokens.text)
    if row.quiet:
        rest = first.adjusted(width + px(10), 0, 0, 0)
        _paint_elided(painter, rest, row.quiet, Role.TABLE, tokens.sub)


def _paint_found(painter: QPainter, room: QRectF, row: ListRow, role: Role) -> None:
    """Draw a ground and a line below what was looked for, as far as the title is seen."""
    tokens = theme().tokens
    metrics = QFontMetricsF(theme().font(role))
    top = room.center().y() - metrics.height() / 2 - theme().px(1)
    height = metrics.height() + theme().px(2)
    for start, end in row.found:
        left = room.x() + metrics.horizontalAdvance(row.title[:start])
        right = min(room.x() + metrics.horizontalAdvance(row.title[:end]), room.right())
        if left < right:
            painter.fillRect(QRectF(left, top, right - left, height), tokens.warn_tint)
            painter.fillRect(QRectF(left, top + height, right - left, theme().px(2)), tokens.warn)


def _paint_elided(painter: QPainter, room: QRectF, words: str, role: Role, color: QColor) -> float:
    shown = fitting(words, role, room.width())
    shown.paint(painter, room.x(), room, color)
    return shown.width
