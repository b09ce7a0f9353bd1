"""この面談のまとめ: what came out of the lines so far, and what is agreed for the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from app.clock import JAPAN
from app.domain.note_sheet import Line
from app.domain.said_days import SaidDay, said_days
from app.domain.terms import Mark
from app.rows.companies import PersonRow
from ui.screens.support_session.day_strip import UNCONFIRMED
from ui.screens.support_session.note_keeper import NoteKeeper
from ui.screens.support_session.summary import Summary, SummaryItem
from ui.screens.support_session.visit import Visit
from ui.screens.support_session.words import day_words, homework_words
from ui.widgets.notes.line_look import HIDDEN_LINE


def summary_of(
    visit: Visit, keeper: NoteKeeper, people: Mapping[str, PersonRow], *, faces_guest: bool
) -> Summary:
    """What the overview shows; before a guest nothing that came from a 秘密 line."""
    sheet = visit.sheet
    next_words = " ".join((day_words(sheet.next_on) if sheet.next_on else "", sheet.next_time)).strip()
    present = tuple(person.name for person in sheet.attendees)
    hidden = {line.id for line in keeper.lines if line.is_secret}
    items = [
        item
        for item in (
            *_decisions(keeper, hidden),
            *_homework(keeper, people, hidden),
            *_deadlines(visit, keeper, hidden),
        )
        if not faces_guest or item.line_id not in hidden
    ]
    return Summary(tuple(items), next_words, sheet.next_topic, present, visit.questions)


def days_of(line: Line) -> tuple[SaidDay, ...]:
    """The days that a line marked 期限 names, as far as it is not 秘密."""
    if line.mark is not Mark.DEADLINE or line.is_secret:
        return ()
    return _said_days(line.text, line.stamped_at.astimezone(JAPAN).date())


@lru_cache(maxsize=512)  # asked for again with every change of the visit
def _said_days(text: str, said_on: date) -> tuple[SaidDay, ...]:
    return said_days(text, said_on)


def _decisions(keeper: NoteKeeper, hidden: set[str]) -> Sequence[SummaryItem]:
    return [
        SummaryItem(line.id, Mark.DECISION, _words(line, hidden)) for line in _marked(keeper, Mark.DECISION)
    ]


def _homework(keeper: NoteKeeper, people: Mapping[str, PersonRow], hidden: set[str]) -> Sequence[SummaryItem]:
    """What was opened from lines, then the lines that opened nothing."""
    years = {line.id: line.stamped_at.astimezone(JAPAN).year for line in keeper.lines}
    opened = [
        SummaryItem(
            row.source_line_id,
            Mark.HOMEWORK,
            HIDDEN_LINE if row.source_line_id in hidden else row.title,
            homework_words(row, people, years[row.source_line_id]),
            row.id,
        )
        for row in keeper.homework
    ]
    sources = {item.line_id for item in opened}
    plain = [
        SummaryItem(line.id, Mark.HOMEWORK, _words(line, hidden))
        for line in _marked(keeper, Mark.HOMEWORK)
        if line.id not in sources
    ]
    return [*opened, *plain]


def _deadlines(visit: Visit, keeper: NoteKeeper, hidden: set[str]) -> Sequence[SummaryItem]:
    answers = dict(visit.answered_days)
    return [
        SummaryItem(line.id, Mark.DEADLINE, _words(line, hidden), _day_words(line, answers))
        for line in _marked(keeper, Mark.DEADLINE)
    ]


def _day_words(line: Line, answers: Mapping[str, str]) -> str:
    """「2025/06/12(木) 公開　未確認」 for a line that names days, nothing for others and for 秘密."""
    days = days_of(line)
    if not days:
        return ""
    return f"{'、'.join(day.words for day in days)}　{answers.get(line.id, UNCONFIRMED)}"


def _marked(keeper: NoteKeeper, mark: Mark) -> Sequence[Line]:
    return [line for line in keeper.lines if line.mark is mark and line.text.strip()]


def _words(line: Line, hidden: set[str]) -> str:
    return HIDDEN_LINE if line.id in hidden else line.text.strip()
