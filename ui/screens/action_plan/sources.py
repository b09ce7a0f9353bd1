"""Where a すること came from."""

from __future__ import annotations

from app.rows.action_plans import ActionRow
from ui.navigation import Place, Route


def source_route(company_id: str, action: ActionRow) -> Route | None:
    """Where an action came from: its line in the 面談, or its seed or issue in 分析; None for nowhere."""
    if action.source_session_id:
        return Route(
            Place.COMPANIES,
            company_id=company_id,
            tab="sessions",
            item_id=action.source_session_id,
            anchor=action.source_line_id,
        )
    item_id = action.source_seed_id or action.source_issue_id
    return Route(Place.COMPANIES, company_id=company_id, tab="analysis", item_id=item_id) if item_id else None
