"""Finding companies and what stands around them."""

from __future__ import annotations

from db.reading import Found, Reading

_LIST = """
SELECT company.id, company.name, company.industry_major, company.industry_middle,
       company.confidentiality, company.search_key,
       engagement.id AS engagement_id, engagement.status, engagement.stage,
       (SELECT max(starts_at) FROM support_session AS held
         WHERE held.company_id=company.id AND held.deleted<>1 AND held.starts_at<=:now) AS last_session_at
  FROM company
  LEFT JOIN engagement ON engagement.id=(
       SELECT id FROM engagement AS newest
        WHERE newest.company_id=company.id AND newest.deleted<>1 AND newest.fiscal_year<=:fiscal_year
        ORDER BY fiscal_year DESC LIMIT 1)
 WHERE company.deleted<>1
"""

_OPEN_ACTIONS = """
SELECT action_item.id, action_item.company_id, action_item.title, action_item.due_on,
       coalesce(person.name, action_item.owner_name, '') AS owner
  FROM action_item LEFT JOIN person ON person.id=action_item.owner_id
 WHERE action_item.deleted<>1 AND coalesce(action_item.status, 'open') NOT IN ('done', 'dropped')
   AND {whose}
 ORDER BY action_item.due_on IS NULL, action_item.due_on, action_item.order_key, action_item.id
"""

_COURSE = """
SELECT session.id, session.starts_at, session.method, session.place, session.purpose, session.finished_at,
       sum(line.mark='fact') AS facts, sum(line.mark='issue') AS issues,
       sum(line.mark='decision') AS decisions,
       coalesce(sum(drawn.items), 0) AS homework
  FROM support_session AS session
  LEFT JOIN note_line AS line ON line.support_session_id=session.id AND line.deleted<>1
  LEFT JOIN (SELECT source_line_id, count(*) AS items FROM action_item
              WHERE company_id=:company_id AND deleted<>1 GROUP BY source_line_id) AS drawn
    ON drawn.source_line_id=line.id
 WHERE session.company_id=:company_id AND session.deleted<>1
 GROUP BY session.id ORDER BY session.starts_at, session.id
"""

_COUNTS = """
SELECT (SELECT count(*) FROM issue WHERE company_id=:company_id AND deleted<>1) AS issues,
       (SELECT count(*) FROM ip_seed WHERE company_id=:company_id AND deleted<>1) AS seeds
"""


def count(reading: Reading) -> int:
    """How many companies there are."""
    return int(reading.query("SELECT count(*) AS n FROM company WHERE deleted<>1")[0]["n"])


def in_year(reading: Reading, fiscal_year: int, now: str) -> list[Found]:
    """Every company with its newest engagement up to a 年度 and its last 面談 before `now`."""
    return reading.query(_LIST, fiscal_year=fiscal_year, now=now)


def open_actions(reading: Reading, company_id: str | None = None) -> list[Found]:
    """Open actions with their owner's name, soonest first, of one company or of all."""
    if company_id is None:
        return reading.query(_OPEN_ACTIONS.format(whose="1"))
    # A condition of its own, so that SQLite takes the index.
    whose = "action_item.company_id=:company_id"
    return reading.query(_OPEN_ACTIONS.format(whose=whose), company_id=company_id)


def course(reading: Reading, company_id: str) -> list[Found]:
    """The 面談 of a company in order of time, with its marks and the すること drawn from it."""
    return reading.query(_COURSE, company_id=company_id)


def counts(reading: Reading, company_id: str) -> Found:
    """How many issues and seeds a company has."""
    return reading.query(_COUNTS, company_id=company_id)[0]
