"""What is asked of a company on one screen (domain facts 2.1), and what of it cannot wait."""

from __future__ import annotations

from collections.abc import Mapping

ENTRY_WORDS = {
    "name": "商号・屋号",
    "kana": "フリガナ",
    "corporate_number": "法人番号",
    "representative_name": "代表者の氏名",
    "representative_kana": "代表者のフリガナ",
    "representative_title": "代表者の役職",
    "postal_code": "郵便番号",
    "prefecture": "都道府県",
    "city": "市区町村",
    "street": "番地",
    "industry_major": "業種の大分類",
    "industry_middle": "業種の中分類",
    "employees_regular": "常時使用する従業員の数",
    "employees_part": "パートの数",
    "products": "主な製品・サービス",
}
"""The columns that a file should have in the end, with their words, in the order of the screen."""

REQUIRED = frozenset(("name",))
"""Without these no company is taken in. All else can wait until after the first visit."""

_GROUPS = (
    ("representative_name", "representative_kana", "representative_title"),
    ("postal_code", "prefecture", "city", "street"),
    ("employees_regular", "employees_part"),
    ("industry_major", "industry_middle"),
    ("corporate_number", "is_sole_proprietor"),
)


def saved_together(column: str) -> tuple[str, ...]:
    """The columns that only make sense together with one, itself included."""
    return next((group for group in _GROUPS if column in group), (column,))


def missing(values: Mapping[str, object]) -> dict[str, str]:
    """What is still to be filled: a sentence per required column."""
    return {column: "入れてください" for column in REQUIRED if values.get(column) in (None, "")}
