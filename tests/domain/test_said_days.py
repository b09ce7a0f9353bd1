from datetime import date

import pytest

from app.domain.said_days import DayMeaning, SaidDay, said_days

VISIT = date(2025, 7, 22)


def test_a_shown_day_lies_behind_the_visit() -> None:
    """Check A5 of the design, the part that is reading."""
    shown = SaidDay(date(2025, 6, 12), DayMeaning.SHOWN)
    assert said_days("6/12 の展示会", VISIT) == (shown,)
    assert said_days("6/12 の展示会", date(2026, 2, 1)) == (shown,)
    assert shown.words == "2025/06/12(木) 公開"


@pytest.mark.parametrize(
    ("text", "day", "meaning"),
    [
        ("６月１２日の機械展に新しい治具Aを出した", date(2025, 6, 12), DayMeaning.SHOWN),
        ("2024/11/3 の見本市で配った", date(2024, 11, 3), DayMeaning.SHOWN),
        ("意見書は8/5まで", date(2025, 8, 5), DayMeaning.DUE),
        ("10/3の展示会に出す予定", date(2025, 10, 3), DayMeaning.SHOWN),
        ("5/9の打合せで決めた", date(2025, 5, 9), DayMeaning.OTHER),
    ],
)
def test_the_words_around_a_day_say_what_it_was(text: str, day: date, meaning: DayMeaning) -> None:
    assert said_days(text, VISIT) == (SaidDay(day, meaning),)


def test_a_month_alone_counts_from_its_first_day_and_says_so() -> None:
    found = said_days("6月に展示した", VISIT)
    assert found == (SaidDay(date(2025, 6, 1), DayMeaning.SHOWN, is_counted_from_first=True),)
    assert found[0].words == "2025/06/01(日) 公開 (月だけ言われたので1日から)"


@pytest.mark.parametrize("text", ["", "試作を3回", "13/45", "3か月前", "6月末までは様子を見る、と言う"])
def test_what_is_no_clear_day_is_not_made_into_one(text: str) -> None:
    assert all(day.meaning is not DayMeaning.SHOWN for day in said_days(text, VISIT))


def test_several_days_are_read_from_left_to_right_and_once_each() -> None:
    found = said_days("6/12 と 6/14 に展示、6/12 は内覧", VISIT)
    assert [each.day for each in found] == [date(2025, 6, 12), date(2025, 6, 14)]
