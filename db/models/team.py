"""The team's own records: region, project years, people, edited master data, links."""

from __future__ import annotations

from sqlalchemy import Index, Integer

from db.base import column, projection
from db.types import Flag

TEAM = projection("team", column("region"), column("approval_boxes"), column("meeting_name"))
PROJECT_YEAR = projection("project_year", column("fiscal_year", Integer), column("year_number", Integer))
PERSON = projection(
    "person",
    column("company_id"),
    column("side"),
    column("name"),
    column("kana"),
    column("body"),
    column("role"),
    column("phone"),
    column("email"),
    column("duty"),
    column("order_key"),
    column("search_key"),
    indexed=("company_id",),
)
MASTER_ITEM = projection(
    "master_item",
    column("kind"),
    column("code"),
    column("label"),
    column("detail"),
    column("management_codes"),
    column("perspective_codes"),
    column("is_hidden", Flag),
)
LINK = projection(
    "link",
    column("left_id"),
    column("kind"),
    column("right_id"),
    column("present", Flag),
    indexed=("left_id", "kind"),
)
Index("link_by_right_id", LINK.c.right_id, LINK.c.kind)
