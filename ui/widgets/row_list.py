"""A list of rows of one or two lines, with headings between them: agenda, lines, seeds, hits, history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.delegates.row_delegate import RowDelegate
from ui.models.row_list_model import ENTRY_ROLE, Entry, ListRow, RowListModel
from ui.theme.theme import theme
from ui.widgets.sight import bring_into_sight

AnyIndex = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """Arrows move, Tab leaves, Enter opens, Space turns the tick or asks, Del asks to delete."""

    opened = Signal(str)
    current_changed = Signal(str)
    space_pressed = Signal(str)
    delete_asked = Signal(str)

    def __init__(
        self,
        *,
        name: str,
        lead_width: int = 0,
        indent: int = 20,
        opens_on_click: bool = False,
        fits: bool = False,
        aligned: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`lead_width` (px at 標準) is the column of `lead`; `indent` the room at both sides.

        `aligned` lets titles begin below one another, behind marks as behind icons. With `fits` the list is
        as high as its rows and leaves scrolling to the page around it.
        """
        super().__init__(parent)
        self._model = RowListModel(self)
        self._empty: QWidget | None = None
        self._opens_on_click = opens_on_click
        self._fits = fits
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self, lead_width=lead_width, indent=indent, aligned=aligned))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._measure)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show rows and headings; the focused row and the scroll position stay where they can."""
        key, scroll = self.current_key(), self.verticalScrollBar().value()
        self._model.show_entries(entries)
        self.go_to(key)
        self.verticalScrollBar().setValue(scroll)
        self._measure()
        self._place_empty()

    def current_key(self) -> str:
        """Key of the focused row; "" when there is none."""
        entry = self.currentIndex().data(ENTRY_ROLE)
        return entry.key if isinstance(entry, ListRow) else ""

    def go_to(self, key: str) -> None:
        """Focus the row with this key, if it is shown."""
        number = self._model.number_of(key)
        if number >= 0:
            self.setCurrentIndex(self._model.index(number))

    def step(self, by: int) -> None:
        """Move the focus to the next (1) or previous (-1) row, over headings."""
        number = self.currentIndex().row() + by
        while 0 <= number < len(self._model.entries):
            if isinstance(self._model.entries[number], ListRow):
                self.setCurrentIndex(self._model.index(number))
                return
            number += by

    def open_current(self) -> None:
        """As Enter does."""
        if key := self.current_key():
            self.opened.emit(key)

    def show_when_empty(self, empty: QWidget) -> None:
        """Lay `empty` over the list while it has no rows."""
        empty.setParent(self.viewport())
        self._empty = empty
        self._place_empty()

    def content_height(self) -> int:
        """Height of all rows together."""
        return sum(self.sizeHintForRow(number) for number in range(len(self._model.entries)))

    def minimumSizeHint(self) -> QSize:
        """A few characters of one row."""
        return QSize(theme().px(120), theme().px(44))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which row has the focus."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.current_changed.emit(self.current_key())
            if self._fits and self.hasFocus():
                bring_into_sight(self, self.visualRect(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a list."""
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.open_current()
        elif key == Qt.Key.Key_Space and plain:
            self.space_pressed.emit(self.current_key())
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.current_key())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tick box turns it; elsewhere it opens where the list says so."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        if not isinstance(entry, ListRow):
            return
        if entry.ticked is not None and event.position().x() < theme().px(44):
            self.space_pressed.emit(entry.key)
        elif self._opens_on_click:
            self.opened.emit(entry.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        if not self._opens_on_click:
            self.open_current()

    def event(self, event: QEvent) -> bool:
        """Enter with a focus that is nowhere starts at the first row."""
        if event.type() == QEvent.Type.FocusIn and not self.currentIndex().isValid():
            self.step(1)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what lies over an empty list follow the size."""
        super().resizeEvent(event)
        self._place_empty()

    def _measure(self) -> None:
        self.scheduleDelayedItemsLayout()
        if self._fits:
            self.setFixedHeight(self.content_height())

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(not self._model.entries)
