"""Paints a line of a 面談 with its words wrapped: what was said is read here, not guessed from its start."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from ui.delegates.row_delegate import RowDelegate
from ui.models.row_list_model import ENTRY_ROLE, ListRow
from ui.theme.fonts import Role
from ui.theme.lines import fitting, line
from ui.theme.paint import MARK_HEIGHT, MARK_WIDTH, paint_focus, paint_mark
from ui.theme.theme import theme

MOST_LINES = 3
_PITCH, _ABOVE, _BELOW, _GAP = 20, 8, 7, 12
_SCROLL_BAR = 4
"""What a scroll bar takes beyond the padding at the right."""
AnyIndex = QModelIndex | QPersistentModelIndex


class LineDelegate(RowDelegate):
    """Chip at the left, up to three lines of words, time and destination below them."""

    def __init__(self, view: QListView, *, indent: int) -> None:
        super().__init__(view, lead_width=0, indent=indent)

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as its words at the present width."""
        entry: ListRow = index.data(ENTRY_ROLE)
        lines = len(_wrapped(entry.title, self._words_width()))
        return QSize(theme().px(120), theme().px(_ABOVE + _PITCH * (lines + 1) + _BELOW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one line."""
        px, tokens = theme().px, theme().tokens
        entry: ListRow = index.data(ENTRY_ROLE)
        rect = QRectF(option.rect)
        self._paint_ground(painter, option, rect)
        left, top = rect.x() + px(self._indent), rect.y() + px(_ABOVE)
        if entry.mark:
            paint_mark(painter, QRectF(left, top, px(MARK_WIDTH), px(MARK_HEIGHT)), entry.mark)
        left += px(MARK_WIDTH + _GAP)
        pitch, width = px(_PITCH), self._words_width()
        for words in _wrapped(entry.title, width):
            room = QRectF(left, top, width + 2, pitch)
            line(words, Role.TABLE).paint(painter, left, room, tokens.text)
            top += pitch
        room = QRectF(left, top, width, pitch)
        fitting(entry.detail, Role.CAPTION, width).paint(painter, left, room, tokens.sub)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_focus(painter, rect)

    def _words_width(self) -> float:
        """Room for words; the same whether or not the scroll bar shows, or rows would change their height."""
        scrolls = self._view.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        around = 2 * self._indent + MARK_WIDTH + _GAP + (_SCROLL_BAR if scrolls else 0)
        return float(self._view.width() - theme().px(around))


def _wrapped(words: str, width: float) -> list[str]:
    """The words in lines of at most `width` px; what three lines do not hold ends in 「…」."""
    return _wrapped_in(theme().font(Role.TABLE).pixelSize(), words, width)


@lru_cache(maxsize=8192)
def _wrapped_in(_pixels: int, words: str, width: float) -> list[str]:
    """Kept by type size: a list asks for each row's height again whenever anything changes."""
    face = theme().font(Role.TABLE)
    metrics = QFontMetricsF(face)
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    layout = QTextLayout(words, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < MOST_LINES and (laid := layout.createLine()).isValid():
        laid.setLineWidth(max(1.0, width))
        laid.setPosition(QPointF(0, 0))
        starts.append(laid.textStart())
    layout.endLayout()
    parts = [words[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [*parts[:-1], metrics.elidedText(parts[-1], Qt.TextElideMode.ElideRight, width)]
