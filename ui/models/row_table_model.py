"""A table of frozen rows and a list of columns; the model never meets a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from app.domain.terms import Stage
from ui.theme.paint import State

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: words, then quiet words, an icon before them, or a chip, a stage or a picture."""

    text: str = ""
    quiet: str = ""
    bold: bool = False
    tone: str = "text"
    icon: str = ""
    state: State | None = None
    stage: Stage | None = None
    picture: QImage | None = None

    @property
    def spoken(self) -> str:
        """Everything the cell says in words."""
        stage = self.stage.term if self.stage else ""
        state = self.state.text if self.state else ""
        return " ".join(part for part in (stage, self.text, self.quiet, state) if part)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: `cell` or `text` gives what is shown, `sort` the key to sort by (default: the text).

    `width` in px at 標準, 0 takes the room that is left; `right` aligns to the right in equally wide figures;
    columns with a `drop` of 1, 2 ... disappear, largest first, when the table is too narrow.
    """

    key: str
    title: str
    text: Callable[[Row], str] | None = None
    cell: Callable[[Row], Cell] | None = None
    sort: Callable[[Row], Any] | None = None
    spoken: Callable[[Row], str] | None = None
    width: int = 0
    right: bool = False
    drop: int = 0

    def cell_of(self, row: Row) -> Cell:
        """The cell of a row; a column with neither `cell` nor `text` is blank."""
        if self.cell is not None:
            return self.cell(row)
        return Cell(self.text(row)) if self.text is not None else Cell()

    def sort_key(self, row: Row) -> Any:
        """What the column is sorted by."""
        return self.sort(row) if self.sort is not None else self.cell_of(row).text


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Serves display, accessible text, a sort key and the row itself; keeps ticks by row key."""

    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], str],
        *,
        tickable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tick_column: list[Column[Row]] = [Column("tick", "", width=42)] if tickable else []
        self.columns: tuple[Column[Row], ...] = (*self._tick_column, *columns)
        self.is_tickable = tickable
        self._key = key
        self._rows: list[Row] = []
        self._keys: list[str] = []
        self._ticked: set[str] = set()
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows, in the order given or as the person sorted; ticks stay with their rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._arrange()
        self._ticked &= set(self._keys)
        self.endResetModel()
        self.ticks_changed.emit()

    def rows(self) -> Sequence[Row]:
        """The rows as shown."""
        return tuple(self._rows)

    def key_at(self, number: int) -> str:
        """Its key."""
        return self._keys[number]

    def number_of(self, key: str) -> int:
        """Place of the row with this key; -1 when it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def ticked(self) -> list[str]:
        """Keys of the ticked rows, in the order shown."""
        return [key for key in self._keys if key in self._ticked]

    def is_ticked(self, number: int) -> bool:
        """Whether the row at this place is ticked."""
        return self._keys[number] in self._ticked

    def cell_at(self, number: int, column: int) -> Cell:
        """What is shown at a place."""
        return self.columns[column].cell_of(self._rows[number])

    def tick(self, keys: Iterable[str], *, on: bool) -> None:
        """Tick rows or take their ticks away."""
        self._ticked = self._ticked | set(keys) if on else self._ticked - set(keys)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticks_changed.emit()

    def tick_all(self, *, on: bool) -> None:
        """Tick every row shown, or none."""
        self.tick(self._keys, on=on)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """Number of columns, the tick box's included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One value; only words and plain values, no brushes or fonts per cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.cell_of(row).spoken
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), row, column)
        return (
            {ROW_ROLE: row, SORT_ROLE: column.sort_key(row)}[role] if role in (ROW_ROLE, SORT_ROLE) else None
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The column's title."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows keep their order. -1 goes back to the order given last."""
        self._sorted_by = (column, order) if column >= 0 else None
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        if self._sorted_by is not None:
            column, order = self._sorted_by
            falling = order == Qt.SortOrder.DescendingOrder
            self._rows.sort(key=self.columns[column].sort_key, reverse=falling)
        self._keys = [self._key(row) for row in self._rows]

    def _spoken(self, number: int, row: Row, column: Column[Row]) -> str:
        if column in self._tick_column:
            return "選択中" if self._keys[number] in self._ticked else "選択なし"
        words = column.spoken(row) if column.spoken is not None else column.cell_of(row).spoken
        return f"{column.title} {words or 'なし'}"
