import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sizes import size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 バイト"),
        (999, "999 バイト"),
        (1_000, "1.0 KB"),
        (9_949, "9.9 KB"),
        (9_950, "10 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (3_240_000, "3.2 MB"),
        (10_000_000, "10 MB"),
        (7_600_000_000, "7.6 GB"),
    ],
)
def test_sizes_are_said_in_few_figures(size: int, words: str) -> None:
    assert size_words(size) == words


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_what_is_larger_is_never_said_to_be_smaller(one: int, other: int) -> None:
    assert (one <= other) <= (_said(one) <= _said(other))


def _said(size: int) -> float:
    value, unit = size_words(size).replace(",", "").split()
    return float(value) * {"バイト": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}[unit]
