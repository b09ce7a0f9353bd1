"""Finding companies, people and 面談 by a few typed words."""

from __future__ import annotations

from db.reading import Found, Reading

_COMPANIES = """
SELECT company.id, company.name, company.kana, company.city, company.industry_major, company.industry_middle
  FROM company
  LEFT JOIN (SELECT company_id, max(starts_at) AS last_at FROM support_session GROUP BY company_id) AS met
       ON met.company_id=company.id
 WHERE company.deleted<>1 AND instr(company.search_key, :folded)
 ORDER BY instr(replace(' '||company.search_key, :legal_form, ' '), ' '||:folded)=0,
          met.last_at DESC, company.search_key, company.id
 LIMIT :limit
"""

_PEOPLE = """
SELECT person.id, person.name, person.body, person.role, person.company_id, company.name AS company_name
  FROM person LEFT JOIN company ON company.id=person.company_id
  LEFT JOIN (SELECT company_id, max(starts_at) AS last_at FROM support_session GROUP BY company_id) AS met
       ON met.company_id=person.company_id
 WHERE person.deleted<>1 AND instr(person.search_key, :folded)
   AND (person.company_id IS NULL OR company.deleted<>1)
 ORDER BY instr(' '||person.search_key, ' '||:folded)=0, met.last_at DESC, person.search_key, person.id
 LIMIT :limit
"""

_SESSIONS = """
SELECT session.id, session.company_id, session.starts_at, session.place, session.purpose,
       company.name AS company_name,
       (SELECT count(*) FROM support_session AS earlier
         WHERE earlier.company_id=session.company_id AND earlier.deleted<>1
           AND (earlier.starts_at, earlier.id)<=(session.starts_at, session.id)) AS ordinal
  FROM support_session AS session JOIN company ON company.id=session.company_id AND company.deleted<>1
 WHERE session.starts_at>=:day AND session.starts_at<:day||'U' AND session.deleted<>1
   AND instr(company.search_key, :folded)
 ORDER BY session.starts_at DESC, session.id
"""


def companies(reading: Reading, folded: str, legal_form: str, limit: int) -> list[Found]:
    """Companies with these folded words in name, kana or number.

    What begins with them comes first, not counting the folded legal form in front; then what was met last.
    """
    legal = f" {legal_form}"
    return reading.query(_COMPANIES, folded=folded, legal_form=legal, limit=limit)


def people(reading: Reading, folded: str, limit: int) -> list[Found]:
    """People of the team and of companies that are there, in the same order, found by name, kana or body."""
    return reading.query(_PEOPLE, folded=folded, limit=limit)


def sessions_on(reading: Reading, day: str, folded: str) -> list[Found]:
    """The 面談 of a day, latest first, of companies with these folded words (all for none)."""
    return reading.query(_SESSIONS, day=day, folded=folded)
