from typing import Any

import pytest

from app.masters import load_masters
from app.services.value_words import ValueWords
from db.cells import RECORD_TYPES

WORDS = ValueWords(load_masters(), lambda record_id: {"p": "鈴木"}.get(record_id, ""))


@pytest.mark.parametrize(
    ("record_type", "cell", "value", "words"),
    [
        ("company", "industry", {"industry_major": "E", "industry_middle": "24"}, "金属製品製造業"),
        ("company", "employees", {"employees_regular": 42, "employees_part": 5}, "42人 5人(パート)"),
        ("company", "capital_thousand_yen", 30000, "30000千円"),
        ("company", "is_sole_proprietor", True, "はい"),
        ("company", "confidentiality", "assigned", "担当者限り"),
        (
            "engagement",
            "standing",
            {"status": "supported", "status_reason": "会議で決定", "status_on": "2025-07-03"},
            "支援中 会議で決定 2025/07/03(木)",
        ),
        ("engagement", "fiscal_year", 2025, "R7年度"),
        (
            "support_session",
            "period",
            {"starts_at": "2025-07-22T13:00", "ends_at": None},
            "2025/07/22(火) 13:00",
        ),
        ("support_session", "finished_at", 1753156800000, "2025/07/22(火) 13:00"),
        ("note_line", "mark", "decision", "決定"),
        ("note_line", "is_secret", False, "いいえ"),
        ("issue", "management_code", "M5", "模倣・競合"),
        ("issue", "management_code", "M99", "M99"),
        ("ip_seed", "kind", "know_how", "ノウハウ"),
        ("ip_seed", "managed", {"managed_state": "not_met", "managed_note": "表示なし"}, "なし 表示なし"),
        ("action_item", "owner", {"owner_id": "p", "owner_name": "すずき"}, "鈴木"),
        ("action_item", "owner", {"owner_id": None, "owner_name": "先方"}, "先方"),
        ("action_item", "owner", {"owner_id": "unknown", "owner_name": None}, ""),
        (
            "action_item",
            "progress",
            {"status": "done", "done_on": "2025-07-01", "progress_percent": 100},
            "済 2025/07/01(火)",
        ),
        ("action_item", "stage", "of a later program", "of a later program"),
        ("action_item", "due_on", None, ""),
    ],
)
def test_a_value_is_told_in_the_words_of_the_screen(
    record_type: str, cell: str, value: Any, words: str
) -> None:
    assert WORDS.of(record_type, cell, value) == words


def test_an_answer_is_told_as_its_question_shows_it() -> None:
    field = next(field for field in load_masters().intake_field.values() if field.choices)
    choice = field.choices[0]
    assert WORDS.of("intake_answer", "value", choice.code, field.code) == choice.word
    assert WORDS.of("intake_answer", "value", "書いたまま", None) == "書いたまま"


@pytest.mark.parametrize(
    ("record_type", "cell"), [(kind.name, cell.name) for kind in RECORD_TYPES for cell in kind.cells]
)
def test_every_cell_can_be_empty(record_type: str, cell: str) -> None:
    assert WORDS.of(record_type, cell, None) == ""
