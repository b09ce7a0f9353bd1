"""経過 in the words of a timeline: the 面談 of a company, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.domain.calendar import fiscal_year_short
from app.domain.terms import SessionMethod
from app.rows.companies import CourseRow
from ui.day_words import month_day_weekday
from ui.screens.company.words import session_state
from ui.theme.paint import State
from ui.widgets.timeline_list import TimelineEvent

METHOD_ICONS = {
    SessionMethod.VISIT: "note",
    SessionMethod.OFFICE: "company",
    SessionMethod.ONLINE: "device",
    SessionMethod.PHONE: "phone",
}


def course_events(course: Iterable[CourseRow], now: datetime) -> list[TimelineEvent]:
    """One event per 面談; `now` is the wall time, which parts what is planned from what was held."""
    newest_first = sorted(course, key=lambda entry: entry.ordinal, reverse=True)
    return [_event(entry, now) for entry in newest_first]


def _event(entry: CourseRow, now: datetime) -> TimelineEvent:
    state = session_state(entry, now)
    counts = (("決定", entry.decisions, "check"), ("宿題", entry.homework, "square"))
    states = tuple(State("flat", f"{word} {count}", icon) for word, count, icon in counts if count)
    facts = State("flat", f"事実 {entry.facts}", "dot")
    if not states and entry.facts:
        states = (facts,)
    return TimelineEvent(
        key=entry.id,
        when=month_day_weekday(entry.starts_at.date()) if entry.starts_at else "日付なし",
        icon=METHOD_ICONS.get(entry.method, "note") if entry.method else "note",
        head=f"第{entry.ordinal}回面談",
        text="。".join(part for part in (_where(entry), entry.purpose) if part),
        tone="primary" if state is None else "sub",
        states=(state, *states) if state else states,
        year=fiscal_year_short(entry.fiscal_year) if entry.fiscal_year else "",
    )


def _where(entry: CourseRow) -> str:
    if entry.method in (SessionMethod.PHONE, SessionMethod.ONLINE):
        return entry.method.term
    return entry.place
