"""The check digit of 法人番号."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.corporate_number import check_digit, is_corporate_number

KNOWN = ("7000012050002", "4000012090001", "1100005004357", "7470005002863", "6280005003345")


@pytest.mark.parametrize("number", KNOWN)
def test_published_numbers_pass(number: str) -> None:
    assert check_digit(number[1:]) == int(number[0])
    assert is_corporate_number(number)


@pytest.mark.parametrize("number", KNOWN)
def test_every_slip_in_one_digit_is_found_except_between_0_and_9(number: str) -> None:
    for place, right in enumerate(number):
        for wrong in set("0123456789") - {right}:
            slipped = number[:place] + wrong + number[place + 1 :]
            swaps_0_and_9 = {right, wrong} == {"0", "9"} and place > 0
            assert is_corporate_number(slipped) == swaps_0_and_9


@given(st.text("0123456789", min_size=12, max_size=12))
def test_no_number_begins_with_0(base: str) -> None:
    assert 1 <= check_digit(base) <= 9
    assert is_corporate_number(f"{check_digit(base)}{base}")


@pytest.mark.parametrize(
    "text", ["", "700001205000", "70000120500020", "７０００012050002", "T7000012050002", "7000012050002\n"]
)
def test_only_thirteen_half_width_digits_are_a_number(text: str) -> None:
    assert not is_corporate_number(text)


def test_a_base_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="11 characters"):
        check_digit("0" * 11)
