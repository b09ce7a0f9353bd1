"""What fields do when they are left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tidying import (
    Tidied,
    TidiedNumber,
    TidyProblem,
    tidy_corporate_number,
    tidy_email,
    tidy_integer,
    tidy_kana,
    tidy_phone,
    tidy_postal_code,
    tidy_thousand_yen,
)

TIDYINGS = (
    tidy_corporate_number,
    tidy_email,
    tidy_integer,
    tidy_kana,
    tidy_phone,
    tidy_postal_code,
    tidy_thousand_yen,
)


@pytest.mark.parametrize("tidy", TIDYINGS)
@given(text=st.text() | st.text("０１2億万千百,.-ー－Tt円(〒@＠ｱあ ", max_size=12))
def test_what_cannot_be_read_stays_as_typed(tidy: Callable[[str], Tidied | TidiedNumber], text: str) -> None:
    tidied = tidy(text)
    if tidied.problem is not None and tidied.problem is not TidyProblem.CORPORATE_NUMBER_CHECK:
        assert tidied.text == text.strip()


@pytest.mark.parametrize("tidy", TIDYINGS)
@given(text=st.text("０１2億万千百,.-ー－Tt円(〒@＠ｱあ 90", max_size=14))
def test_leaving_a_field_twice_changes_nothing(
    tidy: Callable[[str], Tidied | TidiedNumber], text: str
) -> None:
    once = tidy(text)
    assert tidy(once.text) == once


@pytest.mark.parametrize("tidy", TIDYINGS)
@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_an_empty_field_is_no_problem(tidy: Callable[[str], Tidied | TidiedNumber], text: str) -> None:
    tidied = tidy(text)
    assert (tidied.text, tidied.problem) == ("", None)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("０２４－５２１－１１１１", "024-521-1111"),
        ("０２４ー５２１ー１１１１", "024-521-1111"),
        ("(024) 521-1111", "024-521-1111"),
        ("024.521.1111", "024-521-1111"),
        ("0245211111", "0245211111"),
        ("09012345678", "090-1234-5678"),
        ("05012345678", "050-1234-5678"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("0312345678", "03-1234-5678"),
        ("+81 24 521 1111", "+81-24-521-1111"),
    ],
)
def test_phone_numbers_are_written_with_hyphens(typed: str, tidied: str) -> None:
    assert tidy_phone(typed) == Tidied(tidied)


@pytest.mark.parametrize("typed", ["521-1111", "024-521-11112", "024-521-111", "内線12", "1234567890", "-"])
def test_what_is_no_phone_number_is_kept_and_said(typed: str) -> None:
    assert tidy_phone(typed) == Tidied(typed, TidyProblem.PHONE)


@pytest.mark.parametrize("typed", ["9608031", "960-8031", "〒960-8031", "９６０ー８０３１", "〒 960 8031"])
def test_postal_codes_are_written_in_one_way(typed: str) -> None:
    assert tidy_postal_code(typed) == Tidied("960-8031")


@pytest.mark.parametrize("typed", ["960-803", "960-80311", "福島市", "-"])
def test_what_is_no_postal_code_is_kept_and_said(typed: str) -> None:
    assert tidy_postal_code(typed) == Tidied(typed, TidyProblem.POSTAL_CODE)


@pytest.mark.parametrize(
    "typed",
    [
        "7000012050002",
        "７０００－０１２０－５０００２",
        "T7000012050002",
        "Ｔ７０００ 012 050 002",
        " 7 0000 1205 0002 ",
    ],
)
def test_corporate_numbers_become_thirteen_digits(typed: str) -> None:
    assert tidy_corporate_number(typed) == Tidied("7000012050002")


def test_a_corporate_number_that_fails_the_check_keeps_its_digits() -> None:
    assert tidy_corporate_number("７000012050003") == Tidied(
        "7000012050003", TidyProblem.CORPORATE_NUMBER_CHECK
    )


@pytest.mark.parametrize("typed", ["700001205000", "なし", "70000120500020"])
def test_a_corporate_number_of_another_length_is_kept_and_said(typed: str) -> None:
    assert tidy_corporate_number(typed) == Tidied(typed, TidyProblem.CORPORATE_NUMBER_LENGTH)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("42", 42),
        ("４２人", 42),
        ("１２，０００", 12_000),
        ("12,000円", 12_000),
        ("¥12,000", 12_000),
        ("1.2万", 12_000),
        ("1,000万", 10_000_000),
        ("3億5千万円", 350_000_000),
        ("1億2,345万6,789", 123_456_789),
        ("5千", 5_000),
        ("10百万円", 10_000_000),
        ("1万2千3百", 12_300),
        ("▲500", -500),
        ("△1,200", -1_200),
        ("−5", -5),
        ("0", 0),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(typed: str, number: int) -> None:
    assert tidy_integer(typed) == TidiedNumber(f"{number:,}", number)


@pytest.mark.parametrize(
    "typed", ["約50", "1,2", "1.5", "万", "円", "1万億", "5百千", "--5", "10-20", "9" * 17]
)
def test_what_is_no_whole_number_is_kept_and_said(typed: str) -> None:
    assert tidy_integer(typed) == TidiedNumber(typed, problem=TidyProblem.NUMBER)


@given(st.integers(-(10**15), 10**15))
def test_a_number_that_is_shown_is_read_again(number: int) -> None:
    assert tidy_integer(f"{number:,}").number == number


@pytest.mark.parametrize(
    "typed",
    ["10000", "10,000", "１０，０００", "1,000万円", "1千万", "10,000千円", "10百万円", "10,000,000円"],
)
def test_amounts_are_kept_in_thousand_yen_however_they_are_written(typed: str) -> None:
    assert tidy_thousand_yen(typed) == TidiedNumber("10,000", 10_000)


def test_a_rest_below_thousand_yen_is_not_rounded_away() -> None:
    assert tidy_thousand_yen("10,500,300円") == TidiedNumber(
        "10,500,300円", problem=TidyProblem.BELOW_THOUSAND_YEN
    )


def test_a_loss_is_a_negative_amount() -> None:
    assert tidy_thousand_yen("▲120万円") == TidiedNumber("-1,200", -1_200)


def test_addresses_become_half_width() -> None:
    assert tidy_email("ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｊｐ ") == Tidied("info@example.jp")


@pytest.mark.parametrize(
    "typed", ["info", "info@example", "info@@example.jp", "山田@example.jp", "a b@example.jp"]
)
def test_what_is_no_address_is_kept_and_said(typed: str) -> None:
    assert tidy_email(typed) == Tidied(typed, TidyProblem.EMAIL)


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("きたぐにせいみつ", "キタグニセイミツ"),
        ("ｷﾀｸﾞﾆ ｾｲﾐﾂ", "キタグニ セイミツ"),
        ("スズキ　イチロー", "スズキ イチロー"),
        ("Ａ＆Ｂコーポレーション", "A&Bコーポレーション"),
    ],
)
def test_readings_become_full_width_katakana(typed: str, kana: str) -> None:
    assert tidy_kana(typed) == Tidied(kana)


def test_a_reading_with_kanji_is_kept_and_said() -> None:
    assert tidy_kana("北国セイミツ") == Tidied("北国セイミツ", TidyProblem.KANA)
