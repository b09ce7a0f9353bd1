"""Gathering what S06 shows of one company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.confidentiality import level_of
from app.domain.links import LinkKind
from app.domain.masters import IP_PERSPECTIVE
from app.domain.terms import ActionStatus, Mark, SecrecyState, SeedKind
from app.rows.analysis import (
    AnalysisSheet,
    HeardLine,
    IssueRow,
    PlannedAction,
    Requirement,
    SeedGroup,
    SeedRow,
)
from app.rows.building import row
from app.services.masters import entry_id
from db.repositories import analysis as heard

if TYPE_CHECKING:
    from app.masters import Masters
    from db.reading import Found, Reading

REQUIREMENT_TERMS = {"useful": "役に立つ", "non_public": "知られていない", "managed": "秘密として管理"}
"""The three requirements of a trade secret in plain words, by the code that names their columns."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def perspective_id(code: str) -> str:
    """The record id, as text, of a 知財の視点."""
    return entry_id(IP_PERSPECTIVE, code)


class AnalysisReader:
    """Reads one company's analysis within one moment."""

    def __init__(self, reading: Reading, masters: Masters) -> None:
        self._reading = reading
        self._masters = masters

    def sheet(self, company_id: str) -> AnalysisSheet:
        """The sheet of a company; an unknown company has an empty one."""
        issues = self._reading.records("issue", company_id=company_id, order=("order_key", "id"))
        seeds = self._reading.records("ip_seed", company_id=company_id, order=("order_key", "id"))
        lines = heard.lines(self._reading, company_id)
        evidence = heard.evidence(self._reading, [item["id"] for item in (*issues, *seeds)])
        kept_lines = {line["id"] for line in lines}
        lines_of, items_of = _both_ways([pair for pair in evidence if pair[1] in kept_lines])
        actions = _by_source(heard.actions(self._reading, company_id))
        return AnalysisSheet(
            company_id=company_id,
            lines=tuple(_line(line, items_of) for line in lines),
            issues=self._issues(issues, lines_of, actions),
            groups=_groups([_seed(seed, lines_of, actions) for seed in seeds]),
        )

    def _issues(
        self,
        found: Sequence[Found],
        lines_of: Mapping[str, list[str]],
        actions: Mapping[str, list[PlannedAction]],
    ) -> tuple[IssueRow, ...]:
        chosen = self._perspectives([issue["id"] for issue in found])
        return tuple(self._issue(issue, chosen[issue["id"]], lines_of, actions) for issue in found)

    def _issue(
        self,
        issue: Found,
        codes: Sequence[str],
        lines_of: Mapping[str, list[str]],
        actions: Mapping[str, list[PlannedAction]],
    ) -> IssueRow:
        management = self._masters.management_issue.get(issue["management_code"] or "")
        return row(
            IssueRow,
            issue,
            management_term=management.word if management else "",
            perspective_codes=tuple(codes),
            perspective_terms=tuple(self._masters.ip_perspective[code].word for code in codes),
            evidence=tuple(lines_of[issue["id"]]),
            actions=tuple(actions[issue["id"]]),
            level=level_of(issue["confidentiality"]),
        )

    def _perspectives(self, issue_ids: Sequence[str]) -> Mapping[str, list[str]]:
        codes = {perspective_id(each.code): each.code for each in self._masters.ip_perspectives}
        chosen: dict[str, list[str]] = defaultdict(list)
        for issue_id, perspective in self._reading.linked(LinkKind.PERSPECTIVE, left_ids=issue_ids):
            if perspective in codes:
                chosen[issue_id].append(codes[perspective])
        return chosen


def instant(stored: int | None) -> datetime | None:
    """The instant behind milliseconds since 1970."""
    return None if stored is None else _EPOCH + timedelta(milliseconds=stored)


def _both_ways(
    pairs: Sequence[tuple[str, str]],
) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    lines_of: dict[str, list[str]] = defaultdict(list)
    items_of: dict[str, list[str]] = defaultdict(list)
    for item, line in pairs:
        lines_of[item].append(line)
        items_of[line].append(item)
    return lines_of, items_of


def _by_source(found: Sequence[Found]) -> Mapping[str, list[PlannedAction]]:
    by_source: dict[str, list[PlannedAction]] = defaultdict(list)
    for action in found:
        planned = row(PlannedAction, action, status=ActionStatus(action["status"] or ActionStatus.OPEN))
        for source in ("source_line_id", "source_seed_id", "source_issue_id"):
            if action[source]:
                by_source[action[source]].append(planned)
    return by_source


def _line(line: Found, items_of: Mapping[str, list[str]]) -> HeardLine:
    return HeardLine(
        id=line["id"],
        support_session_id=line["support_session_id"],
        session_ordinal=line["session_ordinal"],
        session_on=date.fromisoformat(line["starts_at"][:10]) if line["starts_at"] else None,
        stamped_at=instant(line["stamped_at"]),
        text=line["text"],
        mark=Mark(line["mark"]) if line["mark"] else None,
        is_secret=bool(line["is_secret"]),
        cited_by=tuple(items_of[line["id"]]),
    )


def _seed(
    seed: Found, lines_of: Mapping[str, list[str]], actions: Mapping[str, list[PlannedAction]]
) -> SeedRow:
    return row(
        SeedRow,
        {**seed, "kind": seed["kind"] or SeedKind.TECHNOLOGY},
        requirements=tuple(_requirement(seed, code) for code in REQUIREMENT_TERMS),
        evidence=tuple(lines_of[seed["id"]]),
        actions=tuple(actions[seed["id"]]),
        level=level_of(seed["confidentiality"]),
    )


def _requirement(seed: Found, code: str) -> Requirement:
    state = SecrecyState(seed[f"{code}_state"] or SecrecyState.UNCHECKED)
    return Requirement(code, REQUIREMENT_TERMS[code], state, seed[f"{code}_note"] or "")


def _groups(seeds: Sequence[SeedRow]) -> tuple[SeedGroup, ...]:
    kinds = dict.fromkeys((*SeedKind, *(seed.kind for seed in seeds)))
    return tuple(SeedGroup(kind, tuple(seed for seed in seeds if seed.kind == kind)) for kind in kinds)
