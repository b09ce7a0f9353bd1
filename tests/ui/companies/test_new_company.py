"""Taking a new company in, by keyboard alone."""

import pytest
from PySide6.QtWidgets import QComboBox

from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.companies.new_company_page import SCOPE, NewCompanyPage
from ui.widgets.chips import StateChip
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.message_bar import Banner, MessageBar
from ui.widgets.texts import Paragraph

NEW = Route(Place.COMPANIES, tab="new")
TYPED = {
    **ENTRY,
    "corporate_number": "Ｔ８９９０００００００００１",
    "kana": "きたぐにせいみつ",
    "representative_kana": "ﾀｶﾊｼ ｲﾁﾛｳ",
    "postal_code": "９５００１０１",
    "employees_regular": "４２人",
    "employees_part": "５",
}
"""The same company as it comes out of an input method left in full width."""


def page(desk: Desk) -> NewCompanyPage:
    return desk.window.current_screen().findChild(NewCompanyPage)


def enter(desk: Desk, values: dict[str, object]) -> None:
    """Go through the fields by Tab, typing and choosing; the focus starts in the first one."""
    fields = page(desk).fields
    if values.keys() - {"name", "kana"}:
        fields.unfold()
    for _ in range(40):
        name = desk.focused().objectName()
        if name in fields.choices and name in values:
            choose(desk, str(values[name]))
        elif name in values:
            desk.type(str(values[name]))
        if name == "products":
            return
        desk.press("Tab")
    raise AssertionError("Tab never came to the last field")


def choose(desk: Desk, value: str) -> None:
    choice = desk.focused()
    assert isinstance(choice, QComboBox)
    while choice.currentData() != value:
        before = choice.currentIndex()
        desk.press("Down")
        assert choice.currentIndex() != before, value


def problems(desk: Desk) -> list[str]:
    shown = (each.text() for each in page(desk).findChildren(Paragraph) if each.isVisible())
    return [text for text in shown if text.startswith("! ")]


def test_a_company_is_registered_by_keyboard_and_its_file_opens(desk: Desk) -> None:
    desk.open(NEW)
    enter(desk, TYPED)
    desk.press("Ctrl+Return")
    route = desk.window.route()
    assert route is not None
    assert route.screen == "company"
    stored = desk.services.companies.form(route.company_id).form.values
    assert {name: stored[name] for name in ENTRY} == ENTRY
    assert stored["confidentiality"] == "assigned"
    assert (
        desk.services.companies.card(route.company_id).size_reason
        == "製造業その他で従業員300人以下（42人）。"
    )


def test_a_name_is_enough_for_a_first_visit(desk: Desk) -> None:
    desk.open(NEW)
    assert not page(desk).fields.texts["city"].isVisible()
    desk.type("北国精密(株)")
    desk.press("Ctrl+Return")
    route = desk.window.route()
    assert route is not None
    assert route.screen == "company"
    (listed,) = desk.services.companies.list_rows()
    assert (listed.id, listed.name) == (route.company_id, "北国精密(株)")


def test_the_rest_unfolds_and_the_caret_goes_on_in_it(desk: Desk) -> None:
    desk.open(NEW)
    fields = page(desk).fields
    fields._unfold.setFocus()
    desk.press("Space")
    assert desk.focused().objectName() == "corporate_number"
    assert fields.texts["city"].isVisible()


def test_a_half_entered_company_stands_above_the_list_until_it_is_taken_in(desk: Desk) -> None:
    desk.open(NEW)
    desk.type("北国精密(株)")
    desk.window.run_command("back_to_list")
    desk.settle()
    assert desk.window.route() == Route(Place.COMPANIES)
    banners = desk.window.current_screen().findChildren(Banner)
    (shown,) = [each for each in banners if each.isVisible()]
    assert shown._text.text() == "入れかけの企業 北国精密(株) があります"
    desk.window.current_screen()._list.unfinished_asked.emit()
    desk.settle()
    assert page(desk).fields.entered("name") == "北国精密(株)"
    desk.press("Ctrl+Return")
    desk.open(Route(Place.COMPANIES))
    assert not any(each.isVisible() for each in banners)


