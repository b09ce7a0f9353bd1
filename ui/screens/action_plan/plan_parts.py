"""指標 and 主要期日 of a plan: what is written about them, and what is taken out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from ui.screens.action_plan.plan_drafts import PlanDrafts
from ui.screens.action_plan.plan_page import PlanPage
from ui.screens.action_plan.presenter import ActionPlanPresenter, PartType


class PlanParts(QObject):
    """A part without an id is a new one; its draft goes once it was sent on its way."""

    def __init__(self, page: PlanPage, presenter: ActionPlanPresenter, drafts: PlanDrafts) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._drafts = drafts
        page.indicators.edited.connect(self._indicator_edited)
        page.indicators.delete_asked.connect(self._delete_indicator)
        page.milestones.edited.connect(self._milestone_edited)
        page.milestones.delete_asked.connect(self._delete_milestone)

    def _indicator_edited(self, part_id: str, values: Mapping[str, object]) -> None:
        self._edited("indicator", part_id, values)

    def _milestone_edited(self, part_id: str, values: Mapping[str, object]) -> None:
        self._edited("milestone", part_id, values)

    def _edited(self, kind: PartType, part_id: str, values: Mapping[str, object]) -> None:
        if part_id:
            self._presenter.change_part(kind, part_id, values)
        else:
            self._presenter.add_part(kind, values)
            self._drafts.part_sent(kind, values)

    def _delete_indicator(self, part_id: str) -> None:
        self._presenter.delete("indicator", part_id)

    def _delete_milestone(self, part_id: str) -> None:
        self._presenter.delete("milestone", part_id)
