"""What leaves a transaction about 分析: the lines heard, the 課題 and the 知財の種 drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.terms import ActionStatus, Confidentiality, Mark, Protection, SecrecyState, SeedKind

SORTED_MARKS = frozenset((Mark.FACT, Mark.ISSUE, Mark.DECISION))
"""Marks of the lines that wait to be drawn on; 宿題 and 期限 have their own places."""


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line of a 面談, and the ids of the issues and seeds that rest on it."""

    id: str
    support_session_id: str
    session_ordinal: int
    session_on: date | None
    stamped_at: datetime | None
    text: str
    mark: Mark | None
    is_secret: bool
    cited_by: tuple[str, ...] = ()

    @property
    def is_unsorted(self) -> bool:
        """Whether the line bears 事実, 課題 or 決定 and nothing rests on it yet."""
        return self.mark in SORTED_MARKS and not self.cited_by


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """A すること that follows from an issue, a seed or a line."""

    id: str
    title: str
    status: ActionStatus


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A 課題. `level` is its own 取扱, None when it takes the company's; `evidence` are ids of lines."""

    id: str
    title: str
    management_code: str | None
    management_term: str
    perspective_codes: tuple[str, ...]
    perspective_terms: tuple[str, ...]
    response: str
    evidence: tuple[str, ...]
    actions: tuple[PlannedAction, ...]
    level: Confidentiality | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the three requirements of a trade secret (不正競争防止法2条6項); `code` names its columns."""

    code: str
    term: str
    state: SecrecyState
    note: str


@dataclass(frozen=True, slots=True)
class SeedRow:
    """A 知財の種. `level` is its own 取扱, None when it takes the company's; `evidence` are ids of lines."""

    id: str
    name: str
    kind: SeedKind
    description: str
    protection: Protection | None
    protection_reason: str
    requirements: tuple[Requirement, ...]
    evidence: tuple[str, ...]
    actions: tuple[PlannedAction, ...]
    level: Confidentiality | None

    @property
    def met_count(self) -> int:
        """How many of the three requirements are met."""
        return sum(requirement.state is SecrecyState.MET for requirement in self.requirements)


@dataclass(frozen=True, slots=True)
class SeedGroup:
    """The seeds of one kind; every kind has its group, also an empty one."""

    kind: SeedKind
    seeds: tuple[SeedRow, ...]


@dataclass(frozen=True, slots=True)
class AnalysisSheet:
    """Everything S06 shows of one company. Lines stand newest 面談 first, within it in their order."""

    company_id: str
    lines: tuple[HeardLine, ...]
    issues: tuple[IssueRow, ...]
    groups: tuple[SeedGroup, ...]

    @property
    def unsorted(self) -> tuple[HeardLine, ...]:
        """未整理: the lines to be drawn on, on which nothing rests yet."""
        return tuple(line for line in self.lines if line.is_unsorted)

    @property
    def seeds(self) -> tuple[SeedRow, ...]:
        """All seeds, kind by kind."""
        return tuple(seed for group in self.groups for seed in group.seeds)

    def evidence_of(self, item: IssueRow | SeedRow) -> tuple[HeardLine, ...]:
        """The lines an issue or seed rests on, oldest 面談 first."""
        wanted = frozenset(item.evidence)
        found = [line for line in self.lines if line.id in wanted]
        return tuple(sorted(found, key=lambda line: line.session_ordinal))
