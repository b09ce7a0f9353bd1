"""A line that says when the company being entered is there already, with a way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.duplicates import SameCompany
from ui.navigation import Place, Route
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.layouts import column
from ui.widgets.message_bar import Banner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.directory import Services

_TELLING = {"name", "city", "corporate_number"}


class SameCompanyHint(QWidget):
    """Hidden while no other company looks the same."""

    go = Signal(object)
    """Go to the Route of the other company."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._found: SameCompany | None = None
        self._own_id: str | None = None
        self._compare = Button("見比べる", size="small")
        self._compare.clicked.connect(self._open_pair)
        button = Button("その企業を開く", size="small")
        button.clicked.connect(self._open)
        self._banner = Banner("", button, self._compare, kind="warn")
        column(self).addWidget(self._banner)
        self.hide()

    def look(self, column_left: str, values: Mapping[str, object], own_id: str | None = None) -> None:
        """Look for a double, when a column was left that could tell one."""
        if column_left in _TELLING:
            self._own_id = own_id
            duplicates = self._services.duplicates
            self._tasks.run(lambda _: duplicates.like(values, own_id), self.show_found)

    def show_found(self, found: SameCompany | None) -> None:
        """Say that this company is there already; None says nothing."""
        self._found = found
        if found:
            self._banner.set_text(f"{found.reason}企業がすでにあります: {found.name}")
        # A company that is still being entered has nothing to be compared with.
        self._compare.setVisible(self._own_id is not None)
        self.setVisible(found is not None)

    def _open_pair(self) -> None:
        if self._found and self._own_id:
            own, found = self._own_id, self._found.id
            self.go.emit(Route(Place.COMPANIES, tab="duplicates", item_id=own, anchor=found))

    def _open(self) -> None:
        if self._found:
            self.go.emit(Route(Place.COMPANIES, company_id=self._found.id))
