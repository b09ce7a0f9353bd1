from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects.columns import column, pack_column, pack_steps, steps
from app.sharing.objects.malformed import MalformedObject

MOST = (1 << 63) - 1
EDGES = sorted(
    {edge for bits in (7, 8, 15, 16, 31, 32, 63) for edge in ((1 << bits) - 1, 1 << bits) if edge <= MOST}
)
NUMBERS = st.integers(0, MOST) | st.integers(0, 300) | st.sampled_from(EDGES)


@given(st.lists(NUMBERS, min_size=1, max_size=9))
def test_numbers_come_back(values: list[int]) -> None:
    assert column(pack_column(values), len(values), max(values)) == tuple(values)
    assert steps(pack_steps(values), len(values), values[0]) == tuple(values)


@pytest.mark.parametrize("value", EDGES)
def test_the_greatest_number_is_the_limit(value: int) -> None:
    packed = pack_column([0, value])
    assert column(packed, 2, value) == (0, value)
    with pytest.raises(MalformedObject, match="limit"):
        column(packed, 2, value - 1)


@pytest.mark.parametrize("value", EDGES)
def test_numbers_have_the_least_width(value: int) -> None:
    assert len(pack_column([value])) == next(width for width in (1, 2, 4, 8) if value < 1 << 8 * width)


@pytest.mark.parametrize(
    ("values", "width"),
    [
        ([0, 127], 1),
        ([0, 128], 2),
        ([128, 0], 1),
        ([129, 0], 2),
        ([0, 1 << 31], 8),
        ([1 << 31, 0], 4),
        ([0, MOST], 8),
    ],
)
def test_steps_have_the_least_width(values: list[int], width: int) -> None:
    assert len(pack_steps(values)) == 2 * width


@pytest.mark.parametrize("first", [0, MOST])
def test_steps_stay_within_what_a_store_counts(first: int) -> None:
    assert steps(b"\0\0", 2, first) == (first, first)
    with pytest.raises(MalformedObject, match="limit"):
        steps(b"\0\1" if first else b"\0\xff", 2, first)


def test_the_first_step_is_no_step() -> None:
    with pytest.raises(MalformedObject, match="first"):
        steps(b"\1", 1, 0)


@pytest.mark.parametrize("rows", [1, 4, 5, 7])
def test_a_width_that_is_none_is_refused(rows: int) -> None:
    with pytest.raises(MalformedObject, match="length"):
        column(bytes(3 * rows), rows, MOST)
    with pytest.raises(MalformedObject, match="length"):
        column(bytes(2 * rows + 1), rows, MOST)


def test_no_rows_are_no_numbers() -> None:
    assert column(pack_column([]), 0, -1) == ()
