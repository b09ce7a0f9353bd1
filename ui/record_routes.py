"""Where one record is shown and edited."""

from __future__ import annotations

from ui.navigation import Place, Route, history_route

_ON_TABS = {
    "company": None,
    "engagement": None,
    "intake_answer": "intake",
    "person": "intake",
    "support_session": "sessions",
    "action_item": "plan",
    "issue": "analysis",
    "ip_seed": "analysis",
    "action_plan": "plan",
    "indicator": "plan",
    "milestone": "plan",
}
_IN_VISITS = {"note_line": "sessions", "read_back": "read_back"}
_IN_SETTINGS = {"team": "team", "project_year": "team", "person": "people", "master_item": "masters"}


def record_route(
    record_type: str, record_id: str, company_id: str | None, support_session_id: str | None = None
) -> Route:
    """To the screen of a record: `company_id` None for the team's, `support_session_id` for a line."""
    if company_id is None:
        return Route(Place.SETTINGS, tab=_IN_SETTINGS.get(record_type, "team"))
    if record_type in _IN_VISITS and support_session_id:
        return Route(
            Place.COMPANIES, company_id, _IN_VISITS[record_type], support_session_id, anchor=record_id
        )
    if record_type not in _ON_TABS:
        return history_route(company_id, record_type, record_id)
    return _on_tab(company_id, record_type, record_id)


def _on_tab(company_id: str, record_type: str, record_id: str) -> Route:
    tab = _ON_TABS[record_type]
    if record_type == "action_item":
        return Route(Place.COMPANIES, company_id, tab, anchor=record_id)
    is_item = record_type in ("support_session", "issue", "ip_seed")
    return Route(Place.COMPANIES, company_id, tab, record_id if is_item else None)
