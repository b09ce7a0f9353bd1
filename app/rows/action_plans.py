"""What leaves a transaction about 行動計画."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.action_rules import is_open
from app.domain.terms import ActionStatus, Confidentiality, Stage


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One すること, numbered as the table shows it.

    `depth` is 1 below a parent of the same stage, else 0. `source_words` name the line it came from, such as
    「7/22 決定1」, never its text; without a line they are the words of its seed or issue. `level` is its own
    取扱, None when it takes the company's.
    """

    id: str
    number: int
    title: str
    owner_id: str | None
    owner: str
    start_on: date | None
    due_on: date | None
    status: ActionStatus
    done_on: date | None
    progress_percent: int
    stage: Stage | None
    parent_id: str | None
    depth: int
    source_words: str
    source_line_id: str | None
    source_session_id: str | None
    source_seed_id: str | None
    source_issue_id: str | None
    note: str
    level: Confidentiality | None
    overdue_days: int
    is_carried_over: bool
    has_conflict: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return is_open(self.status)

    @property
    def is_overdue(self) -> bool:
        """Whether it is open past its day."""
        return self.overdue_days > 0


@dataclass(frozen=True, slots=True)
class StageGroup:
    """The actions of one 段階; the last group may be those without one."""

    stage: Stage | None
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class OwnerGroup:
    """The actions of one person; `owner` is empty for those that nobody has."""

    owner_id: str | None
    owner: str
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of one 年度: its goal and period. It has an id also before anything was written."""

    id: str
    goal: str
    starts_on: date | None
    ends_on: date | None
    level: Confidentiality | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One of up to five 指標; the values are as people write them."""

    id: str
    name: str
    unit: str
    baseline: str
    target: str
    actual: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A 主要期日 of the plan."""

    id: str
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A 課題 with its 対応方針."""

    id: str
    title: str
    management_term: str
    response: str
    level: Confidentiality | None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Everything S07 and the printed plan show of one company in one 年度."""

    company_id: str
    fiscal_year: int
    engagement_id: str | None
    stage: Stage | None
    plan: PlanRow
    indicators: tuple[IndicatorRow, ...]
    milestones: tuple[MilestoneRow, ...]
    issues: tuple[ResponseRow, ...]
    stages: tuple[StageGroup, ...]

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        """All actions in the order of their numbers."""
        return tuple(action for group in self.stages for action in group.actions)

    @property
    def by_owner(self) -> tuple[OwnerGroup, ...]:
        """担当別: soonest due first within a person, people in order of their first action, nobody last."""
        owners = dict.fromkeys((action.owner_id, action.owner) for action in self.actions)
        ordered = sorted(owners, key=lambda owner: not owner[1])
        return tuple(OwnerGroup(*owner, self._of_owner(*owner)) for owner in ordered)

    def _of_owner(self, owner_id: str | None, owner: str) -> tuple[ActionRow, ...]:
        found = (a for a in self.actions if (a.owner_id, a.owner) == (owner_id, owner))
        return tuple(sorted(found, key=lambda action: (not action.is_open, action.due_on or date.max)))
