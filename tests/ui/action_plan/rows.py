"""Rows of 計画 made by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.terms import ActionStatus, Stage
from app.rows.action_plans import ActionRow, PlanRow, PlanSheet

_ROW = ActionRow(
    id="1",
    number=1,
    title="弁理士に相談する",
    owner_id=None,
    owner="鈴木",
    start_on=date(2025, 7, 22),
    due_on=date(2025, 8, 5),
    status=ActionStatus.OPEN,
    done_on=None,
    progress_percent=0,
    stage=Stage.PROTECT,
    parent_id=None,
    depth=0,
    source_words="7/22 決定1",
    source_line_id=None,
    source_session_id=None,
    source_seed_id=None,
    source_issue_id=None,
    note="",
    level=None,
    overdue_days=0,
    is_carried_over=False,
    has_conflict=False,
)


def action(**values: Any) -> ActionRow:
    """An action, some of its values given."""
    return replace(_ROW, **values)


_SHEET = PlanSheet(
    company_id="c",
    fiscal_year=2025,
    engagement_id=None,
    stage=None,
    plan=PlanRow("p", "", None, None, None),
    indicators=(),
    milestones=(),
    issues=(),
    stages=(),
)


def sheet(**values: Any) -> PlanSheet:
    """A plan of 令和7年度, empty but for the values given."""
    return replace(_SHEET, **values)
