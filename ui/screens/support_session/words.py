"""How S04 words what it shows: times, days, places, people, owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from app.clock import JAPAN
from app.domain.calendar import WEEKDAYS
from app.domain.terms import PersonSide
from app.rows.companies import PersonRow
from app.rows.support_sessions import HomeworkRow, SessionSheet

NO_OWNER = "担当なし"
_ADDRESSES = frozenset(("社長", "会長", "専務", "常務", "取締役", "部長", "課長", "係長", "工場長", "店長"))


@lru_cache(maxsize=4096)
def stamp_words(stamped_at: datetime) -> str:
    """13:02, as a clock in Japan showed it."""
    return f"{stamped_at.astimezone(JAPAN):%H:%M}"


def day_words(day: date) -> str:
    """7/22(火)."""
    return f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})"


def time_span_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """13:00–14:30, or 13:00– while nobody noted the end."""
    return f"{starts_at:%H:%M}–{f'{ends_at:%H:%M}' if ends_at else ''}"


def people_words(people: Sequence[PersonRow]) -> str:
    """「高橋社長 ほか3人」: the company's people first; empty when nobody was noted."""
    ordered = sorted(people, key=lambda person: person.side != PersonSide.COMPANY)
    if not ordered:
        return ""
    first = called(ordered[0])
    return f"{first} ほか{len(ordered) - 1}人" if len(ordered) > 1 else first


def short_name(person: PersonRow) -> str:
    """鈴木 for one of the team, 高橋様 for one of the company."""
    return f"{_family(person)}様" if person.side == PersonSide.COMPANY else _family(person)


def called(person: PersonRow) -> str:
    """高橋社長, or 高橋様 where the post is no form of address."""
    if person.side == PersonSide.COMPANY and person.role in _ADDRESSES:
        return f"{_family(person)}{person.role}"
    return short_name(person)


def _family(person: PersonRow) -> str:
    return (person.name.split() or [person.name])[0]


def owner_words(homework: HomeworkRow, people: Mapping[str, PersonRow]) -> str:
    """The owner as the notes name them."""
    person = people.get(homework.owner_id or "")
    return short_name(person) if person else homework.owner or NO_OWNER


def homework_words(homework: HomeworkRow, people: Mapping[str, PersonRow], year: int) -> str:
    """「鈴木　7/29(火)」, with the year of the day when it is not `year`, that of its line."""
    owner = owner_words(homework, people)
    if homework.due_on is None:
        return owner
    other_year = "" if homework.due_on.year == year else f"{homework.due_on.year}/"
    return f"{owner}　{other_year}{day_words(homework.due_on)}"


def session_facts(sheet: SessionSheet) -> tuple[str, ...]:
    """Day and time, place, people: what the title line says after the name."""
    facts = []
    if sheet.starts_at:
        span = time_span_words(sheet.starts_at, sheet.ends_at)
        facts.append(f"{day_words(sheet.starts_at.date())} {span}")
    where = sheet.place or (sheet.method.term if sheet.method else "")
    return tuple(fact for fact in (*facts, where, people_words(sheet.attendees)) if fact)


def rewriting_words(before: int, after: int) -> str:
    """What was done to so many lines that they are so many now, for 「元に戻す」."""
    if after > before:
        return "行を分ける" if after - before == 1 else "貼り付ける"
    return "行をつなぐ" if before - after == 1 else "行を消す"
