from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.differences import MOST_COMPARISONS, Difference, Fate, differences

KEPT, REMOVED, ADDED = Fate


def told(before: str, after: str) -> list[tuple[Fate, str]]:
    return [(each.fate, each.text) for each in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("弁理士に相談", "弁理士に相談", [(KEPT, "弁理士に相談")]),
        ("", "新しい", [(ADDED, "新しい")]),
        ("古い", "", [(REMOVED, "古い")]),
        ("", "", []),
        ("鈴木 7/29", "鈴木 8/5", [(KEPT, "鈴木 "), (REMOVED, "7/29"), (ADDED, "8/5")]),
        (
            "売上の6割が1社",
            "売上の40割が1社",
            [(KEPT, "売上の"), (REMOVED, "6"), (ADDED, "40"), (KEPT, "割が1社")],
        ),
        ("出願します", "出願しました", [(KEPT, "出願しま"), (REMOVED, "す"), (ADDED, "した")]),
        ("マーク", "マーケット", [(REMOVED, "マーク"), (ADDED, "マーケット")]),
    ],
)
def test_a_change_is_told_in_words(before: str, after: str, expected: list[tuple[Fate, str]]) -> None:
    assert told(before, after) == expected


@given(
    st.text(alphabet="治具は出願しますA1。\n𠮷", max_size=30),
    st.text(alphabet="治具は秘密しB12\r\n", max_size=30),
)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(each.text for each in found if each.fate is not ADDED) == before
    assert "".join(each.text for each in found if each.fate is not REMOVED) == after
    assert all(one.fate is not other.fate for one, other in pairwise(found))


def test_texts_too_long_to_compare_are_told_whole() -> None:
    length = int(MOST_COMPARISONS**0.5) + 1
    before, after = "あ" * length, "い" * length
    assert differences(before, after) == (Difference(REMOVED, before), Difference(ADDED, after))
