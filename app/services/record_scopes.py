"""Where an action on a record is undone."""

from __future__ import annotations

from app.workplace import TEAM_SCOPE, Workplace, company_scope, session_scope
from db.reading import Found, Reading
from db.repositories.trash import compartment_of


def scope_of(reading: Reading, place: Workplace, record_type: str, found: Found) -> str:
    """The undo chain of a record: that of its 面談 for a line, of its company, or of the team."""
    if record_type == "note_line" and found["support_session_id"]:
        return session_scope(found["support_session_id"])
    if found.get("company_id"):
        return company_scope(found["company_id"])
    compartment = compartment_of(reading, found["id"])
    if compartment is None or compartment == place.team_id:
        return TEAM_SCOPE
    return company_scope(compartment)
