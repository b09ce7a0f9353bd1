"""Eras, dates in words, and fiscal years."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    ERAS,
    FIRST_READABLE_DAY,
    era_of,
    fiscal_year,
    fiscal_year_short,
    fiscal_year_span,
    fiscal_year_term,
    wareki,
    wareki_short,
    western,
)

days = st.dates(FIRST_READABLE_DAY, date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "words", "short"),
    [
        (date(2026, 11, 20), "令和8年11月20日（金）", "R8.11.20"),
        (date(2026, 11, 23), "令和8年11月23日（月）", "R8.11.23"),
        (date(2019, 5, 1), "令和元年5月1日（水）", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日（火）", "H31.4.30"),
        (date(1989, 1, 8), "平成元年1月8日（日）", "H1.1.8"),
        (date(1989, 1, 7), "昭和64年1月7日（土）", "S64.1.7"),
        (date(1926, 12, 25), "昭和元年12月25日（土）", "S1.12.25"),
        (date(1926, 12, 24), "大正15年12月24日（金）", "T15.12.24"),
        (date(1912, 7, 30), "大正元年7月30日（火）", "T1.7.30"),
        (date(1912, 7, 29), "明治45年7月29日（月）", "M45.7.29"),
        (date(1873, 1, 1), "明治6年1月1日（水）", "M6.1.1"),
        (date(1872, 12, 31), "1872年12月31日（火）", "1872.12.31"),
    ],
)
def test_a_day_is_written_in_the_era_it_belongs_to(day: date, words: str, short: str) -> None:
    assert wareki(day) == words
    assert wareki_short(day) == short


def test_screens_write_the_western_year_with_the_weekday() -> None:
    assert western(date(2025, 6, 12)) == "2025/06/12(木)"


@given(days)
def test_the_era_year_leads_back_to_the_western_year(day: date) -> None:
    era = era_of(day)
    assert era is not None
    assert era.western_year(era.year_of(day.year)) == day.year
    assert era.year_of(day.year) >= 1


def test_each_era_begins_the_day_after_the_one_before_it_ends() -> None:
    for newer, older in pairwise(ERAS):
        assert era_of(newer.first_day) is newer
        assert era_of(newer.first_day - timedelta(days=1)) is older


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2027, 2, 1), 2026),
        (date(2026, 4, 1), 2026),
        (date(2026, 3, 31), 2025),
        (date(2026, 12, 31), 2026),
    ],
)
def test_a_fiscal_year_is_named_by_its_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@given(days)
def test_a_day_lies_in_the_span_of_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_span(fiscal_year(day))
    assert first <= day <= last
    assert fiscal_year(first) == fiscal_year(last) == fiscal_year(day)


@pytest.mark.parametrize(
    ("year", "term", "short"),
    [
        (2025, "令和7年度", "R7年度"),
        (2019, "令和元年度", "R1年度"),
        (2018, "平成30年度", "H30年度"),
        (1989, "平成元年度", "H1年度"),
        (1988, "昭和63年度", "S63年度"),
        (1926, "大正15年度", "T15年度"),
    ],
)
def test_a_fiscal_year_has_a_word_and_a_short_form(year: int, term: str, short: str) -> None:
    assert fiscal_year_term(year) == term
    assert fiscal_year_short(year) == short
