"""Dates as people write them, in fields and in running text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import wareki, wareki_short, western
from app.domain.date_reading import (
    DateProblem,
    DateReading,
    Lean,
    day_without_year,
    read_date,
    written_dates,
)

TODAY = date(2025, 7, 22)
modern_days = st.dates(date(1873, 1, 1), date(2117, 12, 31))
todays = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026/11/23",
        "2026-11-23",
        "2026.11.23",
        "20261123",
        "2026年11月23日",
        "2026年 11月 23日（月）",
        "２０２６／１１／２３",
        "２０２６・１１・２３",
        "２０２６･１１･２３",
        "2026−11−23",
        "R8.11.23",
        "Ｒ８．１１．２３",
        "R8/11/23",
        "R8-11-23",
        "令和8年11月23日",
        "令和８年１１月２３日（月曜日）",
        "㋿8年11月23日",
        "令和08年11月23日",
        " 2026/11/23(月) ",
        "2026/11/23 月曜",
    ],
)
def test_one_day_is_read_in_every_way_of_writing(text: str) -> None:
    assert read_date(text, TODAY) == DateReading(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("H31.4.30", date(2019, 4, 30)),
        ("S62.4.1", date(1987, 4, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("明治30年4月1日", date(1897, 4, 1)),
        ("1850/4/1", date(1850, 4, 1)),
    ],
)
def test_days_of_other_eras_are_read_without_a_notice(text: str, day: date) -> None:
    assert read_date(text, TODAY) == DateReading(day)


@pytest.mark.parametrize(
    ("text", "day", "notice"),
    [
        ("平成38年3月31日", date(2026, 3, 31), "平成38年は、令和8年（2026年）として読みました。"),
        ("H31.5.1", date(2019, 5, 1), "平成31年は、令和元年（2019年）として読みました。"),
        ("昭和64年1月8日", date(1989, 1, 8), "昭和64年は、平成元年（1989年）として読みました。"),
        ("令和元年4月1日", date(2019, 4, 1), "令和元年は、平成31年（2019年）として読みました。"),
    ],
)
def test_a_year_that_never_came_is_converted_with_a_notice(text: str, day: date, notice: str) -> None:
    assert read_date(text, TODAY) == DateReading(day, notice)


def test_both_the_year_and_the_missing_day_are_said() -> None:
    reading = read_date("平成37年", TODAY)
    assert reading.day == date(2025, 1, 1)
    assert reading.notice == (
        "平成37年は、令和7年（2025年）として読みました。 日がないので、2025/01/01(水)として読みました。"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年", date(2019, 5, 1)),
        ("平成元年1月", date(1989, 1, 8)),
        ("令和7年", date(2025, 1, 1)),
        ("2025年6月", date(2025, 6, 1)),
        ("R7.6", date(2025, 6, 1)),
        ("1987", date(1987, 1, 1)),
        ("6月", date(2025, 6, 1)),
    ],
)
def test_a_missing_day_is_the_first_of_the_period_and_said(text: str, day: date) -> None:
    reading = read_date(text, TODAY)
    assert reading.day == day
    assert f"日がないので、{western(day)}として読みました。" in reading.notice


@pytest.mark.parametrize(
    ("text", "lean", "day"),
    [
        ("7/29", Lean.NEAREST, date(2025, 7, 29)),
        ("７／２９", Lean.NEAREST, date(2025, 7, 29)),
        ("7月29日(火)", Lean.FUTURE, date(2025, 7, 29)),
        ("1/10", Lean.NEAREST, date(2026, 1, 10)),
        ("1/30", Lean.NEAREST, date(2025, 1, 30)),
        ("6/12", Lean.FUTURE, date(2026, 6, 12)),
        ("6/12", Lean.PAST, date(2025, 6, 12)),
        ("7-22", Lean.FUTURE, TODAY),
        ("7.22", Lean.PAST, TODAY),
    ],
)
def test_a_missing_year_follows_the_lean_and_is_said(text: str, lean: Lean, day: date) -> None:
    assert read_date(text, TODAY, lean) == DateReading(day, f"年がないので、{day.year}年として読みました。")


def test_a_wrong_weekday_is_said_and_the_day_is_kept() -> None:
    assert read_date("2025/8/5(水)", TODAY) == DateReading(
        date(2025, 8, 5), "曜日が合いません。2025/08/05(火)です。"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2025/2/29", DateProblem.NO_SUCH_DAY),
        ("2025/13/1", DateProblem.NO_SUCH_DAY),
        ("令和8年2月30日", DateProblem.NO_SUCH_DAY),
        ("2/30", DateProblem.NO_SUCH_DAY),
        ("0000/1/1", DateProblem.NO_SUCH_DAY),
        ("8.11.23", DateProblem.YEAR_TOO_SHORT),
        ("25/7/29", DateProblem.YEAR_TOO_SHORT),
        ("明治5年12月2日", DateProblem.OTHER_CALENDAR),
        ("明治5年", DateProblem.OTHER_CALENDAR),
        ("来年の春", DateProblem.UNREADABLE),
        ("2026/11/23頃", DateProblem.UNREADABLE),
        ("慶応3年1月1日", DateProblem.UNREADABLE),
        ("5", DateProblem.UNREADABLE),
    ],
)
def test_what_is_no_date_says_why(text: str, problem: DateProblem) -> None:
    assert read_date(text, TODAY) == DateReading(problem=problem)


@pytest.mark.parametrize("text", ["", "　 "])
def test_an_empty_field_is_no_problem(text: str) -> None:
    assert read_date(text, TODAY) == DateReading()


@given(modern_days, todays)
def test_what_the_program_writes_it_reads(day: date, today: date) -> None:
    for text in (western(day), wareki(day), wareki_short(day), day.isoformat(), f"{day:%Y%m%d}"):
        assert read_date(text, today) == DateReading(day)


@given(todays, todays)
def test_without_a_year_the_day_lies_on_the_side_it_leans_to(meant: date, today: date) -> None:
    month, day = meant.month, meant.day
    future = day_without_year(month, day, today, Lean.FUTURE)
    past = day_without_year(month, day, today, Lean.PAST)
    nearest = day_without_year(month, day, today, Lean.NEAREST)
    if (month, day) != (2, 29):
        assert past is not None
        assert future is not None
        assert 0 <= (today - past).days < 366
        assert 0 <= (future - today).days < 367
        assert nearest is not None
        assert abs(nearest - today) == min(today - past, future - today)


def test_a_leap_day_that_is_years_ahead_is_not_meant() -> None:
    assert day_without_year(2, 29, TODAY, Lean.FUTURE) is None
    assert day_without_year(2, 29, date(2027, 7, 22), Lean.FUTURE) == date(2028, 2, 29)


@given(st.text(), todays)
def test_no_text_breaks_the_reading(text: str, today: date) -> None:
    reading = read_date(text, today)
    assert (reading.day is None) or (reading.problem is None)
    written_dates(text, today, Lean.FUTURE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6/12の展示会から2025年8月5日(火)まで", ["6/12", "2025年8月5日(火)"]),
        ("令和7年8月5日に、８／２０まで", ["令和7年8月5日", "８／２０"]),
        ("R7.8.5 納品", ["R7.8.5"]),
        ("６・１２の展示会、鈴木･7･29", ["６・１２", "7･29"]),
        ("設備1・2・3、直・骨", []),
        ("型番A-1/2、1/2/3、24/365", []),
        ("シェアは1/2", ["1/2"]),
    ],
)
def test_dates_are_found_where_they_stand(text: str, found: list[str]) -> None:
    dates = written_dates(text, TODAY, Lean.FUTURE)
    assert [text[one.start : one.end] for one in dates] == found
