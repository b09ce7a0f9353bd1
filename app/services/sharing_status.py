"""How far the team has what is written here: for the status bar, 同期, and the marks beside records."""

from __future__ import annotations

import json
from uuid import UUID

from app.faults import told
from app.rows.sharing import SharingState, UnsharedRow
from app.services.conflict_words import ConflictWords
from app.services.conflicts import ConflictService
from app.services.sharing_report import last_report
from app.services.sharing_state import read_identity
from app.workplace import Workplace
from db.cells import BY_NAME
from db.change_log import READ_ONLY
from db.reading import Reading
from db.repositories.trash import compartment_of
from db.unsent import unshared_records

MOST_ROWS = 200
_HOMES = """
SELECT DISTINCT 'compartment' AS kind, compartment.cid AS home FROM json_each(:ids) AS chosen
  JOIN rec ON rec.rid=unhex(replace(chosen.value, '-', '')) JOIN compartment ON compartment.no=rec.compartment
UNION ALL SELECT DISTINCT 'visit', support_session_id FROM note_line
 WHERE id IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT DISTINCT 'visit', support_session_id FROM read_back
 WHERE id IN (SELECT value FROM json_each(:ids))
"""
_PARTS = frozenset(("link", "engagement", "project_year"))
"""Kinds that nobody knows by name: what they belong to is named in their place, or nothing."""


class SharingStatusService:
    """Reads the store only; never waits on the 置き場."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def has_team(self) -> bool:
        """Whether this store shares with anybody, or has asked to."""
        with told(), self._place.store.reading() as connection:
            return read_identity(connection) is not None

    def state(self) -> SharingState | None:
        """Everything at once; None as long as the store shares with nobody."""
        with self._place.reading() as reading:
            identity = read_identity(reading.connection)
            if identity is None:
                return None
            known = last_report(reading.connection)
            report = known[0] if known else None
            unshared = unshared_records(reading.connection)
            newer = _read_only(reading) if report and report.needs_newer else 0
            homes = _with_homes(reading, [record for _, record in unshared])
        questions = ConflictService(self._place).rows()
        return SharingState(
            address=identity.address,
            digits=identity.digits,
            unshared=homes,
            unshared_count=len([kind for kind, _ in unshared if kind not in _PARTS]),
            questions=questions,
            newer_count=newer,
            report=report,
            shared_at=known[1] if known else None,
        )

    def unshared_rows(self) -> tuple[UnsharedRow, ...]:
        """未送信 by name, oldest first; at most MOST_ROWS of them."""
        with self._place.reading() as reading:
            words = ConflictWords(reading, self._place)
            found = [each for each in unshared_records(reading.connection) if each[0] not in _PARTS]
            return tuple(_unshared_row(reading, words, *each) for each in found[:MOST_ROWS])


def _with_homes(reading: Reading, records: list[str]) -> frozenset[str]:
    """These ids, with those of the 面談 and companies that they belong to."""
    found = reading.query(_HOMES, ids=json.dumps(records))
    companies = (str(UUID(bytes=each["home"])) for each in found if each["kind"] == "compartment")
    visits = (each["home"] for each in found if each["kind"] == "visit" and each["home"])
    return frozenset((*records, *companies, *visits))


def _unshared_row(reading: Reading, words: ConflictWords, record_type: str, record_id: str) -> UnsharedRow:
    if record_type not in BY_NAME:
        return UnsharedRow(record_type, record_id, "新しい版で書かれたもの", "", None, "")
    compartment = compartment_of(reading, record_id) or ""
    found = words.record(record_type, record_id)
    return UnsharedRow(
        record_type,
        record_id,
        words.title(record_type, record_id, ""),
        words.term(record_type),
        *words.home(record_type, record_id, compartment),
        found.get("support_session_id"),
    )


def _read_only(reading: Reading) -> int:
    """Cells that only a newer program may write."""
    found = reading.query("SELECT count(*) AS cells FROM cell WHERE flags&:read_only", read_only=READ_ONLY)
    return int(found[0]["cells"])
