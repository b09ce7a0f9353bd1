"""Finding what belongs to a record, and what lies deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from db.cells import BY_NAME, DELETED
from db.reading import Found, Reading

BELONGINGS: Mapping[str, Mapping[str, str]] = {
    "company": {
        "support_session": "company_id",
        "note_line": "company_id",
        "read_back": "company_id",
        "issue": "company_id",
        "ip_seed": "company_id",
        "action_plan": "company_id",
        "indicator": "company_id",
        "milestone": "company_id",
        "action_item": "company_id",
        "intake_answer": "company_id",
        "engagement": "company_id",
        "person": "company_id",
        "attachment": "company_id",
    },
    "support_session": {"note_line": "support_session_id", "read_back": "support_session_id"},
    "action_plan": {"indicator": "action_plan_id", "milestone": "action_plan_id"},
}
"""Which records go with a record, and the column that says so. Prints that were issued stay on record."""

_DELETIONS = """
SELECT found.*, cell.winner>>20 AS save, change.time, change.author, author.user,
       author.device
  FROM {table} AS found
  JOIN rec ON rec.rid=unhex(replace(found.id, '-', ''))
  JOIN cell ON cell.id=rec.no<<12|(SELECT no FROM fld WHERE name=:deleted)
  JOIN change ON change.id=cell.winner JOIN author ON author.no=change.author
 WHERE found.deleted<>0 AND found.deleted=1 AND change.time>=:since
"""


def belongings(
    reading: Reading, record_type: str, record_id: str, *, with_deleted: bool = False
) -> Iterator[tuple[str, str]]:
    """(type, id) of the live records that go with one, or of the deleted ones too."""
    for kind, column in BELONGINGS.get(record_type, {}).items():
        sql = f"SELECT id FROM {kind} WHERE {column}=:owner AND (deleted<>1 OR :all)"  # noqa: S608 - names of this file
        for found in reading.query(sql, owner=record_id, all=with_deleted):
            yield kind, found["id"]


def deletions(reading: Reading, since: int) -> Iterator[tuple[str, Found]]:
    """(type, record) of what was deleted since a time stamp, with `save`, `time`, `user` and `device`."""
    for kind in BY_NAME:
        for found in reading.query(_DELETIONS.format(table=kind), deleted=DELETED, since=since):
            yield kind, found


def deletion(reading: Reading, record_type: str, record_id: str) -> Found | None:
    """One deleted record with its deletion; None when it is not deleted."""
    sql = _DELETIONS.format(table=record_type) + " AND found.id=:id"
    found = reading.query(sql, deleted=DELETED, since=0, id=record_id)
    return found[0] if found else None


def deleted_with(reading: Reading, record_type: str, record_id: str, save: int) -> Iterator[tuple[str, str]]:
    """(type, id) of the deleted records that went with one in the same save."""
    for kind, column in BELONGINGS.get(record_type, {}).items():
        sql = _DELETIONS.format(table=kind) + f" AND found.{column}=:owner AND cell.winner>>20=:save"
        for found in reading.query(sql, deleted=DELETED, since=0, owner=record_id, save=save):
            yield kind, found["id"]


def compartment_of(reading: Reading, record_id: str) -> str | None:
    """The compartment of a record, None when it was never written."""
    found = reading.query(
        "SELECT cid FROM rec JOIN compartment ON compartment.no=rec.compartment WHERE rid=:rid",
        rid=UUID(record_id).bytes,
    )
    return str(UUID(bytes=found[0]["cid"])) if found else None
