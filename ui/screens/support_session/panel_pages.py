"""Which page the right panel of a visit shows: the overview, 面談の情報, or one 宿題."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow
from ui.record_drafts import BROUGHT_BACK
from ui.screens.support_session.panel import SessionPanel
from ui.screens.support_session.panel_drafts import PanelDrafts
from ui.screens.support_session.visit import Visit
from ui.tasks import TaskRunner
from ui.widgets.side_panel import WithSidePanel

if TYPE_CHECKING:
    from app.services.directory import Services


class PanelPages(QObject):
    """Text that was left in a page opens it again."""

    told = Signal(str)
    homework_left = Signal(str)
    """There is left text of the 宿題 with this id, which is not shown."""

    def __init__(
        self, tasks: TaskRunner, services: Services, panel: SessionPanel, split: WithSidePanel
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._split = split
        self._drafts = PanelDrafts(tasks, services, panel)
        self._drafts.head_back.connect(self._head_back)
        self._drafts.homework_back.connect(self._homework_back)
        self._drafts.homework_left.connect(self.homework_left)

    def open(self, session_id: str) -> None:
        """Begin with a visit, or come back to it."""
        self._drafts.open(session_id)

    def settle(self) -> None:
        """Everything typed has been told."""
        self._drafts.settle()

    def show_head(self, visit: Visit) -> None:
        """The head, or the people there are, changed."""
        self._panel.show_head(visit)
        self._drafts.show_head()

    def take_head_back(self) -> None:
        """Let go of what was refused: the record is shown again."""
        self._drafts.forget_head()

    def open_details(self) -> None:
        """Show 面談の情報 with the caret in it."""
        self._show_details()
        self._panel.form.go_to_day()

    def open_homework(self, homework: HomeworkRow, people: Mapping[str, PersonRow]) -> None:
        """Show a 宿題 with the caret in it."""
        self._panel.show_homework(homework, people)
        self._drafts.show_homework()
        self._uncover()
        self._panel.homework.go_to_owner()

    def _show_details(self) -> None:
        self._panel.show_details()
        self._uncover()

    def _head_back(self) -> None:
        self._show_details()
        self.told.emit(BROUGHT_BACK)

    def _homework_back(self) -> None:
        self.told.emit(BROUGHT_BACK)

    def _uncover(self) -> None:
        if not self._panel.isVisible():
            self._split.toggle_panel()
