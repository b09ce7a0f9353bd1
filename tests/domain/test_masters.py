"""The master entries are whole, refer to one another rightly, and read well."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app.domain.masters import FieldKind, Prompt, perspectives_for, prompts_for
from app.masters import Masters, load_masters


@pytest.fixture(scope="module")
def masters() -> Masters:
    return load_masters()


def test_there_are_as_many_entries_as_the_field_knows(masters: Masters) -> None:
    assert [issue.code for issue in masters.management_issues] == [f"M{n}" for n in range(1, 17)]
    assert len(masters.ip_perspectives) == 21
    assert [prompt.code for prompt in masters.prompts] == [f"P{n:02d}" for n in range(1, 41)]
    assert len(masters.first_visit_questions) == 11
    assert [prefecture.code for prefecture in masters.prefectures] == [f"{n:02d}" for n in range(1, 48)]


def test_every_middle_class_belongs_to_one_industry_in_the_official_order(masters: Masters) -> None:
    assert "".join(industry.code for industry in masters.industries) == "ABCDEFGHIJKLMNOPQRST"
    middles = [middle.code for industry in masters.industries for middle in industry.middles]
    assert middles == [f"{n:02d}" for n in range(1, 100)]


@pytest.mark.parametrize(
    ("letter", "first", "last"),
    [("A", "01", "02"), ("E", "09", "32"), ("G", "37", "41"), ("I", "50", "61"), ("R", "88", "96")],
)
def test_an_industry_spans_its_official_range(masters: Masters, letter: str, first: str, last: str) -> None:
    middles = masters.industry[letter].middles
    assert (middles[0].code, middles[-1].code) == (first, last)


def test_entries_are_found_by_their_codes(masters: Masters) -> None:
    assert masters.management_issue["M5"].word == "模倣・競合"
    assert masters.ip_perspective["TS"].word == "営業秘密・ノウハウ"
    assert masters.prompt["P09"].text == "展示会・商談が近い"
    assert masters.middle_industry_word["24"] == "金属製品製造業"
    assert masters.intake_field["management.vision"].kind is FieldKind.LONG_TEXT


def test_every_prompt_names_issues_and_perspectives_that_exist(masters: Masters) -> None:
    for prompt in masters.prompts:
        assert set(prompt.management_codes) <= masters.management_issue.keys()
        assert set(prompt.perspective_codes) <= masters.ip_perspective.keys()
        assert prompt.management_codes
        assert prompt.perspective_codes
        assert prompt.measures
        assert prompt.menu_numbers


def test_every_issue_is_met_by_a_prompt(masters: Masters) -> None:
    assert all(prompts_for(issue.code, masters.prompts) for issue in masters.management_issues)


def test_every_explanation_is_one_line_that_fits_beside_its_word(masters: Masters) -> None:
    for entry in (*masters.management_issues, *masters.ip_perspectives):
        assert entry.word
        assert 5 <= len(entry.explanation) <= 40
        assert "\n" not in entry.explanation


def test_an_intake_field_has_a_permanent_code_of_its_own(masters: Masters) -> None:
    codes = Counter(field.code for block in masters.intake_blocks for field in block.fields)
    assert max(codes.values()) == 1
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+){1,2}", code) for code in codes)


def test_an_intake_field_has_choices_exactly_when_one_chooses(masters: Masters) -> None:
    for field in masters.intake_field.values():
        assert bool(field.choices) == (field.kind is FieldKind.CHOICE)
        assert len({choice.code for choice in field.choices}) == len(field.choices)
        assert not field.unit or field.kind is FieldKind.NUMBER
        assert field.tidy in {"", "phone", "email"}
        assert len(field.hint) < 60


def test_labels_do_not_repeat_within_a_block(masters: Masters) -> None:
    for block in masters.intake_blocks:
        labels = [field.label for field in block.fields]
        assert len(set(labels)) == len(labels), block.word


def test_what_the_company_record_holds_is_not_asked_again(masters: Masters) -> None:
    labels = {field.label for field in masters.intake_field.values()}
    assert not labels & {"法人番号", "商号", "フリガナ", "郵便番号", "業種", "主要製品・サービス"}


def test_three_closed_years_ask_the_same_figures(masters: Masters) -> None:
    figures: dict[str, set[str]] = {}
    for code in masters.intake_field:
        if code.startswith("finance."):
            _, term, figure = code.split(".")
            figures.setdefault(term, set()).add(figure)
    assert figures.keys() == {"latest", "previous", "before_previous"}
    assert len(set(map(frozenset, figures.values()))) == 1
    assert len(figures["latest"]) == 12


def test_a_choice_is_shown_by_its_word_and_an_unknown_one_by_itself(masters: Masters) -> None:
    field = masters.intake_field["contact.can_visit"]
    assert field.word_of("ask") == "その都度確認"
    assert field.word_of("later_word") == "later_word"


def prompt(code: str, managements: str, perspectives: str) -> Prompt:
    return Prompt(code, code, tuple(managements.split()), tuple(perspectives.split()), (), ())


PROMPTS = (prompt("a", "M7 M5", "OVS TM"), prompt("b", "M5", "UCP TM"), prompt("c", "M1", "IPL"))


def test_prompts_that_name_an_issue_first_come_first() -> None:
    assert [prompt.code for prompt in prompts_for("M5", PROMPTS)] == ["b", "a"]
    assert prompts_for("M16", PROMPTS) == ()


def test_the_perspective_that_most_prompts_name_comes_first() -> None:
    assert perspectives_for(["M5"], PROMPTS) == ("TM", "OVS", "UCP")
    assert perspectives_for(["M1", "M7"], PROMPTS) == ("OVS", "TM", "IPL")
    assert perspectives_for([], PROMPTS) == ()
