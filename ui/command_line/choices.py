"""Options that several commands have: which company, which days."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from app.domain.date_reading import read_date
from app.errors import CompanyAmbiguous, CompanyNotFound, DatesReversed
from app.rows.companies import CompanyListRow
from app.services.companies import companies_named
from ui.command_line.console import Console, WrongUse

_ALIKE_SHOWN = 20


def period_of(given: Namespace, today: date, console: Console) -> tuple[date | None, date | None]:
    """The days of `--from` and `--to`, None where they are not given. Raises WrongUse, DatesReversed."""
    since = _day("--from", given.since, today, console)
    until = _day("--to", given.until, today, console)
    if since and until and until < since:
        raise DatesReversed
    return since, until


def _day(option: str, text: str | None, today: date, console: Console) -> date | None:
    reading = read_date(text or "", today)
    if reading.problem:
        raise WrongUse(f"{option}: {reading.problem.term}")
    if reading.notice:
        console.note(f"{option}: {reading.notice}")
    return reading.day


def company_named(rows: Sequence[CompanyListRow], words: str, console: Console) -> CompanyListRow:
    """The one company that is meant. Raises CompanyNotFound, CompanyAmbiguous."""
    found = companies_named(rows, words)
    if not found:
        console.note(f"「{words}」")
        raise CompanyNotFound
    if len(found) > 1:
        names = [row.name for row in found[:_ALIKE_SHOWN]]
        console.note(f"「{words}」に当てはまる企業: {'、'.join(names)}{' ほか' * (len(found) > len(names))}")
        raise CompanyAmbiguous(count=len(found))
    return found[0]
