"""The size class of 中小企業基本法 and its reasons."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.company_size import (
    CompanyFacts,
    SizeFinding,
    Trade,
    company_size,
    is_under_ten_years_old,
    size_of,
    trades_of,
)
from app.domain.terms import CompanySize
from app.masters import load_masters

SMALL, MEDIUM, LARGE = CompanySize
MANUFACTURING = ("E", "24")
WHOLESALE = ("I", "54")
RETAIL = ("I", "58")
SERVICE = ("L", "74")


def found_size(industry: tuple[str, str], capital: int | None, employees: int | None) -> CompanySize | None:
    return company_size(CompanyFacts(*industry, capital, employees)).size


@pytest.mark.parametrize(
    ("industry", "capital_limit", "employee_limit", "small_limit"),
    [
        (MANUFACTURING, 300_000, 300, 20),
        (("D", "06"), 300_000, 300, 20),
        (("H", "44"), 300_000, 300, 20),
        (WHOLESALE, 100_000, 100, 5),
        (SERVICE, 50_000, 100, 5),
        (RETAIL, 50_000, 50, 5),
        (("M", "76"), 50_000, 50, 5),
        (("M", "75"), 50_000, 100, 5),
        (("G", "39"), 50_000, 100, 5),
        (("G", "37"), 300_000, 300, 20),
        (("A", "01"), 300_000, 300, 20),
    ],
)
def test_each_limit_of_the_law_holds_on_both_sides(
    industry: tuple[str, str], capital_limit: int, employee_limit: int, small_limit: int
) -> None:
    assert found_size(industry, capital_limit + 1, small_limit) is SMALL
    assert found_size(industry, capital_limit + 1, small_limit + 1) is MEDIUM
    assert found_size(industry, capital_limit + 1, employee_limit) is MEDIUM
    assert found_size(industry, capital_limit, employee_limit + 1) is MEDIUM
    assert found_size(industry, capital_limit + 1, employee_limit + 1) is LARGE


def test_a_sole_proprietor_is_measured_by_employees_alone() -> None:
    facts = CompanyFacts(*RETAIL, None, 51, is_sole_proprietor=True)
    assert company_size(facts) == SizeFinding(LARGE, "小売業の個人で従業員50人を超えます（51人）。")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (CompanyFacts(None, None, 10_000, 42), "業種を入れると判定します。"),
        (CompanyFacts(*MANUFACTURING, 10_000, None), "常時使用する従業員の数を入れると判定します。"),
        (CompanyFacts(*MANUFACTURING, None, 301), "資本金を入れると判定します。"),
        (
            CompanyFacts("I", None, 60_000, 70),
            "業種の細かい分類で 卸売業か小売業 に分かれるため、手で選んでください。",
        ),
        (
            CompanyFacts("N", "79", 10_000, 15),
            "業種の細かい分類で サービス業か製造業その他 に分かれるため、手で選んでください。",
        ),
    ],
)
def test_what_is_not_known_is_said_and_not_guessed(facts: CompanyFacts, reason: str) -> None:
    assert company_size(facts) == SizeFinding(None, reason)


def test_where_both_possible_trades_agree_the_size_is_known() -> None:
    assert found_size(("I", ""), 10_000, 3) is SMALL
    assert found_size(("K", "69"), 10_000, 30) is MEDIUM


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (CompanyFacts(*MANUFACTURING, 10_000, 18), "製造業その他で従業員20人以下（18人）。"),
        (CompanyFacts(*MANUFACTURING, 10_000, 42), "製造業その他で従業員300人以下（42人）。"),
        (CompanyFacts(*WHOLESALE, 98_765, 120), "卸売業で資本金1億円以下（98,765千円）。"),
        (CompanyFacts(*SERVICE, 50_000, 120), "サービス業で資本金5,000万円以下（5,000万円）。"),
        (CompanyFacts(*RETAIL, 60_000, 51), "小売業で従業員50人と資本金5,000万円を超えます。"),
    ],
)
def test_the_reason_names_the_limit_that_decided(facts: CompanyFacts, reason: str) -> None:
    assert company_size(facts).reason == reason


def test_an_override_goes_first_and_says_what_was_computed() -> None:
    facts = CompanyFacts(*MANUFACTURING, 10_000, 18, size_override=MEDIUM)
    assert company_size(facts) == SizeFinding(
        MEDIUM, "手で選びました（計算では 小規模企業者）。", is_overridden=True
    )


def test_an_override_stands_where_nothing_can_be_computed() -> None:
    finding = company_size(CompanyFacts(None, None, None, None, size_override=MEDIUM))
    assert finding == SizeFinding(MEDIUM, "手で選びました（計算では 判定できません）。", is_overridden=True)


def test_a_company_is_measured_as_it_is_kept() -> None:
    columns = {"name": "北国精密", "industry_major": "E", "industry_middle": "24", "employees_regular": 42}
    assert size_of(columns).size is MEDIUM
    assert size_of({**columns, "size_override": "small"}).size is SMALL
    assert size_of({**columns, "is_deemed_large": True}).is_deemed_large
    assert size_of({}).size is None


def test_control_by_a_large_firm_keeps_the_size_in_law_and_warns_of_grants() -> None:
    finding = company_size(CompanyFacts(*MANUFACTURING, 10_000, 42, is_deemed_large=True))
    assert finding.size is MEDIUM
    assert finding.is_deemed_large
    assert finding.reason.endswith("みなし大企業のため、多くの補助金では対象外です。")


def test_every_industry_belongs_to_a_trade() -> None:
    for industry in load_masters().industries:
        assert trades_of(industry.code, None)
        for middle in industry.middles:
            trades = trades_of(industry.code, middle.code)
            assert set(trades) <= set(trades_of(industry.code, None))


@pytest.mark.parametrize(
    ("industry", "middle", "trades"),
    [
        ("G", "41", (Trade.SERVICE, Trade.MANUFACTURING)),
        ("K", "68", (Trade.MANUFACTURING,)),
        ("K", "70", (Trade.SERVICE,)),
        ("N", "78", (Trade.SERVICE,)),
        ("R", "90", (Trade.SERVICE,)),
        ("J", "62", (Trade.MANUFACTURING,)),
        ("E", None, (Trade.MANUFACTURING,)),
        (None, None, ()),
    ],
)
def test_industries_map_to_trades_as_the_agency_says(
    industry: str | None, middle: str | None, trades: tuple[Trade, ...]
) -> None:
    assert trades_of(industry, middle) == trades


@pytest.mark.parametrize(
    ("founded", "today", "is_young"),
    [
        (date(2016, 4, 1), date(2026, 3, 31), True),
        (date(2016, 4, 1), date(2026, 4, 1), False),
        (date(2016, 2, 29), date(2026, 2, 28), True),
        (date(2016, 2, 29), date(2026, 3, 1), False),
        (date(1987, 4, 1), date(2026, 4, 1), False),
    ],
)
def test_a_company_is_young_until_its_tenth_anniversary(founded: date, today: date, is_young: bool) -> None:
    assert is_under_ten_years_old(founded, today) is is_young
