"""Order keys sort strictly, stay short, and let two devices' lines fall into each other by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.order_keys import DIGITS, EPOCH, after, appended, before, between, placed, seeded_from

NINE = datetime(2026, 7, 22, 9, 0, tzinfo=UTC)

keys = st.text(DIGITS, min_size=1, max_size=14).filter(lambda key: key[-1] != DIGITS[0])
instants = st.integers(0, 13_000_000_000_000_000).map(lambda us: EPOCH + timedelta(microseconds=us))


@given(keys, keys)
def test_a_key_between_two_lies_strictly_between(first: str, second: str) -> None:
    assume(first != second)
    left, right = sorted((first, second))
    middle = between(left, right)
    assert left < middle < right
    assert middle[-1] != DIGITS[0]


@given(keys, st.lists(st.booleans(), max_size=60))
def test_there_is_room_again_and_again_on_either_side(start: str, goes_left: list[bool]) -> None:
    left, right = start, after(start)
    for goes in goes_left:
        middle = between(left, right)
        assert left < middle < right
        left, right = (left, middle) if goes else (middle, right)


@given(keys)
def test_before_and_after_lie_on_their_side(key: str) -> None:
    assert before(key) < key < after(key)
    assert before(key)[-1] != DIGITS[0]
    assert after(key)[-1] != DIGITS[0]


@given(instants, instants)
def test_keys_from_stamps_sort_as_the_stamps_do(one: datetime, other: datetime) -> None:
    assert (seeded_from(one) < seeded_from(other)) == (one < other)


def test_the_key_of_an_instant_does_not_depend_on_its_time_zone() -> None:
    japan = timezone(timedelta(hours=9))
    assert seeded_from(NINE.astimezone(japan)) == seeded_from(NINE)


def test_lines_of_two_devices_fall_into_each_other_by_time() -> None:
    keyed: list[tuple[str, str]] = []
    for device, minutes in (("A", (0, 2, 5)), ("B", (1, 3, 4))):
        last = None
        for minute in minutes:
            last = appended(last, NINE + timedelta(minutes=minute))
            keyed.append((last, f"{device}{minute}"))
    assert [line for _, line in sorted(keyed)] == ["A0", "B1", "A2", "B3", "B4", "A5"]


def test_ten_thousand_lines_added_at_one_instant_keep_their_order_and_their_short_keys() -> None:
    added = [appended(None, NINE)]
    for _ in range(10_000):
        added.append(appended(added[-1], NINE))
    assert added == sorted(set(added))
    assert max(map(len, added)) == 10


def test_a_line_added_while_the_clock_stands_behind_still_comes_last() -> None:
    last = seeded_from(NINE)
    assert appended(last, NINE - timedelta(hours=1)) > last


def test_two_hundred_lines_typed_into_one_gap_keep_keys_of_bearable_length() -> None:
    left, right = seeded_from(NINE), seeded_from(NINE + timedelta(seconds=1))
    for _ in range(200):
        left = between(left, right)
    assert len(left) < 60


def test_a_line_between_two_neighbours_takes_a_place_between_them() -> None:
    first, last = seeded_from(NINE), seeded_from(NINE + timedelta(minutes=1))
    later = NINE + timedelta(minutes=9)
    assert first < placed(first, last, later) < last
    assert placed(None, first, later) < first
    assert placed(last, None, later) == seeded_from(later)
    assert placed(None, None, later) == seeded_from(later)


def test_neighbours_with_one_key_leave_the_place_after_both() -> None:
    key = seeded_from(NINE)
    assert placed(key, key, NINE) > key


@pytest.mark.parametrize(("left", "right"), [("V", "V"), ("b", "a")])
def test_no_key_lies_between_keys_that_are_not_in_order(left: str, right: str) -> None:
    with pytest.raises(ValueError, match="no key lies between"):
        between(left, right)


@pytest.mark.parametrize("text", ["", "a0", "あ", "a b"])
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an order key"):
        after(text)


def test_a_stamp_before_1970_has_no_key() -> None:
    with pytest.raises(ValueError, match="no order key"):
        seeded_from(datetime(1969, 12, 31, tzinfo=UTC))
