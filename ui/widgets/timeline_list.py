"""経過: dated events on one line downwards, grouped by year, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.lines import fitting, line
from ui.theme.paint import State, paint_focus, paint_state, state_width
from ui.theme.theme import theme
from ui.widgets.sight import bring_into_sight

AnyIndex = QModelIndex | QPersistentModelIndex
EVENT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event: date in words, icon, bold head, text, and states or a quiet note at the right end."""

    key: str
    when: str
    icon: str
    head: str
    text: str = ""
    tone: str = "sub"
    states: tuple[State, ...] = ()
    note: str = ""
    year: str = field(default="", kw_only=True)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (
            self.year,
            self.when,
            self.head,
            self.text,
            *(state.text for state in self.states),
            self.note,
        )
        return " ".join(part for part in parts if part)


class _Events(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[TimelineEvent | str] = []

    def show_events(self, events: Sequence[TimelineEvent]) -> bool:
        """Whether they differ from what was shown."""
        rows: list[TimelineEvent | str] = []
        year = ""
        for event in events:
            if event.year != year:
                year = event.year
                rows.append(year)
            rows.append(event)
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._rows[index.row()]
        if role == EVENT_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry if isinstance(entry, str) else entry.spoken
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TimelineList(QListView):
    """Events as rows of 32, as high as all of them; Enter or a click opens one."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = _Events(self)
        self.setModel(self._events)
        self.setItemDelegate(_EventDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("経過")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._measure)
        self.activated.connect(self._open)
        self.clicked.connect(self._open)

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        """Show these events, in the order given."""
        if self._events.show_events(events):
            self._measure()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Keep the focused event in sight; the page around scrolls."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            bring_into_sight(self, self.visualRect(current))

    def _measure(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(n) for n in range(self._events.rowCount())))

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(EVENT_ROLE)
        if isinstance(entry, TimelineEvent):
            self.opened.emit(entry.key)


class _EventDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        is_year = isinstance(index.data(EVENT_ROLE), str)
        return QSize(theme().px(200), theme().px(30) if is_year else theme().metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect = QRectF(option.rect)
        entry = index.data(EVENT_ROLE)
        if isinstance(entry, str):
            _paint_year(painter, rect, entry)
            return
        _paint_event(painter, rect, entry)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect, radius=theme().px(4))


def _paint_year(painter: QPainter, rect: QRectF, year: str) -> None:
    tokens = theme().tokens
    words = line(year, Role.CAPTION)
    words.paint(painter, rect.x(), rect, tokens.sub)
    left = rect.x() + words.width + theme().px(12)
    painter.fillRect(QRectF(left, rect.center().y(), rect.right() - left, 1), tokens.divider)


def _paint_event(painter: QPainter, rect: QRectF, event: TimelineEvent) -> None:
    tokens, px = theme().tokens, theme().px
    when = line(event.when, Role.TABLE)
    when.paint(painter, rect.x() + px(70) - when.width, rect, tokens.sub)
    course = rect.x() + px(92)
    painter.fillRect(QRectF(course, rect.y(), px(2), px(5)), tokens.divider)
    painter.fillRect(QRectF(course, rect.bottom() - px(5), px(2), px(5)), tokens.divider)
    side = px(16)
    color: QColor = getattr(tokens, event.tone)
    paint_icon(
        painter, event.icon, QRectF(course + 1 - side / 2, rect.center().y() - side / 2, side, side), color
    )
    right = _paint_right_end(painter, rect, event)
    _paint_words(
        painter, QRectF(rect.x() + px(116), rect.y(), right - rect.x() - px(116), rect.height()), event
    )


def _paint_right_end(painter: QPainter, rect: QRectF, event: TimelineEvent) -> float:
    """Draw states and note from the right; returns where the words must stop."""
    px = theme().px
    right = rect.right()
    for state in reversed(event.states):
        width = state_width(state)
        right -= width
        paint_state(painter, QRectF(right, rect.center().y() - px(10), width, px(20)), state)
        right -= px(6)
    if event.note:
        note = line(event.note, Role.TABLE)
        note.paint(painter, right - note.width, rect, theme().tokens.sub)
        right -= note.width + px(6)
    return right - px(6)


def _paint_words(painter: QPainter, room: QRectF, event: TimelineEvent) -> None:
    left = room.x()
    for words, role in ((event.head, Role.BODY_BOLD if event.text else Role.BODY), (event.text, Role.BODY)):
        if not words:
            continue
        shown = fitting(words, role, room.right() - left)
        shown.paint(painter, left, room, theme().tokens.text)
        left += shown.width + theme().px(10)
