"""Which companies: ticks in a table, none at first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.companies import CompanyListRow
from ui.models.row_table_model import Column, RowTableModel
from ui.tasks import TaskRunner, Ticket
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from app.services.directory import Services

_LEAST_HEIGHT = 180
_COLUMNS: tuple[Column[CompanyListRow], ...] = (
    Column("name", "企業", text=lambda row: row.name),
    Column("status", "状態", text=lambda row: row.status.term if row.status else "", width=96, drop=1),
)


class CompanyTicks(QWidget):
    """`changed` when a tick was set or taken."""

    changed = Signal()

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._wanted: Collection[str] = ()
        self._names: dict[str, str] = {}
        self._model = RowTableModel(_COLUMNS, key=lambda row: row.id, tickable=True)
        self._model.ticks_changed.connect(self.changed)
        self._table = RowTable(self._model, name="見られる企業")
        self._table.show_when_empty(EmptyState("まだ企業がありません", "企業を入れると、見る人を選べます。"))
        self._table.setMinimumHeight(theme().px(_LEAST_HEIGHT))
        card = Card(padded=False)
        card.add(self._table)
        column(self, spacing=0).addWidget(card)
        self.setFocusProxy(self._table)

    def ask(self, ticked: Collection[str] = ()) -> None:
        """List the companies with these ticked."""
        self._wanted = ticked
        self._tasks.run(self._read, self._show)

    def ticked(self) -> tuple[str, ...]:
        """Ids of the ticked ones."""
        return tuple(self._model.ticked())

    def ids(self) -> tuple[str, ...]:
        """Ids of all that are listed."""
        return tuple(self._names)

    def names(self, ids: Collection[str]) -> str:
        """「北国精密(株)、青葉食品(有)」."""
        return "、".join(name for company, name in self._names.items() if company in ids)

    def _read(self, _ticket: Ticket) -> Sequence[CompanyListRow]:
        return self._services.companies.list_rows()

    def _show(self, rows: Sequence[CompanyListRow]) -> None:
        self._names = {row.id: row.name for row in rows}
        self._model.show_rows(rows)
        self._model.tick_all(on=False)
        self._model.tick([row.id for row in rows if row.id in self._wanted], on=True)
