from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.terms import ActionStatus, Stage
from app.reports.content import Indicator, Milestone, PlannedAction
from app.reports.documents.gantt_bars import hatch, is_late, put_bar
from app.reports.documents.gantt_scale import Month, Scale, charts_of
from app.reports.documents.judgement import judgement
from app.reports.layout import lay_out
from app.reports.page_kit.ink import Fill, Frame, Page, Rule
from tests.reports.examples import PLAN

TODAY = date(2026, 3, 10)
YEAR = Scale(charts_of(date(2025, 4, 1), date(2026, 3, 31))[0], 100.0, 220.0)


def bar(action: PlannedAction) -> Page:
    page = Page()
    put_bar(page, action, YEAR, 50.0, 8.0, TODAY)
    return page


def an_action(**changes) -> PlannedAction:
    plain = PlannedAction("a", "図面", "佐藤", date(2025, 6, 1), date(2025, 8, 31))
    return replace(plain, **changes)


def test_months_have_equal_widths_and_days_stand_within_them():
    assert YEAR.start_of(date(2025, 4, 1)) == 100
    assert YEAR.start_of(date(2025, 5, 1)) == 110
    assert YEAR.start_of(date(2025, 4, 16)) == 105
    assert YEAR.end_of(date(2026, 3, 31)) == 220


def test_days_off_the_chart_stand_at_its_edge():
    assert YEAR.start_of(date(2020, 1, 1)) == 100
    assert YEAR.start_of(date(2030, 1, 1)) == 220


@given(st.dates(date(2025, 4, 1), date(2026, 3, 31)), st.dates(date(2025, 4, 1), date(2026, 3, 31)))
def test_later_days_stand_further_right(one, other):
    earlier, later = sorted((one, other))

    assert YEAR.start_of(earlier) <= YEAR.start_of(later) < YEAR.end_of(later)


def test_over_twelve_months_there_is_a_chart_for_each_fiscal_year():
    charts = charts_of(date(2025, 7, 1), date(2027, 6, 30))

    assert [len(months) for months in charts] == [9, 12, 3]
    assert charts[1][0] == Month(2026, 4)
    assert len(charts_of(date(2025, 7, 1), date(2026, 6, 30))) == 1


def test_a_month_is_written_in_the_era_in_which_it_ends():
    assert Month(2019, 4).era_year == "H31"
    assert Month(2019, 5).era_year == "R1"


def test_progress_fills_the_bar_from_the_left():
    page = bar(an_action(progress=50, due_on=date(2026, 3, 31)))
    outline = next(drawing for drawing in page.drawings if isinstance(drawing, Frame))
    white, dark = [drawing for drawing in page.drawings if isinstance(drawing, Fill)]

    assert white.width == outline.width
    assert (dark.x, dark.width) == (outline.x, outline.width / 2)


def test_what_was_done_late_reaches_beyond_the_plan():
    page = bar(an_action(status=ActionStatus.DONE, done_on=date(2025, 10, 31)))
    dark = [drawing for drawing in page.drawings if isinstance(drawing, Fill)][1]

    assert dark.x + dark.width == YEAR.end_of(date(2025, 10, 31))
    assert page.texts == []


def test_an_overdue_action_is_hatched_and_says_so():
    page = bar(an_action(progress=40))

    assert sum(isinstance(drawing, Rule) for drawing in page.drawings) > 5
    assert [text.text for text in page.texts] == ["▲遅延"]


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.DROPPED])
def test_what_has_ended_is_not_late(status):
    assert not is_late(an_action(status=status), TODAY)


def test_an_action_due_today_is_not_late():
    assert not is_late(an_action(due_on=TODAY), TODAY)
    assert is_late(an_action(due_on=date(2026, 3, 9)), TODAY)


def test_a_dropped_action_says_so():
    assert [text.text for text in bar(an_action(status=ActionStatus.DROPPED)).texts] == ["中止"]


def test_an_action_without_dates_says_so():
    assert [text.text for text in bar(an_action(starts_on=None, due_on=None)).texts] == ["時期未定"]
    assert [text.text for text in bar(an_action(starts_on=None)).texts] == ["R7.8.31まで"]
    assert [text.text for text in bar(an_action(due_on=None)).texts] == ["R7.6.1から"]


def test_an_action_off_the_chart_tells_its_days_at_the_edge():
    (later,) = bar(an_action(starts_on=date(2026, 6, 1), due_on=date(2026, 7, 31))).texts
    (earlier,) = bar(
        an_action(starts_on=date(2024, 6, 1), due_on=date(2024, 7, 31), status=ActionStatus.DONE)
    ).texts

    assert (later.text, earlier.text) == ("R8.6.1～R8.7.31", "R6.6.1～R6.7.31")
    assert YEAR.left < earlier.x < later.x < YEAR.right


