"""Rows of one or two lines with headings between them, for a row list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.theme.paint import State

AnyIndex = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class ListHeading:
    """A heading between rows: 26 high, on the page ground, `note` at its right end."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: `lead` (such as a time) or a mark or icon before, title, quiet words after it or a line below.

    `quiet` follows the title, `detail` makes a second line, `states` and `right` stand at the right end;
    `ticked` None shows no tick box. `found` are places in the title (from, up to) that were looked for.
    """

    key: str
    title: str
    quiet: str = ""
    detail: str = ""
    lead: str = ""
    mark: str = ""
    icon: str = ""
    icon_tone: str = "sub"
    bold: bool = False
    states: tuple[State, ...] = ()
    right: str = ""
    right_tone: str = "sub"
    ticked: bool | None = None
    found: tuple[tuple[int, int], ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        ticked = {None: "", True: "済み", False: "まだ"}[self.ticked]
        states = (state.text for state in self.states)
        parts = (ticked, self.lead, self.title, self.quiet, self.detail, *states, self.right)
        return " ".join(part for part in parts if part)


Entry = ListRow | ListHeading


class RowListModel(QAbstractListModel):
    """Rows and headings in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def number_of(self, key: str) -> int:
        """Place of the row with this key; -1 when it is not shown."""
        return next(
            (n for n, entry in enumerate(self.entries) if isinstance(entry, ListRow) and entry.key == key), -1
        )

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """Rows and headings together."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry, or its words."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken if isinstance(entry, ListRow) else f"{entry.text} {entry.note}".strip()
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings are read, not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.entries[index.row()], ListRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemNeverHasChildren
