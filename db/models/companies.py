"""Companies, their engagements by 年度, and what was answered at intake."""

from __future__ import annotations

from sqlalchemy import Integer

from db.base import column, projection
from db.types import Flag, PlainDate, UtcInstant

COMPANY = projection(
    "company",
    column("name"),
    column("kana"),
    column("corporate_number"),
    column("is_sole_proprietor", Flag),
    column("representative_name"),
    column("representative_kana"),
    column("representative_title"),
    column("postal_code"),
    column("prefecture"),
    column("city"),
    column("street"),
    column("employees_regular", Integer),
    column("employees_part", Integer),
    column("industry_major"),
    column("industry_middle"),
    column("products"),
    column("capital_thousand_yen", Integer),
    column("founded_on"),
    column("size_override"),
    column("is_deemed_large", Flag),
    column("confidentiality"),
    column("search_key"),
)
ENGAGEMENT = projection(
    "engagement",
    column("company_id"),
    column("fiscal_year", Integer),
    column("status"),
    column("status_reason"),
    column("status_on", PlainDate),
    column("stage"),
    column("aim"),
    indexed=("company_id", "fiscal_year"),
)
INTAKE_ANSWER = projection(
    "intake_answer",
    column("company_id"),
    column("code"),
    column("value"),
    column("confidentiality"),
    indexed=("company_id",),
)
ISSUED_DOCUMENT = projection(
    "issued_document",
    column("company_id"),
    column("kind"),
    column("level"),
    column("destination"),
    column("pages", Integer),
    column("sha256"),
    column("issued_at", UtcInstant),
    indexed=("company_id",),
)
