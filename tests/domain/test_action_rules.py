from datetime import date

import pytest

from app.domain.action_rules import Progress, is_shown_in, leads_back, moved, overdue_days, progressed
from app.domain.terms import ActionStatus

TODAY = date(2025, 7, 22)
OPEN = Progress(ActionStatus.OPEN, None, 0)
DONE = Progress(ActionStatus.DONE, date(2025, 6, 1), 100)


@pytest.mark.parametrize(
    ("due_on", "days"), [(date(2025, 7, 21), 1), (TODAY, 0), (date(2025, 8, 1), 0), (None, 0)]
)
def test_an_open_action_is_late_from_the_day_after_it_was_due(due_on: date | None, days: int) -> None:
    assert overdue_days(ActionStatus.REQUESTED, due_on, TODAY) == days


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.DROPPED])
def test_what_is_over_is_never_late(status: ActionStatus) -> None:
    assert overdue_days(status, date(2020, 1, 1), TODAY) == 0


@pytest.mark.parametrize(
    ("own_year", "progress", "is_shown"),
    [
        (2025, OPEN, True),
        (2024, OPEN, True),
        (2026, OPEN, False),
        (2025, DONE, True),
        (2024, DONE, True),
        (2024, Progress(ActionStatus.DONE, date(2025, 3, 31), 100), False),
        (2024, Progress(ActionStatus.DROPPED, None, 0), False),
    ],
)
def test_an_action_carries_over_until_the_year_it_is_done_in(
    own_year: int, progress: Progress, is_shown: bool
) -> None:
    assert is_shown_in(2025, own_year, progress) is is_shown


def test_done_gets_todays_date_unless_it_is_given_another() -> None:
    assert progressed(OPEN, {"status": "done"}, TODAY) == Progress(ActionStatus.DONE, TODAY, 100)
    given = {"status": "done", "done_on": date(2025, 7, 1)}
    assert progressed(OPEN, given, TODAY).done_on == date(2025, 7, 1)
    assert progressed(DONE, {"progress_percent": 100}, TODAY) == DONE


def test_what_is_taken_back_from_done_has_no_date_and_starts_again() -> None:
    assert progressed(DONE, {"status": "open"}, TODAY) == OPEN
    half = progressed(DONE, {"status": "doing", "progress_percent": 50}, TODAY)
    assert half == Progress(ActionStatus.DOING, None, 50)


def test_what_is_begun_is_no_longer_untouched() -> None:
    assert progressed(OPEN, {"progress_percent": 10}, TODAY).status is ActionStatus.DOING
    requested = Progress(ActionStatus.REQUESTED, None, 0)
    assert progressed(requested, {"progress_percent": 10}, TODAY).status is ActionStatus.REQUESTED


def test_days_move_and_no_day_stays_none() -> None:
    assert moved(date(2025, 3, 1), -1) == date(2025, 2, 28)
    assert moved(None, 3) is None


def test_nothing_stands_below_itself() -> None:
    parents = {"a": None, "b": "a", "c": "b", "x": "y", "y": "x"}
    assert leads_back("a", "c", parents)
    assert leads_back("a", "a", parents)
    assert not leads_back("c", "a", parents)
    assert not leads_back("c", "x", parents)
