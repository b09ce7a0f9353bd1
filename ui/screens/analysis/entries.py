"""What the lists of 分析 show, made from the sheet alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.clock import JAPAN
from app.domain.action_rules import is_open
from app.domain.terms import ActionStatus, Protection
from app.rows.analysis import AnalysisSheet, HeardLine, IssueRow, PlannedAction, SeedRow
from ui.day_words import month_day
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.theme.paint import NEWER_STATE, SECRET_MARK, State

MASKED = "秘密の行"
PROTECTION_STATES = {
    Protection.FILE: State("info", Protection.FILE.term, "document"),
    Protection.SECRET: State("secret", Protection.SECRET.term),
    Protection.PUBLISH: State("ok", Protection.PUBLISH.term, "eye"),
    Protection.CONTRACT: State("flat", Protection.CONTRACT.term, "pencil"),
    None: State("off", "未定"),
}
ACTION_STATES = {
    ActionStatus.OPEN: State("flat", ActionStatus.OPEN.term),
    ActionStatus.DOING: State("info", ActionStatus.DOING.term, "right"),
    ActionStatus.REQUESTED: State("info", ActionStatus.REQUESTED.term),
    ActionStatus.DONE: State("ok", ActionStatus.DONE.term),
    ActionStatus.DROPPED: State("off", ActionStatus.DROPPED.term, "minus"),
}


def line_words(line: HeardLine) -> str:
    """A line's text; a 秘密 line never shows its own."""
    return MASKED if line.is_secret else line.text


def heard_at(line: HeardLine) -> str:
    """When it was said, as 「7/22 13:09」."""
    at = line.stamped_at.astimezone(JAPAN) if line.stamped_at else None
    on = line.session_on or (at.date() if at else None)
    return " ".join(part for part in (month_day(on) if on else "", f"{at:%H:%M}" if at else "") if part)


def line_entries(sheet: AnalysisSheet, *, only_unsorted: bool) -> list[Entry]:
    """The lines of the left column, each with the names of what rests on it."""
    names = _names(sheet)
    lines = sheet.unsorted if only_unsorted else [line for line in sheet.lines if line.text.strip()]
    return [_line_row(line, [names[key] for key in line.cited_by if key in names]) for line in lines]


def seed_entries(sheet: AnalysisSheet, line_id: str) -> list[Entry]:
    """The seeds by kind, kinds without any last; those that rest on the line `line_id` say so."""
    entries: list[Entry] = []
    for group in sheet.groups:
        if group.seeds:
            entries.append(ListHeading(group.kind.term))
            entries += [_seed_row(seed, line_id) for seed in group.seeds]
    empty = [group.kind.term for group in sheet.groups if not group.seeds]
    return entries + [ListHeading(term, "まだありません") for term in empty]


def issue_entries(sheet: AnalysisSheet, line_id: str) -> list[Entry]:
    """The 課題 with their 経営課題 below; those that rest on the line `line_id` say so."""
    return [
        ListRow(
            key=issue.id,
            title=issue.title,
            detail=" / ".join(
                part
                for part in (issue.management_term or "経営課題 未定", "・".join(issue.perspective_terms))
                if part
            ),
            right=_rests(issue.evidence, line_id),
            right_tone=_tone(issue.evidence, line_id),
        )
        for issue in sheet.issues
    ]


def evidence_entries(sheet: AnalysisSheet, item: IssueRow | SeedRow) -> list[Entry]:
    """The lines an item rests on."""
    return [
        ListRow(line.id, line_words(line), detail=heard_at(line), mark=_chip(line))
        for line in sheet.evidence_of(item)
    ]


def action_entries(actions: Iterable[PlannedAction]) -> list[Entry]:
    """The すること made from an item, open ones first."""
    ordered = sorted(actions, key=lambda action: not is_open(action.status))
    return [
        ListRow(action.id, action.title, states=(ACTION_STATES.get(action.status, NEWER_STATE),))
        for action in ordered
    ]


def _line_row(line: HeardLine, cited_in: Sequence[str]) -> ListRow:
    goes_to = "、".join(cited_in)
    return ListRow(
        key=line.id,
        title=line_words(line),
        detail=f"{heard_at(line)} → {goes_to}" if goes_to else heard_at(line),
        mark=_chip(line),
    )


def _chip(line: HeardLine) -> str:
    return SECRET_MARK if line.is_secret else str(line.mark or "")


def _seed_row(seed: SeedRow, line_id: str) -> ListRow:
    return ListRow(
        key=seed.id,
        title=seed.name,
        states=(PROTECTION_STATES.get(seed.protection, NEWER_STATE),),
        right=_rests(seed.evidence, line_id),
        right_tone=_tone(seed.evidence, line_id),
    )


def _rests(evidence: Sequence[str], line_id: str) -> str:
    return "この行が根拠" if line_id in evidence else f"根拠 {len(evidence)}"


def _tone(evidence: Sequence[str], line_id: str) -> str:
    return "primary" if line_id in evidence else "sub"


def _names(sheet: AnalysisSheet) -> dict[str, str]:
    issues = {issue.id: issue.title for issue in sheet.issues}
    return issues | {seed.id: seed.name for seed in sheet.seeds}
