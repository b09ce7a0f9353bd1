"""Which fields of which record travel, in which groups, and how disagreeing heads are settled.

The names here are in every store and will be in every shared log: they are permanent. A field that
is renamed becomes a new field (design: versions). Derived columns (`search_key`) are not listed:
they are computed from the others whenever the projection is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Table

from db.models import attachments, companies, plans, support_sessions, team

DELETED = "_deleted"
SETTLED = "_settled"
"""Of any record: which cell a person decided last between two values, and why. It has no column."""


@dataclass(frozen=True)
class Cell:
    """One field, or one group of columns that only make sense together, of a record."""

    name: str
    policy: str = "latest"
    columns: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether the value is a map of several columns."""
        return bool(self.columns)


@dataclass(frozen=True)
class RecordType:
    """A kind of record: its permanent name, projection, cells, and what its search key is made of."""

    name: str
    table: Table
    cells: tuple[Cell, ...]
    searched: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Cell]:
        """Cells by name."""
        return {cell.name: cell for cell in self.cells}

    @cached_property
    def cell_of_column(self) -> Mapping[str, Cell]:
        """Which cell a column belongs to."""
        return {column: cell for cell in self.cells for column in (cell.columns or (cell.name,))}


def _cells(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell(name) for name in names)


def _texts(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell(name, "text") for name in names)


_LEVEL = Cell("confidentiality", "strictest")

RECORD_TYPES: tuple[RecordType, ...] = (
    RecordType("team", team.TEAM, _cells("region", "approval_boxes", "meeting_name")),
    RecordType("project_year", team.PROJECT_YEAR, (Cell("year", columns=("fiscal_year", "year_number")),)),
    RecordType(
        "person",
        team.PERSON,
        _cells("company_id", "side", "name", "kana", "body", "role", "phone", "email", "duty", "order_key"),
        searched=("name", "kana", "body"),
    ),
    RecordType(
        "master_item",
        team.MASTER_ITEM,
        (
            Cell("identity", columns=("kind", "code")),
            *_texts("label", "detail"),
            *_cells("management_codes", "perspective_codes", "is_hidden"),
        ),
    ),
    RecordType(
        "link",
        team.LINK,
        (Cell("ends", columns=("left_id", "kind", "right_id")), Cell("present", "true-wins")),
    ),
    RecordType(
        "company",
        companies.COMPANY,
        (
            *_cells("name", "kana", "corporate_number", "is_sole_proprietor"),
            Cell(
                "representative",
                columns=("representative_name", "representative_kana", "representative_title"),
            ),
            Cell("address", columns=("postal_code", "prefecture", "city", "street")),
            Cell("employees", columns=("employees_regular", "employees_part")),
            Cell("industry", columns=("industry_major", "industry_middle")),
            *_texts("products"),
            *_cells("capital_thousand_yen", "founded_on", "size_override", "is_deemed_large"),
            _LEVEL,
        ),
        searched=("name", "kana", "corporate_number"),
    ),
    RecordType(
        "engagement",
        companies.ENGAGEMENT,
        (
            *_cells("company_id", "fiscal_year"),
            Cell("standing", columns=("status", "status_reason", "status_on")),
            *_cells("stage"),
            *_texts("aim"),
        ),
    ),
    RecordType(
        "intake_answer",
        companies.INTAKE_ANSWER,
        (Cell("question", columns=("company_id", "code")), *_texts("value"), _LEVEL),
    ),
    RecordType(
        "issued_document",
        companies.ISSUED_DOCUMENT,
        (
            *_cells("company_id"),
            Cell("issue", columns=("kind", "level", "destination", "pages", "sha256", "issued_at")),
        ),
    ),
    RecordType(
        "support_session",
        support_sessions.SUPPORT_SESSION,
        (
            *_cells("company_id", "engagement_id"),
            Cell("period", columns=("starts_at", "ends_at")),
            *_cells("method", "place"),
            *_texts("purpose"),
            Cell("next_visit", columns=("next_on", "next_time")),
            *_texts("next_topic"),
            *_cells("finished_at"),
            _LEVEL,
        ),
    ),
    RecordType(
        "note_line",
        support_sessions.NOTE_LINE,
        (
            *_cells("company_id", "support_session_id", "stamped_at", "order_key"),
            *_texts("text"),
            *_cells("mark"),
            Cell("is_secret", "true-wins"),
            _LEVEL,
        ),
    ),
    RecordType(
        "read_back",
        support_sessions.READ_BACK,
        (
            *_cells("company_id", "support_session_id"),
            Cell("subject", columns=("line_id", "action_id")),
            Cell("answer", columns=("outcome", "read_as", "person_id", "answered_at")),
            *_texts("their_wording"),
        ),
    ),
    RecordType(
        "attachment",
        attachments.ATTACHMENT,
        (
            *_cells("company_id", "support_session_id", "name"),
            *_texts("note"),
            Cell("content", columns=("blob_id", "blob_key", "size", "media_type")),
            *_cells("added_at", "erased_at"),
            _LEVEL,
        ),
    ),
    RecordType(
        "issue",
        plans.ISSUE,
        (
            *_cells("company_id", "engagement_id", "management_code", "order_key"),
            *_texts("title", "response"),
            _LEVEL,
        ),
    ),
    RecordType(
        "ip_seed",
        plans.IP_SEED,
        (
            *_cells("company_id", "engagement_id", "name", "kind", "order_key"),
            *_texts("description"),
            Cell("protection", columns=("protection", "protection_reason")),
            Cell("useful", columns=("useful_state", "useful_note")),
            Cell("non_public", columns=("non_public_state", "non_public_note")),
            Cell("managed", columns=("managed_state", "managed_note")),
            _LEVEL,
        ),
    ),
    RecordType(
        "action_plan",
        plans.ACTION_PLAN,
        (
            *_cells("company_id", "engagement_id"),
            *_texts("goal"),
            Cell("period", columns=("starts_on", "ends_on")),
            _LEVEL,
        ),
    ),
    RecordType(
        "indicator",
        plans.INDICATOR,
        _cells("company_id", "action_plan_id", "name", "unit", "baseline", "target", "actual", "order_key"),
    ),
    RecordType("milestone", plans.MILESTONE, _cells("company_id", "action_plan_id", "title", "due_on")),
    RecordType(
        "action_item",
        plans.ACTION_ITEM,
        (
            *_cells("company_id", "engagement_id"),
            *_texts("title"),
            Cell("owner", columns=("owner_id", "owner_name")),
            *_cells("start_on", "due_on"),
            Cell("progress", columns=("status", "done_on", "progress_percent")),
            *_cells("parent_id", "stage", "source_line_id", "source_seed_id", "source_issue_id"),
            *_texts("note"),
            *_cells("order_key"),
            _LEVEL,
        ),
    ),
)
BY_NAME: Mapping[str, RecordType] = {kind.name: kind for kind in RECORD_TYPES}
