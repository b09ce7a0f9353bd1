"""Deletions of attached files, and whether everybody knows of one: before that nothing is erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from app.services.sharing_contacts import said_to_hold
from app.services.sharing_standing import Standing
from app.sync.clock import COUNTER_BITS
from db.base import Connection
from db.blobs import deletions_of_attachments
from db.reading import Reading


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion that counts: of which record, when, and in which place of which stream it travels.

    `stream` is None while it was not sealed yet.
    """

    record_id: str
    at: datetime
    stream: bytes | None
    sequence: int


def deletions(reading: Reading) -> Iterator[Deletion]:
    """Of every deleted attachment, oldest first."""
    for record_id, time, stream, sequence in deletions_of_attachments(reading.connection):
        at = datetime.fromtimestamp((time >> COUNTER_BITS) / 1000, UTC)
        yield Deletion(record_id, at, stream, sequence)


def is_known_to_all(connection: Connection, standing: Standing | None, deletion: Deletion) -> bool:
    """Whether every active device said to hold the deletion; without a team there is nobody to ask."""
    if standing is None:
        return True
    if deletion.stream is None:
        return False
    others = (each.id for each in standing.membership.active() if each.id != standing.identity.device)
    return all(
        said_to_hold(connection, each).get(deletion.stream, -1) >= deletion.sequence for each in others
    )
