"""決定, 宿題 and 期限 of a visit as rows whose words wrap; only rows that are seen are painted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.row_list_model import ENTRY_ROLE, ListRow
from ui.theme.fonts import Role
from ui.theme.lines import line
from ui.theme.paint import MARK_HEIGHT, MARK_WIDTH, paint_focus, paint_mark
from ui.theme.theme import theme
from ui.widgets.notes.text_changes import between_units
from ui.widgets.row_list import RowList

AnyIndex = QModelIndex | QPersistentModelIndex
_PADDING, _GAP = 5, 10


class SummaryList(RowList):
    """Enter or a press opens a row; Space, or a press on the words below it, asks to change them."""

    def __init__(self) -> None:
        super().__init__(name="この面談のまとめ", fits=True)
        self.setItemDelegate(_SummaryDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew where the width is another."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self._measure()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which half of the row was pressed."""
        index = self.indexAt(event.position().toPoint())
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        super().mouseReleaseEvent(event)
        if not isinstance(entry, ListRow):
            return
        below = self.visualRect(index).bottom() - theme().px(_PADDING + Role.TABLE.line)
        is_below = entry.detail and event.position().y() > below
        (self.space_pressed if is_below else self.opened).emit(entry.key)


class _SummaryDelegate(QStyledItemDelegate):
    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the wrapped words."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, ListRow):
            return QSize()
        px = theme().px
        words = len(self._wrapped(entry)) * px(Role.BODY.line)
        detail = px(Role.TABLE.line) if entry.detail else 0
        return QSize(px(MARK_WIDTH), max(words + detail, px(MARK_HEIGHT)) + 2 * px(_PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw chip, words, and owner and date below."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, ListRow):
            return
        px, tokens, rect = theme().px, theme().tokens, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.bg)
        top = rect.top() + px(_PADDING)
        paint_mark(painter, QRectF(rect.left(), top, px(MARK_WIDTH), px(MARK_HEIGHT)), entry.mark)
        left = rect.left() + px(MARK_WIDTH + _GAP)
        for words in self._wrapped(entry):
            room = QRectF(left, top, rect.right() - left, px(Role.BODY.line))
            line(words, Role.BODY).paint(painter, left, room, tokens.text)
            top += px(Role.BODY.line)
        room = QRectF(left, top, rect.right() - left, px(Role.TABLE.line))
        line(entry.detail, Role.TABLE).paint(painter, left, room, tokens.primary)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, rect)

    def _wrapped(self, entry: ListRow) -> Sequence[str]:
        room = self._view.viewport().width() - theme().px(MARK_WIDTH + _GAP + _PADDING)
        return _lines(entry.title, room, theme().px(Role.BODY.size))


@lru_cache(maxsize=4096)
def _lines(text: str, width: int, _size: int) -> tuple[str, ...]:
    """The lines of wrapped words; `_size` of the type is part of what is remembered."""
    layout = QTextLayout(text, theme().font(Role.BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        start = line.textStart()
        found.append(between_units(text, start, start + line.textLength()))
    layout.endLayout()
    return tuple(found)
