from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import JAPAN, SystemClock
from app.ids import record_id, save_id

AT = datetime(2025, 7, 22, 4, 2, 3, 456_789, tzinfo=UTC)


def test_a_record_id_is_a_version_7_uuid_of_its_millisecond() -> None:
    made = UUID(record_id(AT))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(AT.timestamp() * 1000)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1)), st.integers(1, 10**9))  # noqa: DTZ001
def test_a_later_record_id_sorts_after_an_earlier_one(naive: datetime, microseconds: int) -> None:
    earlier = naive.replace(tzinfo=UTC)
    later = earlier + timedelta(microseconds=microseconds)
    assert record_id(earlier, lambda n: b"\xff" * n) < record_id(later, bytes)


def test_two_record_ids_of_one_instant_differ() -> None:
    assert record_id(AT) != record_id(AT)


def test_a_record_id_needs_a_time_zone_to_be_the_same_everywhere() -> None:
    assert record_id(AT, bytes) == record_id(AT.astimezone(JAPAN), bytes)


def test_save_ids_are_eight_bytes_and_do_not_repeat() -> None:
    drawn = {save_id() for _ in range(1000)}
    assert len(drawn) == 1000
    assert {len(each) for each in drawn} == {8}


def test_the_system_clock_speaks_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


@pytest.mark.parametrize("month", [1, 7])
def test_japan_is_nine_hours_ahead_all_year(month: int) -> None:
    assert datetime(2025, month, 1, 15, 0, tzinfo=UTC).astimezone(JAPAN).hour == 0
