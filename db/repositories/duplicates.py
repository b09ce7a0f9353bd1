"""Finding what two companies that look alike are made of."""

from __future__ import annotations

from collections.abc import Sequence

from db.reading import Found, Reading

MOVING = (
    "support_session",
    "note_line",
    "issue",
    "ip_seed",
    "action_item",
    "indicator",
    "milestone",
    "person",
    "issued_document",
    "attachment",
)
"""Records that go over to the company that stays as they are, in this order."""

_SIGNS = "SELECT id, corporate_number, name, city, search_key FROM company WHERE deleted<>1 ORDER BY seq"

_HELD = """
SELECT count(*) AS sessions, max(starts_at) AS last_at FROM support_session
 WHERE company_id=:company AND deleted<>1
"""


def known_by(reading: Reading) -> list[Found]:
    """What every company is known by, in the order in which they were taken in."""
    return reading.query(_SIGNS)


def held(reading: Reading, company_id: str) -> Found:
    """How many 面談 a company had, and when the last one began."""
    return reading.query(_HELD, company=company_id)[0]


def moving(reading: Reading, company_id: str) -> list[tuple[str, Sequence[Found]]]:
    """(type, live records) of what goes over with a company."""
    return [(kind, reading.records(kind, company_id=company_id)) for kind in MOVING]
