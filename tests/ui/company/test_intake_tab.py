"""企業の情報: each field saved on leaving, nothing typed is lost, every answer with its own 取扱."""

import pytest
from PySide6.QtWidgets import QComboBox

from app.domain.terms import Confidentiality
from app.errors import CannotWrite
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.company.intake.answer_field import AnswerField
from ui.screens.company.intake.form_writer import draft_scope
from ui.screens.company.intake.tab import IntakeTab
from ui.widgets.fields.text_field import TextField
from ui.widgets.row_list import RowList
from ui.widgets.tab_strip import TabStrip


@pytest.fixture
def company_id(desk: Desk) -> str:
    made = desk.services.companies.register(ENTRY)
    desk.open_company(made, "intake")
    return made


def tab(desk: Desk) -> IntakeTab:
    return desk.window.findChild(IntakeTab)


def stored(desk: Desk, company_id: str, column: str) -> object:
    return desk.services.companies.form(company_id).form.values[column]


def rewrite(desk: Desk, column: str, text: str) -> None:
    """Replace the text of a field, as a person does."""
    tab(desk).fields.go_to(column)
    field = desk.focused()
    assert isinstance(field, TextField)
    field.selectAll()
    desk.type(text)


def question(desk: Desk, code: str) -> AnswerField:
    """A question, with the focus in its editor."""
    company = desk.window.route()
    assert company is not None
    desk.open(Route(Place.COMPANIES, company.company_id, "intake", anchor=code))
    return next(each for each in tab(desk).findChildren(AnswerField) if each.code == code)


def test_passing_through_the_fields_changes_nothing(desk: Desk, company_id: str) -> None:
    desk.services.companies.change(
        desk.services.companies.form(company_id).form,
        {"kana": "きたぐにせいみつ", "capital_thousand_yen": 30000},
    )
    desk.settle()
    before = len(desk.services.history.of_company(company_id))
    desk.press(*["Tab"] * 24)
    desk.press("Alt+1")
    assert len(desk.services.history.of_company(company_id)) == before
    assert stored(desk, company_id, "kana") == "きたぐにせいみつ"


def test_a_field_is_saved_on_leaving_with_those_it_belongs_to(desk: Desk, company_id: str) -> None:
    rewrite(desk, "street", "工業団地９")
    desk.press("Tab")
    assert stored(desk, company_id, "street") == "工業団地９"
    assert stored(desk, company_id, "city") == "みどり市"
    assert desk.services.drafts.left() == ()


def test_fields_left_in_quick_succession_are_no_conflict(desk: Desk, company_id: str) -> None:
    rewrite(desk, "postal_code", "9500102")
    rewrite(desk, "city", "あおば市")
    rewrite(desk, "street", "1-1")
    tab(desk).fields.go_to("name")
    desk.settle()
    kept = [stored(desk, company_id, name) for name in ("postal_code", "city", "street")]
    assert kept == ["950-0102", "あおば市", "1-1"]
    with desk.services.place.reading() as reading:
        assert reading.record("company", company_id)["conflicts"] == 0


def test_text_under_conversion_is_kept_when_another_tab_is_pressed(desk: Desk, company_id: str) -> None:
    rewrite(desk, "name", "北国")
    desk.convert("せいみつ")
    desk.window.findChild(TabStrip)._tabs["sessions"].click()
    desk.settle()
    assert stored(desk, company_id, "name") == "北国せいみつ"


def test_a_name_left_blank_keeps_the_record_and_all_else_may_be_blank(desk: Desk, company_id: str) -> None:
    rewrite(desk, "name", "")
    desk.press("Delete", "Tab")
    assert stored(desk, company_id, "name") == ENTRY["name"]
    rewrite(desk, "city", "")
    desk.press("Delete", "Tab")
    assert stored(desk, company_id, "city") is None
    assert tab(desk).fields.problems() == ["name"]


def test_a_wrong_number_stays_as_typed_and_survives_a_change_elsewhere(desk: Desk, company_id: str) -> None:
    rewrite(desk, "corporate_number", "123")
    desk.press("Tab")
    desk.services.companies.set_level(company_id, Confidentiality.TEAM)
    desk.settle()
    assert tab(desk).fields.texts["corporate_number"].text() == "123"
    assert tab(desk).fields.choices["confidentiality"].value() == "team"
    assert stored(desk, company_id, "corporate_number") == ENTRY["corporate_number"]


def test_what_was_wrong_is_there_after_a_restart(desk: Desk, company_id: str) -> None:
    rewrite(desk, "corporate_number", "123")
    desk.press("Tab")
    desk.close_window()
    desk.open_window()
    desk.open_company(company_id, "intake")
    assert tab(desk).fields.texts["corporate_number"].text() == "123"


