"""面談, their note lines, and what was answered when these were read back."""

from __future__ import annotations

from sqlalchemy import Index, text

from db.base import column, projection
from db.types import Flag, LocalTime, PlainDate, UtcInstant

SUPPORT_SESSION = projection(
    "support_session",
    column("company_id"),
    column("engagement_id"),
    column("starts_at", LocalTime),
    column("ends_at", LocalTime),
    column("method"),
    column("place"),
    column("purpose"),
    column("next_on", PlainDate),
    column("next_time"),
    column("next_topic"),
    column("finished_at", UtcInstant),
    column("confidentiality"),
    indexed=("company_id", "starts_at"),
)
Index("support_session_by_starts_at", SUPPORT_SESSION.c.starts_at)
Index("support_session_by_next_on", SUPPORT_SESSION.c.next_on, sqlite_where=text("next_on IS NOT NULL"))
NOTE_LINE = projection(
    "note_line",
    column("company_id"),
    column("support_session_id"),
    column("text"),
    column("stamped_at", UtcInstant),
    column("order_key"),
    column("mark"),
    column("is_secret", Flag),
    column("confidentiality"),
    indexed=("support_session_id", "order_key"),
)
READ_BACK = projection(
    "read_back",
    column("company_id"),
    column("support_session_id"),
    column("line_id"),
    column("action_id"),
    column("outcome"),
    column("read_as"),
    column("person_id"),
    column("answered_at", UtcInstant),
    column("their_wording"),
    indexed=("support_session_id",),
)
