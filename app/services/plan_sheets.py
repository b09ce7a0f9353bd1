"""Gathering what S07 and the printed plan show of one company in one 年度."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.domain.action_rules import Progress, is_shown_in, overdue_days
from app.domain.calendar import fiscal_year
from app.domain.confidentiality import level_of
from app.domain.ids import dependent_id
from app.domain.terms import ActionStatus, Mark, Stage
from app.rows.action_plans import (
    ActionRow,
    IndicatorRow,
    MilestoneRow,
    PlanRow,
    PlanSheet,
    ResponseRow,
    StageGroup,
)
from app.rows.building import row
from db.repositories import action_plans as planned
from db.repositories import engagements

if TYPE_CHECKING:
    from app.masters import Masters
    from db.reading import Found, Reading


class PlanReader:
    """Reads one company's plan within one moment."""

    def __init__(self, reading: Reading, masters: Masters, today: date) -> None:
        self._reading = reading
        self._masters = masters
        self._today = today

    def sheet(self, company_id: str, year: int) -> PlanSheet:
        """The plan of a 年度; a company without any support has an empty one."""
        engagement = engagements.newest(self._reading, company_id, year)
        plan_id = plan_id_of(company_id, engagement)
        stage = engagement["stage"] if engagement else None
        return PlanSheet(
            company_id=company_id,
            fiscal_year=year,
            engagement_id=engagement["id"] if engagement else None,
            stage=Stage(stage) if stage else None,
            plan=self._plan(plan_id),
            indicators=self._indicators(plan_id),
            milestones=tuple(_milestone(found) for found in planned.milestones(self._reading, plan_id)),
            issues=self._responses(company_id),
            stages=self._stages(company_id, year),
        )

    def _plan(self, plan_id: str) -> PlanRow:
        found = self._reading.record("action_plan", plan_id)
        if found is None:
            return PlanRow(plan_id, "", None, None, None)
        return row(PlanRow, found, level=level_of(found["confidentiality"]))

    def _indicators(self, plan_id: str) -> tuple[IndicatorRow, ...]:
        found = self._reading.records("indicator", action_plan_id=plan_id, order=("order_key", "id"))
        return tuple(row(IndicatorRow, indicator) for indicator in found)

    def _responses(self, company_id: str) -> tuple[ResponseRow, ...]:
        issues = self._reading.records("issue", company_id=company_id, order=("order_key", "id"))
        return tuple(self._response(issue) for issue in issues)

    def _response(self, issue: Found) -> ResponseRow:
        management = self._masters.management_issue.get(issue["management_code"] or "")
        term = management.word if management else ""
        return row(ResponseRow, issue, management_term=term, level=level_of(issue["confidentiality"]))

    def _stages(self, company_id: str, year: int) -> tuple[StageGroup, ...]:
        found = [
            action
            for action in planned.actions(self._reading, company_id)
            if is_shown_in(year, _own_year(action, year), progress_of(action))
        ]
        groups, number = [], 0
        for stage in (*Stage, None):
            ordered = list(_below_parents([action for action in found if _lane_of(action) == stage]))
            rows = [self._action(*one, year, number + count) for count, one in enumerate(ordered, 1)]
            number += len(rows)
            if stage or rows:
                groups.append(StageGroup(stage, tuple(rows)))
        return tuple(groups)

    def _action(self, action: Found, depth: int, year: int, number: int) -> ActionRow:
        progress, due_on = progress_of(action), day_of(action["due_on"])
        return row(
            ActionRow,
            action,
            number=number,
            start_on=day_of(action["start_on"]),
            due_on=due_on,
            status=progress.status,
            done_on=progress.done_on,
            progress_percent=progress.percent,
            depth=depth,
            source_words=_source_words(action),
            level=level_of(action["confidentiality"]),
            overdue_days=overdue_days(progress.status, due_on, self._today),
            is_carried_over=_own_year(action, year) < year,
            has_conflict=bool(action["conflicts"]),
        )


def _lane_of(action: Found) -> Stage | None:
    """A stage that only a newer program knows has no lane of its own."""
    stage = Stage(action["stage"]) if action["stage"] else None
    return stage if stage in list(Stage) else None


def plan_id_of(company_id: str, engagement: Found | None) -> str:
    """The id of the one plan that a company has in an engagement, or before it has any."""
    return dependent_id(engagement["id"] if engagement else company_id, "action_plan")


def progress_of(action: Found) -> Progress:
    """The three columns of 状態; an action that never had one is 未着手."""
    status = ActionStatus(action["status"] or ActionStatus.OPEN)
    return Progress(status, day_of(action["done_on"]), action["progress_percent"] or 0)


def day_of(stored: str | date | None) -> date | None:
    """A date as a hand-written query returns it."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _own_year(action: Found, year: int) -> int:
    if action["own_year"] is not None:
        return int(action["own_year"])
    day = day_of(action["start_on"] or action["due_on"])
    return fiscal_year(day) if day else year


def _below_parents(actions: Sequence[Found]) -> Iterable[tuple[Found, int]]:
    """Each action of a stage with its depth, those of a parent right after it."""
    ids = {action["id"] for action in actions}
    emitted: set[str] = set()
    for action in actions:
        if action["parent_id"] not in ids:
            yield action, 0
            emitted.add(action["id"])
            for child in _all_below(action["id"], actions, emitted):
                yield child, 1
    yield from ((action, 0) for action in actions if action["id"] not in emitted)


def _all_below(parent_id: str, actions: Sequence[Found], emitted: set[str]) -> Iterable[Found]:
    for action in actions:
        if action["parent_id"] == parent_id and action["id"] not in emitted:
            emitted.add(action["id"])
            yield action
            yield from _all_below(action["id"], actions, emitted)


def _source_words(action: Found) -> str:
    if not action["source_at"]:
        return str(action["source_item"])
    day = date.fromisoformat(action["source_at"][:10])
    mark = (
        f"{Mark(action['source_mark']).term}{action['source_ordinal']}" if action["source_mark"] else "面談"
    )
    return f"{day.month}/{day.day} {mark}"


def _milestone(found: Found) -> MilestoneRow:
    return row(MilestoneRow, found, due_on=day_of(found["due_on"]))
