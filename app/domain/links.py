"""The kinds of links between records. The codes travel in the log and are permanent."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from app.domain.ids import link_id


class LinkKind(StrEnum):
    """From what, to what."""

    ASSIGNEE = "assignee"
    """支援 (engagement) to a person: 担当."""
    ATTENDEE = "attendee"
    """面談 to a person who was there."""
    EVIDENCE = "evidence"
    """課題 or 知財の種 to the note line it was taken from."""
    PERSPECTIVE = "perspective"
    """課題 to an IP perspective of the master data."""
    ASKED = "asked"
    """Company to a question of the first visit that was asked there and answered."""
    MERGED_INTO = "merged_into"
    """企業 that was entered twice to the one that stays."""
    DISTINCT_FROM = "distinct_from"
    """企業 to another that looks the same and is not, the lesser id first."""


def link_record_id(left_id: str, kind: LinkKind, right_id: str) -> str:
    """The id, as text, of the link record that joins two records on every device."""
    return str(UUID(bytes=link_id(UUID(left_id).bytes, kind.value, UUID(right_id).bytes)))
