"""What is typed into the right panel of a visit, kept until it is a change: 面談の情報 and one 宿題."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.record_drafts import RecordDrafts
from ui.screens.support_session.panel import SessionPanel
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from app.services.directory import Services

_HEAD, _NEW_PEOPLE, _HOMEWORK = "head", "people", "homework:"


class PanelDrafts(QObject):
    """Call `open` for a visit, and the others each time something was shown in the fields."""

    head_back = Signal()
    """Left text stands in a field of 面談の情報 again."""
    homework_back = Signal()
    """So does text of the 宿題 that is shown."""
    homework_left = Signal(str)
    """There is left text of the 宿題 with this id, which is not shown."""

    def __init__(self, tasks: TaskRunner, services: Services, panel: SessionPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._drafts = RecordDrafts(tasks, services, self)
        self._drafts.brought_back.connect(self._brought_back)
        self._drafts.found.connect(self._bring_forward)
        panel.form_made.connect(self.show_head)

    def open(self, session_id: str) -> None:
        """Begin with a visit, or come back to it."""
        self._drafts.open(f"session_panel:{session_id}")

    def settle(self) -> None:
        """Everything typed has been told."""
        self._drafts.settle()

    def show_head(self) -> None:
        """The head of the visit was shown, if there is a form for it."""
        if not self._panel.has_form:
            return
        self._drafts.show(_HEAD, self._panel.form.editors())
        self._drafts.show(_NEW_PEOPLE, self._panel.form.new_people(), is_new=True)

    def forget_head(self) -> None:
        """The head shows its record again, but for what is being typed."""
        if not self._panel.has_form:
            return
        fields = self._panel.form.editors().items()
        self._drafts.forget(_HEAD, [column for column, field in fields if not field.has_changes()])

    def show_homework(self) -> None:
        """The 宿題 of the panel was shown."""
        self._drafts.show(_HOMEWORK + self._panel.homework.action_id, self._panel.homework.editors())

    def _bring_forward(self) -> None:
        left = self._drafts.left_records()
        if not self._panel.has_form and (_HEAD in left or _NEW_PEOPLE in left):
            _ = self._panel.form  # made, it takes its left text back
        for record in left:
            if record.startswith(_HOMEWORK):
                self.homework_left.emit(record.removeprefix(_HOMEWORK))
                return

    def _brought_back(self, record: str) -> None:
        (self.homework_back if record.startswith(_HOMEWORK) else self.head_back).emit()
