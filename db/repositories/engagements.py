"""Finding the support of a company by 年度."""

from __future__ import annotations

from db.reading import Found, Reading

_NEWEST = """
SELECT id, company_id, fiscal_year, status, stage, aim FROM engagement
 WHERE company_id=:company_id AND deleted<>1 AND fiscal_year<=:fiscal_year
 ORDER BY fiscal_year DESC, id LIMIT 1
"""


def newest(reading: Reading, company_id: str, fiscal_year: int) -> Found | None:
    """A company's engagement of a 年度, or of the last one before it; None when there is none."""
    found = reading.query(_NEWEST, company_id=company_id, fiscal_year=fiscal_year)
    return found[0] if found else None
