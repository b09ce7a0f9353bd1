"""How answers to intake fields are kept and shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_reading import DateProblem
from app.domain.intake_answers import KeptAnswer, kept_answer, shown_answer
from app.domain.masters import FieldKind, IntakeField
from app.domain.terms import Term
from app.domain.tidying import TidyProblem
from app.masters import load_masters

TODAY = date(2026, 11, 20)
FIELDS = load_masters().intake_field


@pytest.mark.parametrize(
    ("code", "typed", "kept", "shown"),
    [
        ("route.recommended_on", "Ｒ８．１１．２", "2026-11-02", "2026/11/02(月)"),
        ("finance.latest.sales", "８億1,200万円", "812000", "812,000千円"),
        ("finance.latest.sales", "812,000", "812000", "812,000千円"),
        ("finance.latest.operating_profit", "▲1,850", "-1850", "-1,850千円"),
        ("finance.latest.employees", "４２人", "42", "42人"),
        ("business.subcontract_ratio", "６０％", "60", "60%"),
        ("identity.closing_month", "3月", "3", "3月"),
        ("identity.phone", "０２４－５２１－１１１１", "024-521-1111", "024-521-1111"),
        ("identity.email", "ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｊｐ", "info@example.jp", "info@example.jp"),
        ("contact.can_visit", "ask", "ask", "その都度確認"),
        ("management.vision", " 北匠の名を\n残す ", "北匠の名を\n残す", "北匠の名を\n残す"),
        ("route.recommended_on", "", "", ""),
        ("finance.latest.sales", "", "", ""),
    ],
)
def test_an_answer_is_kept_in_one_form_and_shown_in_words(
    code: str, typed: str, kept: str, shown: str
) -> None:
    assert kept_answer(FIELDS[code], typed, TODAY) == KeptAnswer(kept)
    assert shown_answer(FIELDS[code], kept) == shown


@pytest.mark.parametrize(
    ("code", "typed", "problem"),
    [
        ("route.recommended_on", "昨年の秋", DateProblem.UNREADABLE),
        ("finance.latest.sales", "約8億", TidyProblem.NUMBER),
        ("finance.latest.sales", "1,500円", TidyProblem.BELOW_THOUSAND_YEN),
        ("identity.phone", "内線12", TidyProblem.PHONE),
        ("identity.email", "info", TidyProblem.EMAIL),
    ],
)
def test_what_cannot_be_read_is_kept_and_shown_as_typed(code: str, typed: str, problem: Term) -> None:
    assert kept_answer(FIELDS[code], typed, TODAY) == KeptAnswer(typed, problem=problem)
    assert shown_answer(FIELDS[code], typed) == typed


def test_a_flag_is_shown_only_when_it_is_set() -> None:
    flag = IntakeField("x.y", "旗", FieldKind.FLAG, "", "", "", ())
    assert shown_answer(flag, kept_answer(flag, "yes", TODAY).value) == "はい"
    assert shown_answer(flag, "") == ""


def test_what_was_assumed_of_a_date_is_said() -> None:
    kept = kept_answer(FIELDS["route.recommended_on"], "平成38年3月31日", TODAY)
    assert kept == KeptAnswer("2026-03-31", "平成38年は、令和8年（2026年）として読みました。")


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=20))
def test_leaving_a_field_again_keeps_the_same(code: str, typed: str) -> None:
    kept = kept_answer(FIELDS[code], typed, TODAY)
    if kept.problem is None:
        assert kept_answer(FIELDS[code], kept.value, TODAY).value == kept.value