def test_an_action_outside_the_span_of_the_plan_is_in_its_schedule():
    days = [(date(2024, 5, 1), "前"), (date(2031, 5, 1), "後")]
    actions = tuple(an_action(key=word, title=word, starts_on=None, due_on=day) for day, word in days)
    done = tuple(replace(action, status=ActionStatus.DONE) for action in actions)
    over_years = replace(PLAN, actions=done, until=date(2028, 3, 31))

    for plan in (replace(PLAN, actions=done), over_years):
        shown = [text.text for page in lay_out(plan).pages for text in page.texts]
        assert [text for text in shown if text in ("前", "後")] == ["前", "後"]


@given(st.floats(1, 200), st.floats(1, 20))
def test_hatching_stays_within_its_rectangle(width, height):
    page = Page()
    hatch(page, 10, 20, width, height)

    for line in page.drawings:
        assert isinstance(line, Rule)
        assert 10 - 1e-6 <= line.x <= line.to_x <= 10 + width + 1e-6
        assert 20 - 1e-6 <= line.to_y <= line.y <= 20 + height + 1e-6
        assert line.to_x - line.x == pytest.approx(line.y - line.to_y)


def test_milestones_whose_labels_would_touch_are_stacked():
    stones = (Milestone("機械展の準備", date(2025, 10, 9)), Milestone("出願", date(2025, 10, 12)))
    (page, *_) = lay_out(replace(PLAN, milestones=stones)).pages
    heights = {text.y for text in page.texts if text.text == "◆"}

    assert len(heights) == 2


def test_more_than_eighteen_rows_go_on_under_a_repeated_head():
    actions = tuple(an_action(key=str(number), title=f"項目{number}") for number in range(30))
    pages = lay_out(replace(PLAN, actions=actions)).pages
    heads = sum(text.text == "実施項目" for page in pages for text in page.texts)
    shown = [text.text for page in pages for text in page.texts if text.text.startswith("項目")]

    assert heads >= 2
    assert shown == [f"項目{number}" for number in range(30)]


def test_a_parent_is_not_left_alone_at_the_foot_of_a_page():
    parts = tuple(an_action(key=f"p{number}", title=f"部分{number}", parent="p") for number in range(5))
    for before in range(8, 19):
        rows = tuple(an_action(key=str(number), title=f"項目{number}") for number in range(before))
        content = replace(PLAN, actions=(*rows, an_action(key="p", title="親"), *parts))
        for page in lay_out(content).pages:
            shown = [text.text for text in page.texts]
            assert "親" not in shown or "部分0" in shown


def test_an_action_of_another_year_is_left_out_of_this_years_chart():
    past = an_action(title="前年", status=ActionStatus.DONE, done_on=date(2025, 8, 31))
    content = replace(PLAN, since=date(2025, 4, 1), until=date(2027, 3, 31), actions=(past,))
    shown = [text.text for page in lay_out(content).pages for text in page.texts]

    assert shown.count("実施項目") == 2
    assert shown.count("前年") == 1


@pytest.mark.parametrize(
    ("values", "symbol"),
    [
        (("0", "10", "10"), "◎"),
        (("0", "1,000", "５００"), "○"),
        (("62", "50", "58"), "△"),
        (("16", "40", "16"), "▲"),
        (("16", "40", "12"), "▲"),
        (("10", "10", "10"), "―"),
        (("なし", "あり", "あり"), "―"),
        (("0", "10", ""), "―"),
        (("0", "Infinity", "1"), "―"),
    ],
)
def test_an_indicator_is_judged_by_the_way_covered(values, symbol):
    assert judgement(Indicator("件数", *values)) == symbol


def test_each_stage_stands_once_over_its_actions_with_their_parts():
    actions = (
        an_action(key="a", title="出願", stage=Stage.PROTECT),
        an_action(key="b", title="明細書", parent="a"),
        an_action(key="c", title="展示会", stage=Stage.SALES),
        an_action(key="d", title="秘密の表示", stage=Stage.PROTECT),
        an_action(key="e", title="段階のないこと"),
    )

    titles = [text.text for page in lay_out(replace(PLAN, actions=actions)).pages for text in page.texts]

    wanted = ("段階のないこと", "権利化・秘密化", "出願", "明細書", "秘密の表示", "販路・宣伝", "展示会")
    places = [titles.index(title) for title in wanted]
    assert places == sorted(places)
    assert titles.count("権利化・秘密化") == 1
