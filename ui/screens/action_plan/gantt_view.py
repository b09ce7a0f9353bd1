"""計画 as a 線表: over the same rows and the same choice as the table."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.rows.action_plans import ActionRow, PlanSheet
from ui.models.row_table_model import RowTableModel
from ui.screens.action_plan.gantt_geometry import (
    AXIS,
    TASK_ROW,
    Line,
    Scale,
    Signpost,
    StageLine,
    TaskLine,
    bar_of,
    days_shown,
    first_shown,
    height_of,
    line_at,
    lines_of,
    scale_for,
    signposts,
)
from ui.screens.action_plan.gantt_paint import paint_picture
from ui.screens.action_plan.gantt_picture import NARROW, WIDE, WIDEST, Picture, TaskColumns
from ui.theme.fonts import Role
from ui.theme.metrics import TOUCH_ROW
from ui.theme.paint import paint_focus
from ui.theme.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOM_FOR_WIDE, _ROOM_FOR_WIDEST = 760, 1400
_SPACE_AFTER = 16
_MARGIN = 40
_SHIFTS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_STEPS = {
    QAbstractItemView.CursorAction.MoveUp: -1,
    QAbstractItemView.CursorAction.MoveDown: 1,
    QAbstractItemView.CursorAction.MovePageUp: -8,
    QAbstractItemView.CursorAction.MovePageDown: 8,
    QAbstractItemView.CursorAction.MoveHome: -10_000,
    QAbstractItemView.CursorAction.MoveEnd: 10_000,
}


class GanttView(QListView):
    """A list of rows to keyboard and screen reader; only its places and its painting are its own.

    Up and Down move, Left and Right shift the action by a day (with Shift by a week), Ctrl+Left and
    Ctrl+Right move the time in sight, Enter opens, Space turns 済, Del asks to delete.
    """

    opened = Signal(str)
    done_asked = Signal(str)
    delete_asked = Signal(list)
    shift_asked = Signal(str, int)
    """Id of an action, days."""

    def __init__(
        self, model: RowTableModel[ActionRow], choice: QItemSelectionModel, parent: QWidget | None = None
    ) -> None:
        """`choice` is the selection model of the table over the same rows."""
        super().__init__(parent)
        self._actions = model
        self._sheet: PlanSheet | None = None
        self._today = date.min
        self._lines: list[Line] = []
        self._scale = Scale(date.min, date.min)
        self._posts: list[Signpost] = []
        self._company_id = ""
        self._empty: QWidget | None = None
        self.setAccessibleName("線表")
        self.setModel(model)
        self.setSelectionModel(choice)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        theme().changed.connect(self._measure)

    def show_plan(self, sheet: PlanSheet, today: date) -> None:
        """Show a plan; another company starts at its own month."""
        self._sheet, self._today = sheet, today
        self._measure()
        if sheet.company_id != self._company_id:
            self._company_id = sheet.company_id
            self._start_at_today()

    def current_key(self) -> str:
        """Id of the chosen action; "" for none."""
        number = self.currentIndex().row()
        return self._actions.key_at(number) if 0 <= number < self._actions.rowCount() else ""

    def blank(self) -> None:
        """Show nothing until the plan of another company is there."""
        self._sheet, self._company_id = None, ""
        self._lines, self._posts = [], []
        self._measure()

    def show_when_empty(self, empty: QWidget) -> None:
        """Lay `empty` over the plan while it has no actions."""
        empty.setParent(self.viewport())
        self._empty = empty
        self._place_empty()

    # places

    def visualRect(self, index: AnyIndex) -> QRect:
        """The row of an action."""
        line = self._line_of(index)
        return self._picture().row_rect(line).toRect() if line is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The action at a point."""
        picture = self._picture()
        if point.y() < picture.top:
            return QModelIndex()
        line = line_at(self._lines, (point.y() - picture.top + picture.y) / theme().metrics.factor)
        return self._index_of(line.action.id) if isinstance(line, TaskLine) else QModelIndex()

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight, and its bar where none of it is."""
        line = self._line_of(index)
        if line is None or not self.isVisible():
            return
        rect, top = self.visualRect(index), theme().px(AXIS)
        vertical = self.verticalScrollBar()
        if rect.top() < top:
            vertical.setValue(vertical.value() + rect.top() - top)
        elif rect.bottom() > self.viewport().height():
            vertical.setValue(vertical.value() + rect.bottom() - self.viewport().height() + 1)
        self._show_bar(line)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Up and down in the order shown, over the stages."""
        order = [line.action.id for line in self._lines if isinstance(line, TaskLine)]
        if not order:
            return QModelIndex()
        key = self.current_key()
        at = order.index(key) + _STEPS.get(action, 0) if key in order else 0
        return self._index_of(order[max(0, min(len(order) - 1, at))])

    def horizontalOffset(self) -> int:
        """How far the time part is scrolled."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far the rows are scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: AnyIndex) -> bool:
        """Every action has a row."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the action at the start of a press."""
        index = self.indexAt(rect.topLeft())
        self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The rows of a choice."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        """Scroll as far as there are rows and days."""
        factor, room = theme().metrics.factor, self.viewport().size()
        rows = round(height_of(self._lines) * factor) + theme().px(AXIS)
        left = theme().px(self._columns().width)
        days = left + round((self._scale.width + _SPACE_AFTER) * factor)
        for bar, content, shown in (
            (self.verticalScrollBar(), rows, room.height()),
            (self.horizontalScrollBar(), days, room.width()),
        ):
            bar.setRange(0, max(0, content - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(theme().px(32))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The head and the task column stay in place, so everything is painted anew."""
        self.viewport().update()

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the plan."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.current_key()
        if key in _SHIFTS and modifiers == Qt.KeyboardModifier.ControlModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + _SHIFTS[Qt.Key(key)] * theme().px(30 * self._scale.day_width))
        elif key in _SHIFTS and modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self.shift_asked.emit(current, _SHIFTS[Qt.Key(key)] * (7 if modifiers else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.opened.emit(current)
        elif key == Qt.Key.Key_Space:
            self.done_asked.emit(current)
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit([current])
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.current_key())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._measure()
        self.scrollTo(self.currentIndex())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plan, then the ring around the chosen row."""
        painter = QPainter(self.viewport())
        paint_picture(painter, self._picture())
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setClipRect(0, theme().px(AXIS), self.width(), self.height())
            paint_focus(painter, QRectF(self.visualRect(self.currentIndex())).adjusted(0, 0, 0, -1))
        painter.end()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Show the choice, whichever view made it."""
        super().currentChanged(current, previous)
        self.viewport().update()

    # measuring

    def _columns(self) -> TaskColumns:
        room = self.viewport().width()
        if room >= theme().px(_ROOM_FOR_WIDEST):
            return WIDEST
        return WIDE if room >= theme().px(_ROOM_FOR_WIDE) else NARROW

    def _picture(self) -> Picture:
        return Picture(
            self._lines,
            self._scale,
            self._columns(),
            self._posts,
            self._today,
            self.current_key(),
            self.hasFocus(),
            (self.viewport().width(), self.viewport().height()),
            self.horizontalOffset(),
            self.verticalOffset(),
        )

    def _signposts(self, sheet: PlanSheet) -> list[Signpost]:
        days = [(each.due_on, each.title) for each in sheet.milestones if each.due_on is not None]
        metrics, factor = QFontMetricsF(theme().font(Role.CAPTION)), theme().metrics.factor
        lanes = sum(isinstance(line, StageLine) for line in self._lines)
        return signposts(days, self._scale, lanes, lambda words: metrics.horizontalAdvance(words) / factor)

    def _measure(self) -> None:
        if self._sheet is not None:
            row = TOUCH_ROW if theme().metrics.for_fingers else TASK_ROW
            self._lines = lines_of(self._sheet.stages, row)
            room = self.viewport().width() - theme().px(self._columns().width + _SPACE_AFTER)
            self._scale = scale_for(days_shown(self._sheet), room / theme().metrics.factor)
            self._posts = self._signposts(self._sheet)
        self.updateGeometries()
        self._place_empty()
        self.viewport().update()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._sheet is not None and not self._sheet.actions)

    def _start_at_today(self) -> None:
        day = first_shown(self._scale, self._today)
        self.horizontalScrollBar().setValue(round(self._scale.x(day) * theme().metrics.factor))
        self.verticalScrollBar().setValue(0)

    def _show_bar(self, line: TaskLine) -> None:
        bar = bar_of(line.action, self._scale)
        if bar is None:
            return
        picture = self._picture()
        left, right = picture.at(bar.left), picture.at(bar.right)
        if right < picture.left or left > picture.size[0] - theme().px(_MARGIN):
            aim = max(0.0, bar.left - _MARGIN)
            self.horizontalScrollBar().setValue(round(aim * theme().metrics.factor))

    def _line_of(self, index: AnyIndex) -> TaskLine | None:
        if not index.isValid():
            return None
        key = self._actions.key_at(index.row())
        return next(
            (line for line in self._lines if isinstance(line, TaskLine) and line.action.id == key), None
        )

    def _index_of(self, key: str) -> QModelIndex:
        number = self._actions.number_of(key)
        return self._actions.index(number, 0) if number >= 0 else QModelIndex()
