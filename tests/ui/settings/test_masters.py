"""設定 > 課題と視点."""

from app.domain.masters import FIRST_VISIT_QUESTION, IP_PERSPECTIVE, MANAGEMENT_ISSUE, PROMPT
from app.rows.masters import MasterRow
from tests.ui.program.house import House
from tests.ui.settings.rooms import enter
from ui.screens.settings.master_section import MasterSection


def entries(house: House, kind: str) -> dict[str, MasterRow]:
    house.settle()
    assert house.program is not None
    assert house.program.services is not None
    return {entry.code: entry for entry in house.program.services.masters.entries(kind)}


def keys(house: House) -> list[str]:
    (section,) = house.shown(MasterSection)
    return [entry.key for entry in section._list._model.entries]  # type: ignore[union-attr]


def test_words_are_changed_hidden_and_brought_back(house: House) -> None:
    enter(house, "masters")
    field = house.tab_to("経営課題")
    field.selectAll()  # type: ignore[attr-defined]
    house.commit("売り先")
    house.press("Tab")
    assert entries(house, MANAGEMENT_ISSUE)["M1"].label == "売り先"
    house.click("使わない")
    assert entries(house, MANAGEMENT_ISSUE)["M1"].is_hidden
    house.click("また使う")
    assert not entries(house, MANAGEMENT_ISSUE)["M1"].is_hidden
    house.click("はじめの言葉に戻す")
    assert not entries(house, MANAGEMENT_ISSUE)["M1"].is_changed
    assert field.text() == "売上・販路"  # type: ignore[attr-defined]


def test_words_cannot_be_emptied(house: House) -> None:
    enter(house, "masters")
    field = house.tab_to("経営課題")
    field.selectAll()  # type: ignore[attr-defined]
    house.press("Delete", "Tab")
    assert not entries(house, MANAGEMENT_ISSUE)["M1"].is_changed
    assert "言葉を入れてください" in house.words()


def test_an_own_entry_is_named_at_once_and_deleted_with_undo(house: House) -> None:
    enter(house, "masters")
    house.click("知財の視点 21")
    house.press("Ctrl+N")
    house.settle()
    house.commit("標準化")
    house.press("Tab")
    own = [entry for entry in entries(house, IP_PERSPECTIVE).values() if entry.is_own]
    assert [entry.label for entry in own] == ["標準化"]
    house.click("消す")
    assert not [entry for entry in entries(house, IP_PERSPECTIVE).values() if entry.is_own]
    house.click("元に戻す")
    assert [entry.label for entry in entries(house, IP_PERSPECTIVE).values() if entry.is_own] == ["標準化"]


def test_a_search_folds_what_is_typed(house: House) -> None:
    enter(house, "masters")
    house.press("Ctrl+F")
    house.commit("カイガイ")
    house.press("Return")
    assert keys(house) == []
    assert "見つかりません" in house.words()
    house.press("Ctrl+A", "Delete")
    house.commit("海外")
    house.press("Return")
    assert keys(house) == [
        entry.code
        for entry in entries(house, MANAGEMENT_ISSUE).values()
        if "海外" in entry.label + entry.detail
    ]


def test_a_prompt_names_issues_and_perspectives(house: House) -> None:
    enter(house, "masters")
    house.click("困りごと 40")
    before = entries(house, PROMPT)["P01"]
    house.click("海外")
    after = entries(house, PROMPT)["P01"]
    assert set(after.management_codes) == {*before.management_codes, "M7"}
    assert after.perspective_codes == before.perspective_codes
    assert after.label == before.label


def test_a_question_reaches_the_visit_sheet(house: House) -> None:
    enter(house, "masters")
    house.click("初回の質問 11")
    field = house.tab_to("質問の文 (訪問シートに載ります)")
    field.selectAll()  # type: ignore[attr-defined]
    house.commit("なぜ選ばれるのでしょう。")
    house.press("Tab")
    assert entries(house, FIRST_VISIT_QUESTION)["Q01"].detail == "なぜ選ばれるのでしょう。"