def test_a_change_is_taken_back_in_the_field(desk: Desk, company_id: str) -> None:
    rewrite(desk, "city", "あおば市")
    desk.press("Tab", "Ctrl+Z")
    assert desk.toast() == "元に戻しました: 企業の情報を直す"
    assert tab(desk).fields.texts["city"].text() == "みどり市"


def test_choosing_an_industry_saves_it_with_its_division(desk: Desk, company_id: str) -> None:
    choice = tab(desk).fields.choices["industry_middle"]
    choice.setFocus()
    desk.press("Down")
    assert stored(desk, company_id, "industry_middle") == "25"
    assert stored(desk, company_id, "industry_major") == "E"


def test_enter_on_a_block_goes_into_its_first_question(desk: Desk, company_id: str) -> None:
    blocks = next(each for each in tab(desk).findChildren(RowList) if each.isVisible())
    blocks.setFocus()
    desk.press("Down", "Return")
    assert desk.focused().accessibleName() == "電話"
    desk.type("０２５２２３４５６７")
    desk.press("Tab")
    assert desk.services.companies.form(company_id).answers["identity.phone"] == "0252234567"


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        ("management.vision", "ものづくりを\n次へ", "ものづくりを\n次へ"),
        ("identity.closing_month", "３月", "3"),
        ("finance.latest.sales", "８億１２００万円", "812000"),
        ("disclosure.first_disclosed_on", "R7.6.12", "2025-06-12"),
        ("identity.email", "ｉｎｆｏ@example.jp", "info@example.jp"),
    ],
)
def test_an_answer_is_kept_by_its_kind(desk: Desk, company_id: str, code: str, typed: str, kept: str) -> None:
    question(desk, code)
    desk.type(typed)
    desk.press("Tab")
    assert desk.services.companies.form(company_id).answers[code] == kept
    desk.open_company(company_id, "intake")
    assert desk.services.drafts.left() == ()


def test_a_choice_is_an_answer(desk: Desk, company_id: str) -> None:
    editor = question(desk, "contact.can_visit").editor
    assert isinstance(editor, QComboBox)
    desk.press("Down")
    assert desk.services.companies.form(company_id).answers["contact.can_visit"] == "yes"


def test_an_answer_has_its_own_level(desk: Desk, company_id: str) -> None:
    field = question(desk, "management.vision")
    desk.type("自社ブランド")
    desk.press("Tab")
    field.level_set.emit("management.vision", "public")
    desk.settle()
    levels = desk.services.companies.form(company_id).answer_levels
    assert levels["management.vision"] is Confidentiality.PUBLIC
    field.level_set.emit("management.vision", "")
    desk.settle()
    assert desk.services.companies.form(company_id).answer_levels["management.vision"] is None


def test_an_answer_being_typed_is_kept_within_two_seconds(desk: Desk, company_id: str) -> None:
    question(desk, "management.vision")
    desk.type("途中まで")
    scope = draft_scope(company_id)
    desk.wait_until(lambda: [draft.text for draft in desk.services.drafts.of(scope)] == ["途中まで"])


def test_an_answer_that_was_never_left_is_there_after_a_restart(desk: Desk, company_id: str) -> None:
    desk.services.drafts.keep(draft_scope(company_id), "management.vision", "途中まで")
    desk.close_window()
    desk.open_window()
    desk.open_company(company_id, "intake")
    editor = question(desk, "management.vision").text_editor
    assert editor is not None
    assert editor.text() == "途中まで"
    desk.press("Alt+1")
    assert desk.services.companies.form(company_id).answers["management.vision"] == "途中まで"
    assert desk.services.drafts.left() == ()


def test_a_write_that_fails_leaves_the_draft(
    desk: Desk, company_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite

    monkeypatch.setattr(desk.services.companies, "answer", refuse)
    question(desk, "management.vision")
    desk.type("まだ書けない")
    desk.press("Tab")
    assert [draft.text for draft in desk.services.drafts.left()] == ["まだ書けない"]
    assert [type(fault) for fault in desk.faults] == [CannotWrite]
    desk.faults.clear()


def test_another_company_shows_its_own_fields(desk: Desk, company_id: str) -> None:
    question(desk, "management.vision")
    desk.type("自社ブランド")
    other = desk.services.companies.register({**ENTRY, "name": "青葉食品", "corporate_number": None})
    desk.open_company(other, "intake")
    fields = tab(desk).fields
    assert (fields.texts["name"].text(), fields.texts["corporate_number"].text()) == ("青葉食品", "")
    editor = question(desk, "management.vision").text_editor
    assert editor is not None
    assert editor.text() == ""