def test_what_was_entered_comes_back_and_goes_again_by_the_keys_of_undo(desk: Desk) -> None:
    desk.open(NEW)
    fields = page(desk).fields
    enter(desk, {**TYPED, "products": ""})
    desk.press("Ctrl+Z")
    assert fields.entered("employees_part") == ""
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert fields.entered("industry_major") == fields.entered("industry_middle") == ""
    desk.press("Ctrl+Y")
    assert fields.entered("industry_major") == ENTRY["industry_major"]
    for _ in range(30):
        desk.press("Ctrl+Z")
    assert desk.toast() == "元に戻せる操作はありません"
    assert {fields.entered(name) for name in ENTRY} == {""}
    for _ in range(30):
        desk.press("Ctrl+Y")
    values = fields.values()
    assert {name: values[name] for name in ENTRY if name != "products"} == {
        name: value for name, value in ENTRY.items() if name != "products"
    }


def test_undo_of_the_field_being_typed_in_comes_first(desk: Desk) -> None:
    desk.open(NEW)
    desk.type("北国")
    desk.press("Tab")
    desk.type("キタ")
    desk.type("グニ")
    desk.press("Ctrl+Z")
    assert page(desk).fields.entered("name") == "北国"
    assert page(desk).fields.entered("kana") != "キタグニ"
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert page(desk).fields.entered("name") == ""


def test_undo_outlives_another_screen_and_ends_with_the_company_taken_in(desk: Desk) -> None:
    desk.open(NEW)
    desk.type("北国精密")
    desk.press("Tab")
    desk.open(Route(Place.COMPANIES))
    desk.open(NEW)
    desk.press("Ctrl+Z")
    assert page(desk).fields.entered("name") == ""
    desk.press("Ctrl+Y")
    enter(desk, TYPED)
    desk.press("Ctrl+Return")
    desk.open(NEW)
    desk.press("Ctrl+Z")
    assert desk.toast() == "元に戻せる操作はありません"


def test_beginning_afresh_is_taken_back(desk: Desk) -> None:
    desk.open(NEW)
    desk.type("北国精密")
    desk.press("Tab")
    desk.die()
    desk.open(NEW)
    page(desk)._start_afresh()
    assert page(desk).fields.entered("name") == ""
    desk.press("Ctrl+Z")
    assert page(desk).fields.entered("name") == "北国精密"


def test_what_is_missing_is_pointed_out_and_nothing_is_lost(desk: Desk) -> None:
    desk.open(NEW)
    enter(desk, {**TYPED, "name": "", "kana": "漢字"})
    desk.press("Ctrl+Return")
    assert problems(desk) == ["! 入れてください", "! カタカナで書いてください。"]
    assert desk.focused().objectName() == "name"
    assert any(bar.isVisible() for bar in desk.window.findChildren(MessageBar))
    assert page(desk).fields.texts["kana"].text() == "漢字"
    assert desk.services.companies.list_rows() == ()


def test_a_slip_in_the_corporate_number_is_told_in_plain_words(desk: Desk) -> None:
    desk.open(NEW)
    enter(desk, {**TYPED, "corporate_number": "8990000000002"})
    desk.press("Ctrl+Return")
    assert problems(desk) == ["! 法人番号の先頭の数字が合いません。打ち間違いがないか確かめてください。"]


def test_a_sole_proprietor_needs_no_number(desk: Desk) -> None:
    desk.open(NEW)
    fields = page(desk).fields
    enter(desk, TYPED)
    fields.checks["is_sole_proprietor"].click()
    assert fields.texts["corporate_number"].text() == ""
    desk.press("Ctrl+Return")
    (listed,) = desk.services.companies.list_rows()
    stored = desk.services.companies.form(listed.id).form.values
    assert (stored["corporate_number"], stored["is_sole_proprietor"]) == (None, True)


