"""Finding what 今日 shows, without a look at old 面談 and their lines: it is the first screen."""

from __future__ import annotations

from db.reading import Found, Reading

_HELD = """
SELECT session.id, session.company_id, company.name AS company_name, session.starts_at, session.ends_at,
       session.method, session.place, session.purpose, session.finished_at,
       (SELECT count(*) FROM support_session AS earlier
         WHERE earlier.company_id=session.company_id AND earlier.deleted<>1
           AND (earlier.starts_at, earlier.id)<=(session.starts_at, session.id)) AS ordinal
  FROM support_session AS session JOIN company ON company.id=session.company_id AND company.deleted<>1
 WHERE session.starts_at>=:first AND session.starts_at<:after AND session.deleted<>1
 ORDER BY session.starts_at, session.id
"""

_NOTED = """
SELECT max(session.id) AS noted_in, session.company_id, company.name AS company_name, session.next_on,
       session.next_time, session.next_topic, session.method, session.place,
       (SELECT count(*) FROM support_session AS earlier
         WHERE earlier.company_id=session.company_id AND earlier.deleted<>1
           AND earlier.starts_at<session.next_on) AS earlier
  FROM support_session AS session JOIN company ON company.id=session.company_id AND company.deleted<>1
 WHERE session.next_on>=:first AND session.next_on<:after AND session.deleted<>1
   AND NOT EXISTS (SELECT 1 FROM support_session AS held
                    WHERE held.company_id=session.company_id AND held.deleted<>1
                      AND held.starts_at>=session.next_on AND held.starts_at<session.next_on||'U')
 GROUP BY session.company_id, session.next_on
"""

_OPEN = """
SELECT action.id, action.company_id, company.name AS company_name, action.title, action.due_on, action.status,
       coalesce(person.name, action.owner_name, '') AS owner
  FROM action_item AS action
 CROSS JOIN company ON company.id=action.company_id AND company.deleted<>1
  LEFT JOIN person ON person.id=action.owner_id
 WHERE (action.status IN ('open', 'doing', 'requested') OR action.status IS NULL) AND action.deleted<>1
 ORDER BY action.due_on IS NULL, action.due_on, action.id LIMIT :limit
"""

_OPEN_COUNTS = """
SELECT company.id AS company_id, company.name AS company_name, counted.open, counted.overdue,
       counted.unassigned
  FROM (SELECT company_id, count(*) AS open, sum(coalesce(due_on<:today, 0)) AS overdue,
               sum(owner_id IS NULL AND coalesce(owner_name, '')='') AS unassigned
          FROM action_item
         WHERE (status IN ('open', 'doing', 'requested') OR status IS NULL) AND deleted<>1
         GROUP BY +company_id) AS counted
  JOIN company ON company.id=counted.company_id AND company.deleted<>1
"""

_LEFTOVER = """
SELECT session.id AS support_session_id, session.company_id, company.name AS company_name,
       count(*) AS lines,
       (SELECT count(*) FROM support_session AS earlier
         WHERE earlier.company_id=session.company_id AND earlier.deleted<>1
           AND (earlier.starts_at, earlier.id)<=(session.starts_at, session.id)) AS ordinal
  FROM support_session AS session
  JOIN company ON company.id=session.company_id AND company.deleted<>1
  JOIN note_line AS line ON line.support_session_id=session.id
 WHERE session.starts_at>=:first AND session.starts_at<:after AND session.deleted<>1
   AND session.finished_at IS NOT NULL
   AND line.deleted<>1 AND line.mark IS NULL AND NOT coalesce(line.is_secret, 0)
   AND trim(coalesce(line.text, ''))<>''
 GROUP BY session.id ORDER BY session.starts_at DESC, session.id
"""

_TO_READ_BACK = """
SELECT session.id AS support_session_id, session.company_id, company.name AS company_name,
       (SELECT count(*) FROM support_session AS earlier
         WHERE earlier.company_id=session.company_id AND earlier.deleted<>1
           AND (earlier.starts_at, earlier.id)<=(session.starts_at, session.id)) AS ordinal
  FROM support_session AS session
  JOIN company ON company.id=session.company_id AND company.deleted<>1
 WHERE session.starts_at>=:first AND session.starts_at<:after AND session.deleted<>1
   AND session.finished_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM note_line AS line
                WHERE line.support_session_id=session.id AND line.deleted<>1
                  AND line.mark IN ('decision', 'homework', 'deadline')
                  AND NOT coalesce(line.is_secret, 0))
 ORDER BY session.starts_at DESC, session.id
"""

_SUPPORTED = """
SELECT count(DISTINCT engagement.company_id) AS companies
  FROM engagement JOIN company ON company.id=engagement.company_id AND company.deleted<>1
 WHERE engagement.fiscal_year=:fiscal_year AND engagement.status IN ('supported', 'graduated')
   AND engagement.deleted<>1
"""


def held(reading: Reading, first: str, after: str) -> list[Found]:
    """面談 that start from one day up to before another, with how manieth of its company each is."""
    return reading.query(_HELD, first=first, after=after)


def noted(reading: Reading, first: str, after: str) -> list[Found]:
    """Next visits that were noted for these days and have no 面談 of their own on that day yet."""
    return reading.query(_NOTED, first=first, after=after)


def open_homework(reading: Reading, limit: int | None = None) -> list[Found]:
    """The open actions that are due first (all without a limit), those without a day last."""
    return reading.query(_OPEN, limit=-1 if limit is None else limit)


def open_counts(reading: Reading, today: str) -> list[Found]:
    """How many actions of each company are open, how many of them overdue, how many without an owner."""
    return reading.query(_OPEN_COUNTS, today=today)


def leftover_lines(reading: Reading, first: str, after: str) -> list[Found]:
    """Per finished 面談 of these days: how many of its lines bear no mark; newest first."""
    return reading.query(_LEFTOVER, first=first, after=after)


def to_read_back(reading: Reading, first: str, after: str) -> list[Found]:
    """The finished 面談 of these days in which something was said that is read back; newest first."""
    return reading.query(_TO_READ_BACK, first=first, after=after)


def supported(reading: Reading, fiscal_year: int) -> int:
    """How many companies are or were supported in a 年度."""
    return int(reading.query(_SUPPORTED, fiscal_year=fiscal_year)[0]["companies"])
