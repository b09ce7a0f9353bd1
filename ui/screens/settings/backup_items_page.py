"""設定 > 控えと書き出し > 一つずつ戻す: what one backup has and the record has not, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.backup_items import BackupComparison, BackupItem, BroughtBack
from app.services.backups import BackupRow
from app.workplace import TEAM_SCOPE
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.screens.restore.backup_entry import backup_entry
from ui.screens.settings.backup_item_details import BackupItemDetails
from ui.tasks import Failed, TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import PAGE_MARGINS, column, row
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Text

if TYPE_CHECKING:
    from app.services.directory import Services

_COMPARING = ("控えと今の記録を比べています", "控えは写しを作って開きます。今の記録には触りません。")
_SAME = ("違いはありません", "この控えにあるものは、すべて今の記録にも同じ内容であります。")


class BackupItemsPage(QWidget):
    """Ticked rows, or the focused one, come back as ordinary changes; 元に戻す takes them back."""

    told = Signal(str, object)
    chosen_changed = Signal()
    """Whether there is something to bring back."""

    def __init__(self, tasks: TaskRunner, services: Services, refuse: Failed) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._refuse = refuse
        self._backup: BackupRow | None = None
        self._comparison: BackupComparison | None = None
        self._ticket: Ticket | None = None
        self._heading = Text("", Role.BODY_BOLD, elide=True)
        self._model = RowTableModel(_COLUMNS, key=lambda item: item.key, tickable=True)
        self._table = RowTable(self._model, name="控えと違うもの")
        self._table.current_changed.connect(self._show_details)
        self._table.opened.connect(self._open)
        self._empty = EmptyState(*_COMPARING)
        self._table.show_when_empty(self._empty)
        self._details = BackupItemDetails()
        self._arrange()
        self.setFocusProxy(self._table)

    @property
    def has_items(self) -> bool:
        """Whether something can be brought back."""
        return bool(self._comparison and self._comparison.items)

    @property
    def is_comparing(self) -> bool:
        """Whether a comparison was asked for and is not there yet."""
        return self._comparison is None and self._ticket is not None and not self._ticket.cancelled

    def show_backup(self, backup: BackupRow) -> None:
        """Compare this backup with the record, anew also when it is the same."""
        self._backup = backup
        self._heading.setText(f"{backup_entry(backup).title}にあって、今の記録にないもの・違うもの")
        self._compare()

    def forget(self) -> None:
        """Let go of what was compared."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._take(None)

    def bring_back_chosen(self) -> None:
        """The ticked rows, or else the focused one."""
        self._bring_back(self._table.chosen_keys())

    def bring_back_all(self) -> None:
        """Everything that differs."""
        if self._comparison is not None:
            self._bring_back([item.key for item in self._comparison.items])

    # comparing

    def _compare(self) -> None:
        backup = self._backup
        if backup is None:
            return
        self.forget()
        self._say(*_COMPARING)
        self._ticket = self._tasks.run(
            lambda _: self._services.backup_items.compare(backup), self._compared, self._failed, side=True
        )

    def _compared(self, comparison: BackupComparison) -> None:
        self._say(*_SAME)
        self._take(comparison)
        self._table.setFocus()

    def _failed(self, fault: Exception) -> None:
        self._say("比べられませんでした", "今の記録とほかの控えは変わっていません。")
        self._refuse(fault)

    def _say(self, title: str, text: str) -> None:
        """What stands in the place of rows."""
        last, self._empty = self._empty, EmptyState(title, text)
        self._table.show_when_empty(self._empty)
        last.hide()
        last.deleteLater()

    def _take(self, comparison: BackupComparison | None) -> None:
        self._comparison = comparison
        self._model.show_rows(comparison.items if comparison else ())
        self._side.setVisible(self.has_items)
        self._show_details(self._table.current_key())
        self.chosen_changed.emit()

    def _show_details(self, key: str) -> None:
        items = self._comparison.items if self._comparison else ()
        self._details.show_item(next((item for item in items if item.key == key), None))

    # bringing back

    def _open(self, key: str) -> None:
        self._bring_back([key])

    def _bring_back(self, keys: Sequence[str]) -> None:
        comparison = self._comparison
        if comparison is not None and keys:
            work = partial(_brought_back, self._services, comparison, keys)
            self._tasks.run(work, self._brought_back, self._refuse)

    def _brought_back(self, brought: BroughtBack) -> None:
        words = f"控えから {brought.count}件を戻しました"
        if brought.moved_on:
            words += f"。{brought.moved_on}件はその間に変わったので、そのままです"
        self.told.emit(words, self._undo)
        self._compare()

    def _undo(self) -> None:
        self._tasks.run(lambda _: self._services.place.undo(TEAM_SCOPE), self._undone, self._refuse)

    def _undone(self, _label: str | None) -> None:
        self._compare()

    def _arrange(self) -> None:
        card = Card(padded=False)
        card.add(self._table)
        self._side = Card()
        self._side.add(self._details)
        across = row(spacing=12)
        across.addWidget(card, 3)
        across.addWidget(self._side, 2)
        whole = column(self, spacing=8, margins=PAGE_MARGINS)
        whole.addWidget(self._heading)
        whole.addLayout(across, 1)


def _brought_back(
    services: Services, comparison: BackupComparison, keys: Sequence[str], _ticket: Ticket
) -> BroughtBack:
    return services.backup_items.bring_back(comparison, keys)


def _what(item: BackupItem) -> Cell:
    return Cell(item.words, f"ほか {len(item.along)}件も一緒" if item.along else "", bold=True)


def _state(item: BackupItem) -> str:
    return "今はない" if item.is_missing else "違う"


_COLUMNS: tuple[Column[BackupItem], ...] = (
    Column("state", "今の記録", text=_state, width=88),
    Column("type", "種類", text=lambda item: item.type_term, width=104, drop=1),
    Column("words", "控えにあるもの", cell=_what, sort=lambda item: item.words),
    Column("place", "企業", text=lambda item: item.place, width=170, drop=2),
)
