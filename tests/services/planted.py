"""Companies in which every text a person can type holds a marker, with what is known of who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Text

from app.domain.ids import dependent_id
from app.domain.links import LinkKind, link_record_id
from app.domain.terms import Confidentiality, Mark
from app.workplace import Workplace
from db.cells import BY_NAME
from db.unit_of_work import UnitOfWork
from tests.services.records import wall

OWN_LEVELS = (None, *Confidentiality)
# fmt: off
CODED = frozenset((
    "company_id", "engagement_id", "support_session_id", "action_plan_id", "parent_id", "owner_id",
    "source_line_id", "source_seed_id", "source_issue_id", "left_id", "right_id", "confidentiality",
    "mark", "kind", "status", "stage", "method", "side", "next_time", "management_code",
    "management_codes", "perspective_codes", "order_key", "protection", "useful_state",
    "non_public_state", "managed_state", "code", "size_override", "industry_major", "industry_middle",
    "corporate_number", "founded_on", "approval_boxes", "search_key",
))
# fmt: on
"""Text columns that hold ids, codes and choices; all others are typed."""


@dataclass(frozen=True)
class Marker:
    """One planted text: the levels that hold for it, its own first, and whether it is 秘密."""

    text: str
    column: str
    levels: tuple[Confidentiality | None, ...]
    is_secret: bool = False

    def may_leave(self, chosen: Confidentiality) -> bool:
        """What settled the matter before any code was written: the nearest level that is set decides."""
        order = list(Confidentiality)
        nearest = next(level for level in self.levels if level is not None)
        return not self.is_secret and order.index(nearest) >= order.index(chosen)


def typed_columns(record_type: str) -> Iterator[str]:
    """The columns of a record that hold what people type."""
    for column in BY_NAME[record_type].table.columns:
        is_text = type(column.type) is Text and column.name not in {"id", "compartment"}
        if is_text and column.name not in CODED:
            yield column.name


@dataclass
class Planting:
    """Plants records, remembering every marker."""

    place: Workplace
    work: UnitOfWork
    markers: list[Marker] = field(default_factory=list)
    company: str = ""
    _company_level: Confidentiality = Confidentiality.ASSIGNED

    def put(
        self,
        record_type: str,
        *levels: Confidentiality | None,
        is_secret: bool = False,
        has_level: bool = True,
        **values: object,
    ) -> str:
        """Write a record whose typed columns hold markers; its own level comes first in `levels`."""
        record_id = self.place.new_id()
        for column in typed_columns(record_type):
            if column not in values:
                values[column] = self._marked(column, (*levels, self._company_level), is_secret)
        if has_level and levels:
            values["confidentiality"] = levels[0]
        if "company_id" in BY_NAME[record_type].cell_of_column:
            values.setdefault("company_id", self.company)
        self.work.save(record_type, record_id, values, compartment=self.company or record_id)
        return record_id

    def new_company(self, level: Confidentiality, name: str) -> str:
        """Begin another company; its name and number stand on every page."""
        self.company, self._company_level = "", level
        self.company = self.put("company", level, name=name)
        return self.company

    def link(self, left: str, kind: LinkKind, right: str) -> None:
        """Link two records of the company."""
        ends = {"left_id": left, "kind": kind.value, "right_id": right, "present": True}
        self.work.save("link", link_record_id(left, kind, right), ends, compartment=self.company)

    def _marked(self, column: str, levels: tuple[Confidentiality | None, ...], is_secret: bool) -> str:
        text = f"ZQ{len(self.markers):05}X"
        self.markers.append(Marker(text, column, levels, is_secret))
        return text


def plant_company(planting: Planting, level: Confidentiality, plan_level: Confidentiality | None) -> str:
    """A company with 面談 and lines of every own level, their homework, and everything that is 秘密."""
    company = planting.new_company(level, f"会社{len(planting.markers)}")
    engagement = planting.put("engagement", fiscal_year=2025)
    _plant_plan(planting, engagement, plan_level)
    for number, session_level in enumerate(OWN_LEVELS):
        session = planting.put(
            "support_session", session_level, starts_at=wall(f"2025-05-{number + 1:02}T13:00"), method="visit"
        )
        person = planting.put("person", session_level, has_level=False, side="company")
        planting.link(session, LinkKind.ATTENDEE, person)
        for line_level in OWN_LEVELS:
            _plant_line(planting, engagement, session, (line_level, session_level), is_secret=False)
        _plant_line(planting, engagement, session, (Confidentiality.PUBLIC, session_level), is_secret=True)
    for own in OWN_LEVELS:
        planting.put("issue", own, engagement_id=engagement)
        planting.put("ip_seed", own, engagement_id=engagement, kind="brand")
        planting.put("action_item", own, engagement_id=engagement)
        answer = {"company_id": company, "code": f"code {own}", "confidentiality": own}
        planting.work.save(
            "intake_answer",
            dependent_id(company, "intake_answer", f"code {own}"),
            {**answer, "value": planting._marked("value", (own, level), is_secret=False)},
            compartment=company,
        )
    planting.put("action_item", Confidentiality.PUBLIC, engagement_id=None, owner_id=None)
    return company


def _plant_plan(planting: Planting, engagement: str, level: Confidentiality | None) -> None:
    plan = planting.put("action_plan", level, engagement_id=engagement)
    planting.put("indicator", level, has_level=False, action_plan_id=plan)
    day = wall("2025-09-01T00:00").date()
    planting.put("milestone", level, has_level=False, action_plan_id=plan, due_on=day)


def _plant_line(
    planting: Planting,
    engagement: str,
    session: str,
    levels: tuple[Confidentiality | None, Confidentiality | None],
    *,
    is_secret: bool,
) -> None:
    stamp = planting.place.now()
    line = planting.put(
        "note_line",
        *levels,
        is_secret=is_secret,
        support_session_id=session,
        stamped_at=stamp,
        order_key=f"{stamp:%H%M%S%f}1",
        mark=Mark.DECISION,
    )
    if is_secret:
        planting.work.save("note_line", line, {"is_secret": True})
        _plant_derived(planting, engagement, line)
    for own in (None, Confidentiality.PUBLIC, Confidentiality.ASSIGNED):
        chain = (own, *levels)
        planting.put(
            "action_item", *chain, is_secret=is_secret, engagement_id=engagement, source_line_id=line
        )


def _plant_derived(planting: Planting, engagement: str, line: str) -> None:
    """What rests on one secret line alone, and what was planned from that."""
    public = Confidentiality.PUBLIC
    for kind, source in (("issue", "source_issue_id"), ("ip_seed", "source_seed_id")):
        item = planting.put(kind, public, is_secret=True, engagement_id=engagement)
        planting.link(item, LinkKind.EVIDENCE, line)
        origin = {source: item}
        planting.put("action_item", public, is_secret=True, engagement_id=engagement, **origin)
