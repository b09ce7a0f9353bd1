"""The table of the design: rows of 32, no grid, a ring around the focused row, ticks by Space."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.delegates.cell_delegate import SIDE, CellDelegate
from ui.models.row_table_model import RowTableModel
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.paint import paint_focus, paint_tick
from ui.theme.theme import theme

CHOSEN_BAR = 4


class RowTable(QTableView):
    """Arrows move, Tab leaves, Enter or a double click opens, Space ticks, Ctrl+A ticks all, Del asks."""

    opened = Signal(str)
    current_changed = Signal(str)
    delete_asked = Signal(list)

    def __init__(
        self,
        model: RowTableModel[Any],
        *,
        name: str,
        row_height: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`row_height` in px at 標準, 0 for that of all lists."""
        super().__init__(parent)
        self._rows = model
        self._row_height = row_height
        self._empty: QWidget | None = None
        self._kept: tuple[str, int, int] = ("", 0, 0)
        self._prepare(name)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._return_to_place)
        theme().changed.connect(self._measure)
        self.doubleClicked.connect(self._open_index)
        self._measure()

    def current_key(self) -> str:
        """Key of the focused row; "" when there is none."""
        number = self.currentIndex().row()
        return self._rows.key_at(number) if 0 <= number < self._rows.rowCount() else ""

    def go_to(self, key: str) -> None:
        """Focus the row with this key, if it is shown."""
        number = self._rows.number_of(key)
        if number >= 0:
            self.setCurrentIndex(self._rows.index(number, 0))

    def chosen_keys(self) -> list[str]:
        """What a command works on: the ticked rows, or else the selected ones."""
        ticked = self._rows.ticked()
        numbers = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return ticked or [self._rows.key_at(number) for number in numbers]

    def show_when_empty(self, empty: QWidget) -> None:
        """Lay `empty` over the table while it has no rows."""
        empty.setParent(self.viewport())
        self._empty = empty
        self._place_empty()

    def minimumSizeHint(self) -> QSize:
        """A few characters of one row."""
        return QSize(theme().px(120), theme().px(44))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which row has the focus."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row() and current.isValid():
            self.current_changed.emit(self._rows.key_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a list; everything else as in any table."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN:
            self._open_index(self.currentIndex())
        elif key == Qt.Key.Key_Space and self._rows.is_tickable:
            self._turn_ticks()
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.chosen_keys())
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._choose_all()
        elif event.text() and not event.text().isspace() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press in the tick column ticks; a press elsewhere moves the focus only."""
        index = self.indexAt(event.position().toPoint())
        if self._rows.is_tickable and index.isValid() and index.column() == 0:
            self.setCurrentIndex(index)
            self._turn_ticks()
            return
        super().mousePressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, next)

    def event(self, event: QEvent) -> bool:
        """Ring and chosen bar depend on the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        if event.type() == QEvent.Type.FocusIn and not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0, 0))
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, then ring or bar over the whole focused row."""
        super().paintEvent(event)
        current = self.currentIndex()
        if not current.isValid():
            return
        top = self.rowViewportPosition(current.row())
        width = min(self.viewport().width(), self.horizontalHeader().length())
        line = QRectF(0, top, width, self.rowHeight(current.row()) - 1)
        painter = QPainter(self.viewport())
        if self.hasFocus():
            paint_focus(painter, line)
        elif not self._rows.is_tickable:
            painter.fillRect(QRectF(0, top, theme().px(CHOSEN_BAR), line.height()), theme().tokens.primary)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()
        self._place_empty()

    def _prepare(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(self._rows, self))
        self.setHorizontalHeader(_Header(self._rows, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        several = QAbstractItemView.SelectionMode.ExtendedSelection
        single = QAbstractItemView.SelectionMode.SingleSelection
        self.setSelectionMode(several if self._rows.is_tickable else single)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _measure(self) -> None:
        # The least first: rows that were made for fingers would else stay as high.
        height = max(theme().metrics.row, theme().px(self._row_height))
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(theme().metrics.row)
        self.horizontalHeader().setMinimumSectionSize(theme().px(32))
        self._share_width()

    def _share_width(self) -> None:
        columns = self._rows.columns
        shown = list(range(len(columns)))
        room = self.viewport().width()
        for number in sorted((n for n in shown if columns[n].drop), key=lambda n: -columns[n].drop):
            if sum(self._least_width(n) for n in shown) <= room:
                break
            shown.remove(number)
        flexible = [n for n in shown if not columns[n].width]
        spare = max(0, room - sum(self._least_width(n) for n in shown))
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in shown)
            extra = spare // len(flexible) if number in flexible else 0
            self.setColumnWidth(number, self._least_width(number) + extra)

    def _least_width(self, number: int) -> int:
        return theme().px(self._rows.columns[number].width or 140)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.key_at(index.row()))

    def _turn_ticks(self) -> None:
        numbers = {index.row() for index in self.selectionModel().selectedRows()} or {
            self.currentIndex().row()
        }
        keys = [self._rows.key_at(number) for number in numbers if number >= 0]
        self._rows.tick(keys, on=not set(keys) <= set(self._rows.ticked()))

    def _choose_all(self) -> None:
        if self._rows.is_tickable:
            self._rows.tick_all(on=len(self._rows.ticked()) < self._rows.rowCount())
        else:
            self.selectAll()

    def _keep_place(self) -> None:
        self._kept = (self.current_key(), self.currentIndex().row(), self.verticalScrollBar().value())

    def _return_to_place(self) -> None:
        key, number, scroll = self._kept
        again = self._rows.number_of(key) if key else -1
        if again < 0 and number >= 0:
            again = min(number, self._rows.rowCount() - 1)
        if again >= 0:
            self.selectionModel().setCurrentIndex(
                self._rows.index(again, 0), self.selectionCommand(self._rows.index(again, 0))
            )
        self.verticalScrollBar().setValue(scroll)
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            is_empty = self._rows.rowCount() == 0
            # The titles of columns without rows say nothing, and a low window needs their room.
            self.horizontalHeader().setVisible(not is_empty)
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(is_empty)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class _Header(QHeaderView):
    """Column titles of 12/18 bold, the sorted one with a chevron; a tick box over the tick column."""

    def __init__(self, rows: RowTableModel[Any], table: RowTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._rows = rows
        # Qt's own indicator would also move to the tick column.
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.setHighlightSections(False)
        self.sectionClicked.connect(self._clicked)
        rows.ticks_changed.connect(self._ticks_changed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        tokens, px = theme().tokens, theme().px
        room = QRectF(rect)
        painter.fillRect(room, tokens.surface)
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), tokens.divider)
        column = self._rows.columns[section]
        if self._rows.is_tickable and section == 0:
            self._paint_tick(painter, room)
            return
        face = theme().font(Role.CAPTION_BOLD)
        sorted_by = self._sorted[0] == section
        side = px(14) if sorted_by else 0
        words = room.adjusted(px(SIDE), 0, -px(SIDE) - side, 0)
        painter.setFont(face)
        painter.setPen(tokens.sub)
        align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(face).elidedText(column.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, align | Qt.AlignmentFlag.AlignVCenter, shown)
        if sorted_by:
            name = "down" if self._sorted[1] == Qt.SortOrder.DescendingOrder else "up"
            width = QFontMetricsF(face).horizontalAdvance(shown)
            left = words.right() if column.right else words.x() + width + px(2)
            paint_icon(painter, name, QRectF(left, room.center().y() - side / 2, side, side), tokens.sub)

    def _paint_tick(self, painter: QPainter, room: QRectF) -> None:
        side = theme().px(16)
        count = len(self._rows.ticked())
        every = bool(count) and count == self._rows.rowCount()
        box = QRectF(room.x() + theme().px(14), room.center().y() - side / 2, side, side)
        paint_tick(painter, box, ticked=every, partly=bool(count) and not every)

    def _clicked(self, section: int) -> None:
        if self._rows.is_tickable and section == 0:
            self._rows.tick_all(on=len(self._rows.ticked()) < self._rows.rowCount())
            return
        turned = self._sorted == (section, Qt.SortOrder.AscendingOrder)
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self._sorted = (section, order)
        self._rows.sort(section, order)
        self.viewport().update()

    def _ticks_changed(self) -> None:
        self.viewport().update()
