"""Finding 面談, their place in the company's count, and what came out of their lines."""

from __future__ import annotations

from db.reading import Found, Reading

_ORDINAL = """
SELECT count(*) AS ordinal FROM support_session AS earlier
  JOIN support_session AS this ON this.id=:session_id
 WHERE earlier.company_id=this.company_id AND earlier.deleted<>1
   AND (earlier.starts_at<this.starts_at OR (earlier.starts_at IS this.starts_at AND earlier.id<=this.id))
"""

_HOMEWORK = """
SELECT action_item.id, action_item.source_line_id, action_item.title, action_item.owner_id,
       coalesce(person.name, action_item.owner_name, '') AS owner, action_item.due_on,
       coalesce(action_item.status, 'open') AS status
  FROM action_item
  JOIN note_line ON note_line.id=action_item.source_line_id
  LEFT JOIN person ON person.id=action_item.owner_id
 WHERE note_line.support_session_id=:session_id AND action_item.deleted<>1
 ORDER BY note_line.order_key, action_item.seq
"""


_DISAGREED = """
SELECT DISTINCT support_session_id FROM read_back
 WHERE company_id=:company_id AND outcome='differs' AND deleted<>1
"""


def disagreed(reading: Reading, company_id: str) -> frozenset[str]:
    """The 面談 of a company in which the client put something otherwise."""
    found = reading.query(_DISAGREED, company_id=company_id)
    return frozenset(each["support_session_id"] for each in found)


def ordinal(reading: Reading, session_id: str) -> int:
    """第何回: the place of a 面談 among those of its company, from 1."""
    return int(reading.query(_ORDINAL, session_id=session_id)[0]["ordinal"])


def homework(reading: Reading, session_id: str) -> list[Found]:
    """The actions that came from the lines of a 面談, in the order of the lines."""
    return reading.query(_HOMEWORK, session_id=session_id)


def last_before(reading: Reading, company_id: str, starts_at: str) -> Found | None:
    """The newest 面談 of a company before a wall time, None when there is none."""
    found = reading.query(
        "SELECT id, place, method FROM support_session WHERE company_id=:company_id AND deleted<>1"
        " AND starts_at<:starts_at ORDER BY starts_at DESC LIMIT 1",
        company_id=company_id,
        starts_at=starts_at,
    )
    return found[0] if found else None
