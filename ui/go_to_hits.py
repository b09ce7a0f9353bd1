"""What Ctrl+K finds in the record, as ways to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.navigation import Place, Route
from ui.shell.go_to import GoToHit

if TYPE_CHECKING:
    from app.services.directory import Services

_DEVICE = "端末"


def hits(services: Services, text: str) -> list[GoToHit]:
    """Devices of the team, companies, people and visits for what was typed. On the store thread."""
    return [*_devices(services, text), *_records(services, text)]


def _devices(services: Services, text: str) -> list[GoToHit]:
    """For who types 「端末」, with a part of a name on wish: one may have been lost."""
    if _DEVICE not in text:
        return []
    found = services.sharing.devices_like(text.replace(_DEVICE, ""))
    return [
        GoToHit(
            f"{_DEVICE} {each.name}",
            each.status.term,
            icon="device",
            route=Route(Place.TEAM, tab="member", item_id=each.id),
        )
        for each in found
    ]


def _records(services: Services, text: str) -> list[GoToHit]:
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
