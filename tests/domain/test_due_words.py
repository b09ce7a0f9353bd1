"""By when something is due, read from the words of a line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.due_words import due_words

TUESDAY = date(2025, 7, 22)


def due(text: str, today: date = TUESDAY) -> date | None:
    words = due_words(text, today)
    return words.day if words else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("弁理士の相談 7/29", date(2025, 7, 29)),
        ("弁理士の相談 ７／２９まで", date(2025, 7, 29)),
        ("8月5日(火)", date(2025, 8, 5)),
        ("8月5日（火曜日）までに一覧", date(2025, 8, 5)),
        ("1/10", date(2026, 1, 10)),
        ("7/22まで", TUESDAY),
        ("2026年3月31日まで", date(2026, 3, 31)),
        ("令和8年3月31日期限", date(2026, 3, 31)),
        ("R7.8.5必着", date(2025, 8, 5)),
        ("2024/7/29まで", date(2024, 7, 29)),
        ("〆切 8/5", date(2025, 8, 5)),
        ("期限：8/5", date(2025, 8, 5)),
        ("7/29に訪問する", date(2025, 7, 29)),
        ("今日中に連絡", TUESDAY),
        ("本日", TUESDAY),
        ("明日", date(2025, 7, 23)),
        ("明後日まで", date(2025, 7, 24)),
        ("来週金曜", date(2025, 8, 1)),
        ("来週の金曜日まで", date(2025, 8, 1)),
        ("再来週月曜", date(2025, 8, 4)),
        ("今週金曜", date(2025, 7, 25)),
        ("金曜まで", date(2025, 7, 25)),
        ("月曜日", date(2025, 7, 28)),
        ("月末", date(2025, 7, 31)),
        ("今月末まで", date(2025, 7, 31)),
        ("来月末", date(2025, 8, 31)),
        ("9月末まで", date(2025, 9, 30)),
        ("2月末", date(2026, 2, 28)),
        ("年度末", date(2026, 3, 31)),
        ("来月5日", date(2025, 8, 5)),
        ("29日まで", date(2025, 7, 29)),
        ("5日まで", date(2025, 8, 5)),
        ("22日まで", TUESDAY),
        ("29日(火)まで", date(2025, 7, 29)),
    ],
)
def test_these_words_mean_this_day(text: str, day: date) -> None:
    assert due(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "図面の一覧を作る",
        "6/12の機械展の写真",
        "6/12 の機械展に出した",
        "7/29以降に連絡",
        "7/29から始める",
        "7/29頃",
        "7/15に出した図面を整理する",
        "不良率を1/2に減らす",
        "売上の1/3",
        "8/5(水)",
        "7月32日",
        "来週",
        "来週中",
        "来週末",
        "次の金曜",
        "毎週金曜",
        "第2金曜",
        "先週の金曜",
        "火曜まで",
        "毎月末",
        "先月末",
        "3日以内",
        "3日間",
        "10日後",
        "説明日を決める",
        "7/29、8/5",
        "7/29までか8/5まで",
        "7/29〜8/5",
        "型番A-7/29",
        "来週日曜",
        "13月末",
    ],
)
def test_what_means_no_day_or_more_than_one_is_left_unread(text: str) -> None:
    assert due(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6/12の展示会の写真を7/29までに送る", date(2025, 7, 29)),
        ("8/20 展示会、資料は 8/5まで", date(2025, 8, 5)),
        ("7/30に届く図面を確認 8/5", date(2025, 8, 5)),
        ("展示会は8月20日。期限 8/5", date(2025, 8, 5)),
    ],
)
def test_of_several_days_the_clearest_counts(text: str, day: date) -> None:
    assert due(text) == day


def test_on_a_sunday_nobody_knows_which_week_is_next() -> None:
    sunday = date(2025, 7, 27)
    assert due("来週金曜", sunday) is None
    assert due("今週金曜", sunday) == date(2025, 8, 1)


def test_month_ends_follow_the_length_of_the_month_and_cross_the_year() -> None:
    assert due("来月末", date(2024, 1, 31)) == date(2024, 2, 29)
    assert due("来月末", date(2025, 12, 1)) == date(2026, 1, 31)
    assert due("5日まで", date(2025, 12, 20)) == date(2026, 1, 5)
    assert due("31日まで", date(2025, 9, 30)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("見積を7/29までに送る", "7/29までに"),
        ("期限：８／５", "期限：８／５"),
        ("来週の金曜日まで", "来週の金曜日まで"),
        ("8月5日（火）", "8月5日（火）"),
        ("7/29に訪問", "7/29に"),
    ],
)
def test_the_marks_belong_to_the_words_read(text: str, words: str) -> None:
    found = due_words(text, TUESDAY)
    assert found is not None
    assert text[found.start : found.end] == words


line_parts = st.lists(
    st.sampled_from(
        ["7/29", "まで", "来週", "金曜", "月末", " ", "の", "に", "9", "日", "鈴木", "(", "火", ")"]
    )
)


@given(line_parts.map("".join) | st.text(), st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_a_day_without_a_year_is_never_due_in_the_past(text: str, today: date) -> None:
    words = due_words(text, today)
    if words is not None and not any(mark in text for mark in ("年", "19", "20", ".", "-")):
        assert words.day >= today
        assert 0 <= words.start < words.end <= len(text)
