"""Finding what was heard in a company, what was drawn from it, and what was planned."""

from __future__ import annotations

from collections.abc import Sequence

from db.reading import Found, Reading

_LINES = """
SELECT line.id, line.support_session_id, line.text, line.mark, line.is_secret, line.stamped_at,
       session.ordinal AS session_ordinal, session.starts_at
  FROM (SELECT id, starts_at, row_number() OVER (ORDER BY starts_at, id) AS ordinal
          FROM support_session WHERE company_id=:company_id AND deleted<>1) AS session
  JOIN note_line AS line ON line.support_session_id=session.id AND line.deleted<>1
 WHERE trim(coalesce(line.text, ''))<>''
 ORDER BY session.ordinal DESC, line.order_key, line.id
"""

_ACTIONS = """
SELECT id, title, status, source_line_id, source_seed_id, source_issue_id
  FROM action_item WHERE company_id=:company_id AND deleted<>1 ORDER BY order_key, id
"""


def lines(reading: Reading, company_id: str) -> list[Found]:
    """The lines of a company that hold text, newest 面談 first, within it in their order."""
    return reading.query(_LINES, company_id=company_id)


def actions(reading: Reading, company_id: str) -> list[Found]:
    """Every action of a company with where it comes from."""
    return reading.query(_ACTIONS, company_id=company_id)


def evidence(reading: Reading, item_ids: Sequence[str]) -> list[tuple[str, str]]:
    """(issue or seed id, line id) of the links of evidence, in order of making."""
    return reading.linked("evidence", left_ids=item_ids)
