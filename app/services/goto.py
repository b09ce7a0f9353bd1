"""Ctrl+K: going to a company, a person or a 面談 by typing a few of its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.domain.calendar import WEEKDAYS
from app.domain.date_reading import Lean, written_dates
from app.domain.folding import fold
from app.rows.goto import GoToHit, GoToKind
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import goto as found_goto

MOST_HITS = 12
LEAST_PEOPLE = 3
"""As many people as there is always room for beside companies."""

_LEGAL_FORM = fold("株式会社")


class GoToService:
    """Finds where to go. What was deleted is found nowhere."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def find(self, text: str) -> tuple[GoToHit, ...]:
        """The best hits for what was typed, at most 12; for nothing typed, the companies met last.

        Words may be parts of a name, its kana or the 法人番号, in any width or kana; a day such as 7/22 finds
        the 面談 of that day, with further words those of one company. What begins with the words comes first,
        then what was met last.
        """
        days, words = _split(text, self._place.today())
        folded = fold(words)
        with self._place.reading() as reading:
            if days:
                return tuple(self._sessions(reading, days, folded))[:MOST_HITS]
            companies = found_goto.companies(reading, folded, _LEGAL_FORM, MOST_HITS)
            people = found_goto.people(reading, folded, MOST_HITS) if folded else []
        shown = companies[: max(MOST_HITS - len(people), MOST_HITS - LEAST_PEOPLE)]
        hits = [*(self._company(found) for found in shown), *(_person(found) for found in people)]
        return tuple(hits[:MOST_HITS])

    def _sessions(self, reading: Reading, days: Iterable[date], folded: str) -> Iterable[GoToHit]:
        for day in days:
            for found in found_goto.sessions_on(reading, day.isoformat(), folded):
                yield _session(found)

    def _company(self, found: Found) -> GoToHit:
        industry = self._place.masters.industry_term(found["industry_major"], found["industry_middle"])
        detail = "  ".join(part for part in (found["kana"], industry, found["city"]) if part)
        return GoToHit(GoToKind.COMPANY, found["id"], found["name"] or "", detail, found["id"])


def _split(text: str, today: date) -> tuple[list[date], str]:
    """The days that a text can mean, newest first, and its other words."""
    days: set[date] = set()
    rest = text
    for lean in (Lean.PAST, Lean.FUTURE):
        for written in written_dates(text, today, lean):
            if written.day:
                days.add(written.day)
                rest = rest.replace(text[written.start : written.end], " ")
    return sorted(days, reverse=True), rest


def _person(found: Found) -> GoToHit:
    detail = "  ".join(part for part in (found["company_name"] or found["body"], found["role"]) if part)
    return GoToHit(GoToKind.PERSON, found["id"], found["name"] or "", detail, found["company_id"])


def _session(found: Found) -> GoToHit:
    starts_at = datetime.fromisoformat(found["starts_at"])
    when = (
        f"{starts_at:%Y}/{starts_at.month}/{starts_at.day}({WEEKDAYS[starts_at.weekday()]}) {starts_at:%H:%M}"
    )
    return GoToHit(
        kind=GoToKind.SESSION,
        id=found["id"],
        label=f"{found['company_name'] or ''} 第{found['ordinal']}回面談".strip(),
        detail="  ".join(part for part in (when, found["purpose"] or found["place"]) if part),
        company_id=found["company_id"],
        support_session_id=found["id"],
    )
