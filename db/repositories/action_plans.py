"""Finding the actions of a company with their owners and where they come from."""

from __future__ import annotations

from db.reading import Found, Reading

_ACTIONS = """
SELECT action.*, coalesce(person.name, action.owner_name, '') AS owner,
       engagement.fiscal_year AS own_year,
       line.support_session_id AS source_session_id, line.mark AS source_mark, session.starts_at AS source_at,
       (SELECT count(*) FROM note_line AS earlier
         WHERE earlier.support_session_id=line.support_session_id AND earlier.mark=line.mark
           AND earlier.deleted<>1 AND (earlier.order_key, earlier.id)<=(line.order_key, line.id)
       ) AS source_ordinal,
       coalesce(ip_seed.name, issue.title, '') AS source_item
  FROM action_item AS action
  LEFT JOIN person ON person.id=action.owner_id
  LEFT JOIN engagement ON engagement.id=action.engagement_id
  LEFT JOIN note_line AS line ON line.id=action.source_line_id AND line.deleted<>1
  LEFT JOIN support_session AS session ON session.id=line.support_session_id
  LEFT JOIN ip_seed ON ip_seed.id=action.source_seed_id AND ip_seed.deleted<>1
  LEFT JOIN issue ON issue.id=action.source_issue_id AND issue.deleted<>1
 WHERE action.company_id=:company_id AND action.deleted<>1
 ORDER BY action.order_key, action.id
"""

_MILESTONES = """
SELECT id, title, due_on FROM milestone
 WHERE action_plan_id=:plan_id AND deleted<>1 ORDER BY due_on IS NULL, due_on, id
"""


def actions(reading: Reading, company_id: str) -> list[Found]:
    """Every action of a company in its order; dates are as they are stored."""
    return reading.query(_ACTIONS, company_id=company_id)


def milestones(reading: Reading, plan_id: str) -> list[Found]:
    """The milestones of a plan, soonest first."""
    return reading.query(_MILESTONES, plan_id=plan_id)
