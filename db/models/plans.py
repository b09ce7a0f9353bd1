"""課題, 知財の種, and the plan that follows from them."""

from __future__ import annotations

from sqlalchemy import Integer

from db.base import column, projection
from db.types import PlainDate

ISSUE = projection(
    "issue",
    column("company_id"),
    column("engagement_id"),
    column("title"),
    column("management_code"),
    column("response"),
    column("order_key"),
    column("confidentiality"),
    indexed=("company_id",),
)
IP_SEED = projection(
    "ip_seed",
    column("company_id"),
    column("engagement_id"),
    column("name"),
    column("kind"),
    column("description"),
    column("protection"),
    column("protection_reason"),
    column("useful_state"),
    column("useful_note"),
    column("non_public_state"),
    column("non_public_note"),
    column("managed_state"),
    column("managed_note"),
    column("order_key"),
    column("confidentiality"),
    indexed=("company_id",),
)
ACTION_PLAN = projection(
    "action_plan",
    column("company_id"),
    column("engagement_id"),
    column("goal"),
    column("starts_on", PlainDate),
    column("ends_on", PlainDate),
    column("confidentiality"),
    indexed=("company_id",),
)
INDICATOR = projection(
    "indicator",
    column("company_id"),
    column("action_plan_id"),
    column("name"),
    column("unit"),
    column("baseline"),
    column("target"),
    column("actual"),
    column("order_key"),
    indexed=("action_plan_id",),
)
MILESTONE = projection(
    "milestone",
    column("company_id"),
    column("action_plan_id"),
    column("title"),
    column("due_on", PlainDate),
    indexed=("action_plan_id",),
)
ACTION_ITEM = projection(
    "action_item",
    column("company_id"),
    column("engagement_id"),
    column("title"),
    column("owner_id"),
    column("owner_name"),
    column("start_on", PlainDate),
    column("due_on", PlainDate),
    column("status"),
    column("done_on", PlainDate),
    column("progress_percent", Integer),
    column("parent_id"),
    column("stage"),
    column("source_line_id"),
    column("source_seed_id"),
    column("source_issue_id"),
    column("note"),
    column("order_key"),
    column("confidentiality"),
    indexed=("company_id", "due_on"),
)
