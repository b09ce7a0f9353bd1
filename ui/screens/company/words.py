"""Words that list and file of companies share: how near a day is, short names, states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.rows.companies import CourseRow
from ui.day_words import SOON_DAYS, overdue_words
from ui.theme.paint import State


def soon_words(days: int) -> str:
    """How near a coming day is."""
    return "今日" if days == 0 else f"あと{days}日"


def due_state(due_on: date | None, today: date) -> State | None:
    """The chip of a due date; none while it is far away."""
    if due_on is None:
        return None
    days = (due_on - today).days
    if days < 0:
        return State("danger", overdue_words(-days))
    return State("warn", soon_words(days)) if days <= SOON_DAYS else None


def family_names(names: Sequence[str]) -> str:
    """「佐藤・鈴木」; in full where two share a family name."""
    short = [name.split()[0] if name.split() else name for name in names]
    return "・".join(short if len(set(short)) == len(short) else names)


def session_state(entry: CourseRow, now: datetime) -> State | None:
    """予定 or 記録中; none once it is finished."""
    if entry.is_finished:
        return None
    if entry.starts_at is not None and entry.starts_at > now:
        return State("info", "予定", "calendar")
    return State("warn", "記録中", "pencil")
