"""事故報告 as content: what is known of a lost device, as facts, and nothing that was written in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadableCompany:
    """A company that the device could read, with counts of what this device has of it."""

    name: str
    visits: int
    newest_visit: str
    files: int


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """Moments with the zone that the page shows, None where one is not known.

    `renewal` is how far new keys have come, in words.
    """

    device: str
    person: str
    role: str
    joined_at: datetime | None
    last_heard_at: datetime | None
    stopped_at: datetime | None
    stopped_by: str
    reason: str
    removed_at: datetime | None
    renewal: str
    companies: tuple[ReadableCompany, ...]
