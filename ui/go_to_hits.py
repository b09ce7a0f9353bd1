"""What Ctrl+K finds in the record, as ways to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.navigation import Place, Route
from ui.shell.go_to import GoToHit

if TYPE_CHECKING:
    from app.services.directory import Services


def hits(services: Services, text: str) -> list[GoToHit]:
    """Companies, people and visits for what was typed. On the store thread."""
    return [
        GoToHit(
            found.label,
            found.detail,
            icon=found.kind,
            route=Route(
                Place.COMPANIES,
                company_id=found.company_id,
                tab="sessions" if found.support_session_id else None,
                item_id=found.support_session_id,
            ),
        )
        for found in services.goto.find(text)
    ]
