"""Rules of すること: what is open, what is late, which 年度 shows it, how its state hangs together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar import fiscal_year_span
from app.domain.terms import ActionStatus

CLOSED = frozenset((ActionStatus.DONE, ActionStatus.DROPPED))
FULL_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """状態 with what belongs to it: the day it was done, and how far it is in percent."""

    status: ActionStatus
    done_on: date | None
    percent: int


def is_open(status: ActionStatus) -> bool:
    """Whether something is still to be done."""
    return status not in CLOSED


def overdue_days(status: ActionStatus, due_on: date | None, today: date) -> int:
    """Days since an open action was due; 0 when it is not late, on its day as well."""
    if due_on is None or not is_open(status):
        return 0
    return max(0, (today - due_on).days)


def is_shown_in(year: int, own_year: int, progress: Progress) -> bool:
    """Whether the plan of a 年度 shows an action that was made in `own_year`.

    An action carries over into later years for as long as it is open, and is still shown in the year in
    which it was done.
    """
    if own_year >= year:
        return own_year == year
    first_day, _ = fiscal_year_span(year)
    return is_open(progress.status) or (progress.done_on is not None and progress.done_on >= first_day)


def progressed(before: Progress, values: Mapping[str, object], today: date) -> Progress:
    """状態 after some of its three columns were given new values, the others following.

    済 has a day and is full; what is taken back from 済 has no day and starts from the percent it is
    given, or from 0; what is begun is no longer 未着手.
    """
    status = ActionStatus(str(values.get("status") or before.status))
    percent = values.get("progress_percent", before.percent)
    percent = percent if isinstance(percent, int) else 0
    if status is ActionStatus.DONE:
        done_on = values.get("done_on") or before.done_on
        return Progress(status, done_on if isinstance(done_on, date) else today, FULL_PERCENT)
    if before.status is ActionStatus.DONE and "progress_percent" not in values:
        percent = 0
    if status is ActionStatus.OPEN and percent:
        status = ActionStatus.DOING
    return Progress(status, None, percent)


def moved(day: date | None, days: int) -> date | None:
    """A day some days later (earlier for negative `days`); no day stays no day."""
    return None if day is None else day + timedelta(days=days)


def leads_back(record_id: str, parent_id: str, parents: Mapping[str, str | None]) -> bool:
    """Whether an action would stand below itself under that parent; `parents` maps each action to its own."""
    seen: set[str] = set()
    above: str | None = parent_id
    while above is not None and above not in seen:
        if above == record_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