def test_the_size_follows_the_typing(desk: Desk) -> None:
    desk.open(NEW)
    fields = page(desk).fields
    enter(desk, {**TYPED, "employees_regular": "20"})
    said = [each.text() for each in page(desk).findChildren(Paragraph)]
    assert "製造業その他で従業員20人以下（20人）。" in said
    fields.checks["is_deemed_large"].click()
    said = [each.text() for each in page(desk).findChildren(Paragraph)]
    assert any("みなし大企業のため" in text for text in said)


@pytest.mark.parametrize(("founded", "is_young"), [("2024/4/1", True), ("S46.4.10", False), ("", False)])
def test_a_company_younger_than_ten_years_is_marked(desk: Desk, founded: str, is_young: bool) -> None:
    desk.open(NEW)
    enter(desk, {**TYPED, "founded_on": founded})
    shown = [each for each in page(desk).findChildren(StateChip) if each.isVisible()]
    assert ("設立10年未満" in [each.accessibleName() for each in shown]) is is_young


def test_middle_industries_follow_the_major_one(desk: Desk) -> None:
    desk.open(NEW)
    middle = page(desk).fields.choices["industry_middle"]
    enter(desk, {"industry_major": "A"})
    assert [middle.itemText(number) for number in range(middle.count())] == ["選ぶ", "農業", "林業"]


@pytest.mark.parametrize("name", ["name", "products"])
def test_typing_is_kept_within_two_seconds(desk: Desk, name: str) -> None:
    desk.open(NEW)
    page(desk).fields.go_to(name)
    desk.type("途中まで")
    desk.wait_until(lambda: any(draft.text == "途中まで" for draft in desk.services.drafts.of(SCOPE)))


def test_what_was_left_unfinished_is_offered_after_a_restart(desk: Desk) -> None:
    desk.open(NEW)
    enter(desk, {"name": "途中の会社", "industry_major": "E", "industry_middle": "24", "products": "ばね"})
    page(desk).fields.checks["is_sole_proprietor"].click()
    desk.convert("へんかん")
    desk.close_window()
    desk.open_window()
    desk.open(NEW)
    again = page(desk).fields
    assert again.texts["name"].text() == "途中の会社"
    assert again.texts["products"].text() == "ばねへんかん"
    assert again.choices["industry_middle"].value() == "24"
    assert again.checks["is_sole_proprietor"].isChecked()
    assert any(banner.isVisible() for banner in page(desk).findChildren(Banner))


def test_a_registered_company_leaves_no_draft_behind(desk: Desk) -> None:
    desk.open(NEW)
    enter(desk, TYPED)
    desk.press("Ctrl+Return")
    desk.open(NEW)
    assert desk.services.drafts.of(SCOPE) == ()
    assert page(desk).fields.texts["name"].text() == ""


def test_a_double_is_hinted_at_with_a_way_to_it(desk: Desk) -> None:
    known = desk.services.companies.register(ENTRY)
    desk.open(NEW)
    enter(desk, {"name": "(株)別の名前", "corporate_number": "8990000000001"})
    banner = next(banner for banner in page(desk).findChildren(Banner) if banner.isVisible())
    banner.focusNextPrevChild(True)
    button = next(each for each in banner.children() if hasattr(each, "click"))
    button.click()
    desk.settle()
    assert desk.window.route() == Route(Place.COMPANIES, company_id=known)


def test_the_same_name_elsewhere_is_no_double(desk: Desk) -> None:
    desk.services.companies.register({**ENTRY, "corporate_number": None})
    desk.open(NEW)
    enter(desk, {"name": "北国精密(株)", "city": "となり町"})
    assert not any(banner.isVisible() for banner in page(desk).findChildren(Banner))
    page(desk).fields.go_to("city")
    city = page(desk).fields.texts["city"]
    assert not isinstance(city, LongTextField)
    city.selectAll()
    desk.type("みどり市")
    desk.press("Tab")
    assert any(banner.isVisible() for banner in page(desk).findChildren(Banner))
