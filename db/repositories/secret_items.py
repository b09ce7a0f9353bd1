"""What comes from a 秘密 line and so stays inside with it."""

from __future__ import annotations

from db.reading import Reading

_LINES = "SELECT id FROM note_line WHERE is_secret"

_SOURCED = """
SELECT left_id FROM link
 WHERE kind='evidence' AND present AND deleted<>1
 GROUP BY left_id
HAVING sum(right_id NOT IN (SELECT id FROM note_line WHERE is_secret))=0
"""

_ACTIONS = f"""
SELECT id FROM action_item
 WHERE source_line_id IN ({_LINES})
    OR source_seed_id IN ({_SOURCED})
    OR source_issue_id IN ({_SOURCED})
"""  # noqa: S608 - put together from the constants above

_RESTING = """
EXISTS (SELECT 1 FROM link WHERE left_id={id} AND kind='evidence' AND present AND deleted<>1)
AND NOT EXISTS (SELECT 1 FROM link WHERE left_id={id} AND kind='evidence' AND present AND deleted<>1
                   AND NOT EXISTS (SELECT 1 FROM note_line WHERE note_line.id=right_id AND is_secret))
"""
_OF_OWN = _RESTING.format(id="own.id")
IS_SECRET = {
    "note_line": "own.is_secret IS 1",
    "issue": _OF_OWN,
    "ip_seed": _OF_OWN,
    "action_item": "EXISTS (SELECT 1 FROM note_line WHERE id=own.source_line_id AND is_secret)"  # noqa: S608
    f" OR ({_RESTING.format(id='own.source_seed_id')})"
    f" OR ({_RESTING.format(id='own.source_issue_id')})",
}
"""The same of one record `own` at a time, as conditions: for those few that a query has found already."""
_READ_BACKS = f"SELECT id FROM read_back WHERE line_id IN ({_LINES})"  # noqa: S608 - put together as above


def line_ids(reading: Reading) -> frozenset[str]:
    """Lines marked 秘密, withdrawn ones too."""
    return frozenset(found["id"] for found in reading.query(_LINES))


def derived_ids(reading: Reading) -> frozenset[str]:
    """課題 and 知財の種 that rest on 秘密 lines alone, and すること drawn from these or from such a line.

    What the client answered to a 秘密 line before it became one is among them.
    """
    found = {found["left_id"] for found in reading.query(_SOURCED)}
    for query in (_ACTIONS, _READ_BACKS):
        found |= {each["id"] for each in reading.query(query)}
    return frozenset(found)
