"""What is typed in the panel of 計画, kept until it is written and put back after an unexpected stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.record_drafts import RecordDrafts
from ui.screens.action_plan.panel import PLAN

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.screens.action_plan.panel import PlanPanel
    from ui.screens.action_plan.part_fields import Parts
    from ui.tasks import TaskRunner

_PLAN, _ACTION, _NEW_ACTION = "action_plan:", "action_item:", "new_action"
_KINDS = ("indicator:", "milestone:")
_OF_PLAN = (_PLAN, *_KINDS)


class PlanDrafts(QObject):
    """Knows which record each field of the panel belongs to."""

    action_left = Signal(str)
    """Text of this action was left behind; it comes back once the action is shown."""
    action_back = Signal()
    """Text of the action shown stands in its field again."""
    new_back = Signal()
    """So do the words of a new action."""
    plan_back = Signal()
    """So does text of the plan or of its parts."""

    def __init__(self, tasks: TaskRunner, services: Services, panel: PlanPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._drafts = RecordDrafts(tasks, services, self)
        self._drafts.show(_NEW_ACTION, panel.new.editors(), is_new=True)
        self._drafts.brought_back.connect(self._brought_back)
        panel.page_made.connect(self._follow_page)

    def open(self, company_id: str) -> None:
        """Begin with a company, or come back to it."""
        self._drafts.open(f"plan:{company_id}")

    def settle(self) -> None:
        """The tab is left; everything typed has been told."""
        self._drafts.settle()

    def has_left(self, action_id: str) -> bool:
        """Whether text of this action was left behind and is not in its field yet."""
        return _ACTION + action_id in self._drafts.left_records()

    def show_action(self) -> None:
        """The action of the panel was shown."""
        self._drafts.show(_ACTION + self._panel.action.action_id(), self._panel.action.editors())

    def show_plan(self) -> None:
        """The plan and its parts were shown."""
        if not self._panel.is_made(PLAN):
            return
        self._drafts.show(_PLAN + self._panel.plan.plan_id(), self._panel.plan.editors())
        for kind, parts in self._parts().items():
            for part_id, editors in parts.editors().items():
                self._drafts.show(kind + part_id, editors, is_new=not part_id)

    def action_sent(self, title: str) -> None:
        """A new action is on its way to the record."""
        self._drafts.written(_NEW_ACTION, {"title": title})

    def part_sent(self, kind: str, values: Mapping[str, object]) -> None:
        """A new part of the plan is on its way to the record."""
        self._drafts.written(f"{kind}:", {column: str(value or "") for column, value in values.items()})

    def bring_forward(self) -> None:
        """The sheet stands there: open fields for what was left behind out of sight."""
        left = self._drafts.left_records()
        if any(record.startswith(_OF_PLAN) for record in left):
            self._panel.show_page(PLAN)
        for record in left:
            if record in _KINDS:
                self._parts()[record].begin_new()
            elif record.startswith(_ACTION):
                self.action_left.emit(record.removeprefix(_ACTION))

    def _parts(self) -> dict[str, Parts]:
        return dict(zip(_KINDS, (self._panel.plan.indicators, self._panel.plan.milestones), strict=True))

    def _follow_page(self, page: str) -> None:
        if page == PLAN:
            for parts in self._parts().values():
                parts.begun.connect(self.show_plan)

    def _brought_back(self, record: str) -> None:
        if record == _NEW_ACTION:
            self.new_back.emit()
        elif record.startswith(_ACTION):
            self.action_back.emit()
        else:
            self.plan_back.emit()
