"""What a device notes of invitations that it gave: for whom, as what, with which companies. Never shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.terms import TeamRole
from db.base import Connection
from db.store import read_marker, write_marker

_MARKER = "sharing_invited"


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation was made for; `companies` are ids. `is_withdrawn`: nobody may come with it."""

    name: str = ""
    role: TeamRole = TeamRole.MEMBER
    companies: tuple[str, ...] = ()
    is_withdrawn: bool = False


def read_invited(connection: Connection) -> dict[str, Invited]:
    """By the id of the invitation, in hex."""
    kept: Any = read_marker(connection, _MARKER) or {}
    return {
        invitation: Invited(
            each["name"], TeamRole(each["role"]), tuple(each["companies"]), each["is_withdrawn"]
        )
        for invitation, each in kept.items()
    }


def write_invited(connection: Connection, invited: Mapping[str, Invited]) -> None:
    """Keep it all."""
    kept = {
        invitation: {**asdict(each), "role": each.role.value, "companies": list(each.companies)}
        for invitation, each in invited.items()
    }
    write_marker(connection, _MARKER, kept)
