"""Where things lie on a 線表, by values counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.terms import ActionStatus, Stage
from app.rows.action_plans import MilestoneRow, StageGroup
from tests.ui.action_plan.rows import action, sheet
from ui.screens.action_plan.gantt_geometry import (
    NO_STAGE,
    Bar,
    Scale,
    StageLine,
    TaskLine,
    bar_of,
    days_shown,
    first_shown,
    height_of,
    line_at,
    lines_of,
    scale_for,
    signposts,
)

HALF_YEAR = Scale(date(2025, 7, 1), date(2025, 12, 31))


def test_half_a_year_takes_734_px() -> None:
    assert HALF_YEAR.width == pytest.approx(734)
    assert HALF_YEAR.x(date(2025, 7, 22)) == pytest.approx(21 / 184 * 734)
    assert HALF_YEAR.x(date(2025, 11, 6)) == pytest.approx(128 / 184 * 734)


def test_months_and_mondays_of_the_axis() -> None:
    assert [month.month for month in HALF_YEAR.months()] == [7, 8, 9, 10, 11, 12]
    mondays = list(HALF_YEAR.mondays())
    assert (mondays[0], mondays[-1]) == (date(2025, 7, 7), date(2025, 12, 29))
    assert next(Scale(date(2025, 9, 1), date(2025, 9, 30)).mondays()) == date(2025, 9, 1)


def test_the_days_shown_are_those_of_the_year_stretched_to_what_is_planned() -> None:
    assert days_shown(sheet()) == (date(2025, 4, 1), date(2026, 3, 31))
    period = replace(sheet().plan, starts_on=date(2025, 6, 1), ends_on=date(2026, 2, 28))
    assert days_shown(sheet(plan=period)) == (date(2025, 6, 1), date(2026, 2, 28))
    early = action(start_on=date(2025, 3, 20), due_on=None)
    late = MilestoneRow("m", "報告会", date(2026, 5, 1))
    stretched = sheet(stages=(StageGroup(Stage.PROTECT, (early,)),), milestones=(late,))
    assert days_shown(stretched) == (date(2025, 3, 20), date(2026, 5, 1))


def test_the_scale_covers_whole_months_and_stretches_into_spare_room() -> None:
    narrow = scale_for((date(2025, 3, 20), date(2026, 3, 31)), room=100)
    assert (narrow.first, narrow.last) == (date(2025, 3, 1), date(2026, 3, 31))
    assert narrow.day_width == pytest.approx(734 / 184)
    wide = scale_for((date(2025, 7, 5), date(2025, 7, 20)), room=620)
    assert wide.width == pytest.approx(620)
    december = scale_for((date(2025, 12, 31), date(2025, 12, 31)), room=0)
    assert december.last == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2025, 7, 22), date(2025, 7, 1)),
        (date(2025, 7, 21), date(2025, 7, 1)),
        (date(2025, 8, 21), date(2025, 7, 1)),
        (date(2025, 8, 22), date(2025, 8, 1)),
    ],
)
def test_three_weeks_before_today_are_in_sight_at_first(today: date, first: date) -> None:
    assert first_shown(HALF_YEAR, today) == first


def test_today_outside_the_axis_shows_its_nearest_end() -> None:
    assert first_shown(HALF_YEAR, date(2025, 1, 5)) == date(2025, 7, 1)
    assert first_shown(HALF_YEAR, date(2027, 1, 5)) == date(2025, 12, 31)


def test_rows_of_26_and_32_stand_below_each_other() -> None:
    lines = lines_of(
        [
            StageGroup(Stage.ORGANISE, ()),
            StageGroup(Stage.PROTECT, (action(id="a"), action(id="b"))),
            StageGroup(None, (action(id="c"),)),
        ]
    )
    assert [line.top for line in lines] == [0, 26, 52, 84, 116, 142]
    assert height_of(lines) == 174
    assert height_of([]) == 0
    assert isinstance(lines[4], StageLine)
    assert lines[4].words == NO_STAGE
    under = line_at(lines, 84)
    assert isinstance(under, TaskLine)
    assert under.action.id == "b"
    assert line_at(lines, 174) is None


def test_a_bar_reaches_to_the_end_of_its_last_day() -> None:
    bar = bar_of(action(start_on=date(2025, 7, 2), due_on=date(2025, 7, 11)), HALF_YEAR)
    assert bar is not None
    assert (bar.left, bar.right) == (HALF_YEAR.x(date(2025, 7, 2)), HALF_YEAR.x(date(2025, 7, 12)))
    assert (bar.label, bar.is_one_day, bar.label_left) == ("7/11", False, bar.right + 7)


def test_progress_fills_a_bar_only_while_it_is_under_way() -> None:
    doing = action(status=ActionStatus.DOING, progress_percent=35)
    done = action(status=ActionStatus.DONE, progress_percent=100)
    assert bar_of(doing, HALF_YEAR).filled == pytest.approx(0.35)
    assert bar_of(done, HALF_YEAR).filled == 0


@pytest.mark.parametrize(
    ("days", "label"),
    [
        ({"start_on": None, "due_on": date(2025, 7, 29)}, "7/29(火)"),
        ({"start_on": date(2025, 7, 29), "due_on": date(2025, 7, 29)}, "7/29(火)"),
        ({"start_on": date(2025, 7, 29), "due_on": None}, "7/29(火)〜"),
    ],
)
def test_a_single_day_is_a_diamond(days: dict[str, date | None], label: str) -> None:
    x = HALF_YEAR.x(date(2025, 7, 29))
    assert bar_of(action(**days), HALF_YEAR) == Bar(x, x, is_one_day=True, filled=0.0, label=label)


def test_an_action_without_days_has_no_shape() -> None:
    assert bar_of(action(start_on=None, due_on=None), HALF_YEAR) is None


def test_words_of_close_dates_go_to_different_rows() -> None:
    days = [
        (date(2025, 11, 6), "連携会議"),
        (date(2025, 11, 1), "出願の期日"),
        (date(2025, 12, 20), "報告会"),
    ]
    posts = signposts(days, HALF_YEAR, 4, lambda words: 12.0 * len(words))
    assert [(post.words, post.lane) for post in posts] == [
        ("出願の期日 11/1", 0),
        ("連携会議 11/6", 1),
        ("報告会 12/20", 0),
    ]
