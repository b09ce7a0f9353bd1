"""Size class of a company: 中小企業基本法2条1項 (中小企業者) and 5項 (小規模企業者).

Industry follows 日本標準産業分類 in the mapping of 中小企業庁 for that law. Other laws and most grants draw
further lines (ゴム製品, ソフトウェア, 旅館; みなし大企業), so the result can be overridden by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any

from app.domain.terms import CompanySize


class Trade(Enum):
    """The four trades of the law: name, capital in 千円, employees, and employees of a small company."""

    MANUFACTURING = "製造業その他", 300_000, 300, 20
    WHOLESALE = "卸売業", 100_000, 100, 5
    SERVICE = "サービス業", 50_000, 100, 5
    RETAIL = "小売業", 50_000, 50, 5

    def __init__(self, word: str, capital_limit: int, employee_limit: int, small_limit: int) -> None:
        """Name the four values of a row."""
        self.word = word
        self.capital_limit = capital_limit
        self.employee_limit = employee_limit
        self.small_limit = small_limit


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What the size follows from; None where it is not known. The names are those of the company's record.

    `industry_major` is the letter of the 大分類, `industry_middle` the two digits of the 中分類.
    `employees_regular` are 常時使用する従業員, without officers. An individual has no capital.
    """

    industry_major: str | None = None
    industry_middle: str | None = None
    capital_thousand_yen: int | None = None
    employees_regular: int | None = None
    is_sole_proprietor: bool | None = None
    is_deemed_large: bool | None = None
    size_override: str | None = None


@dataclass(frozen=True, slots=True)
class SizeFinding:
    """The size, None while it cannot be told, and in Japanese why.

    `is_deemed_large` (みなし大企業) leaves the size in law as it is; most grants exclude such a company.
    """

    size: CompanySize | None
    reason: str
    is_deemed_large: bool = False
    is_overridden: bool = False


_COLUMNS = tuple(column.name for column in fields(CompanyFacts))
_DEEMED_LARGE = "みなし大企業のため、多くの補助金では対象外です。"
_SERVICE_LETTERS = frozenset("LNOPQR")
_BY_MIDDLE: dict[str, tuple[Trade, ...]] = {
    **{f"{code}": (Trade.WHOLESALE,) for code in range(50, 56)},
    **{f"{code}": (Trade.RETAIL,) for code in (*range(56, 62), 76, 77)},
    **{f"{code}": (Trade.SERVICE,) for code in (38, 39, 70, 75)},
    "41": (Trade.SERVICE, Trade.MANUFACTURING),  # 新聞業 and 出版業 are 製造業その他
    "69": (Trade.MANUFACTURING, Trade.SERVICE),  # 駐車場業 is サービス業
    "79": (Trade.SERVICE, Trade.MANUFACTURING),  # 旅行業 is 製造業その他
}
_LETTER_ONLY = {
    "G": (Trade.MANUFACTURING, Trade.SERVICE),
    "I": (Trade.WHOLESALE, Trade.RETAIL),
    "K": (Trade.MANUFACTURING, Trade.SERVICE),
    "M": (Trade.SERVICE, Trade.RETAIL),
    "N": (Trade.SERVICE, Trade.MANUFACTURING),
}


def size_of(company: Mapping[str, Any]) -> SizeFinding:
    """The size class of a company as it is kept: its record's columns by name, others being left aside."""
    return company_size(CompanyFacts(**{column: company.get(column) for column in _COLUMNS}))


def company_size(facts: CompanyFacts) -> SizeFinding:
    """The size class with its reason; an override by hand goes before what was computed."""
    if facts.size_override:
        computed = _computed(facts)
        said = computed.size.term if computed.size else "判定できません"
        finding = SizeFinding(
            CompanySize(facts.size_override), f"手で選びました（計算では {said}）。", is_overridden=True
        )
    else:
        finding = _computed(facts)
    if not facts.is_deemed_large:
        return finding
    return SizeFinding(finding.size, finding.reason + _DEEMED_LARGE, True, finding.is_overridden)


def trades_of(industry: str | None, middle_industry: str | None) -> tuple[Trade, ...]:
    """The trades an industry may belong to: two where only the 小分類 would tell, none if it is unknown."""
    if not industry:
        return ()
    if middle_industry in _BY_MIDDLE:
        return _BY_MIDDLE[middle_industry]
    if not middle_industry and industry in _LETTER_ONLY:
        return _LETTER_ONLY[industry]
    return (Trade.SERVICE if industry in _SERVICE_LETTERS else Trade.MANUFACTURING,)


def is_under_ten_years_old(founded_on: date, today: date) -> bool:
    """設立10年未満, as reductions of fees ask: the tenth anniversary has not come."""
    return (today.year - founded_on.year, today.month, today.day) < (10, founded_on.month, founded_on.day)


def _computed(facts: CompanyFacts) -> SizeFinding:
    trades = trades_of(facts.industry_major, facts.industry_middle)
    if not trades:
        return SizeFinding(None, "業種を入れると判定します。")
    if facts.employees_regular is None:
        return SizeFinding(None, "常時使用する従業員の数を入れると判定します。")
    findings = [_in_trade(trade, facts, facts.employees_regular) for trade in trades]
    if len({finding.size for finding in findings}) > 1:
        words = "か".join(trade.word for trade in trades)
        return SizeFinding(None, f"業種の細かい分類で {words} に分かれるため、手で選んでください。")
    return findings[0]


def _in_trade(trade: Trade, facts: CompanyFacts, employees: int) -> SizeFinding:
    """The size within one trade, employees being known."""
    if employees <= trade.small_limit:
        return SizeFinding(
            CompanySize.SMALL, f"{trade.word}で従業員{trade.small_limit}人以下（{employees}人）。"
        )
    if employees <= trade.employee_limit:
        reason = f"{trade.word}で従業員{trade.employee_limit}人以下（{employees}人）。"
        return SizeFinding(CompanySize.MEDIUM, reason)
    if facts.is_sole_proprietor:
        reason = f"{trade.word}の個人で従業員{trade.employee_limit}人を超えます（{employees}人）。"
        return SizeFinding(CompanySize.LARGE, reason)
    return _by_capital(trade, facts.capital_thousand_yen)


def _by_capital(trade: Trade, capital: int | None) -> SizeFinding:
    """The size of a company with too many employees: its capital decides."""
    limit = f"資本金{_yen(trade.capital_limit)}"
    if capital is None:
        return SizeFinding(None, "資本金を入れると判定します。")
    if capital <= trade.capital_limit:
        return SizeFinding(CompanySize.MEDIUM, f"{trade.word}で{limit}以下（{_yen(capital)}）。")
    return SizeFinding(
        CompanySize.LARGE, f"{trade.word}で従業員{trade.employee_limit}人と{limit}を超えます。"
    )


def _yen(thousand_yen: int) -> str:
    """An amount in words: 3億円, 5,000万円, 1,234千円."""
    for scale, word in ((100_000, "億円"), (10, "万円")):
        if thousand_yen and thousand_yen % scale == 0:
            return f"{thousand_yen // scale:,}{word}"
    return f"{thousand_yen:,}千円"
