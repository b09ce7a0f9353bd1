"""Companies entered twice: offered above the list, compared side by side, merged, undone, told apart."""

import pytest

from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.companies.duplicates.page import DuplicatesPage
from ui.screens.company.same_company_hint import SameCompanyHint
from ui.widgets.buttons import Button
from ui.widgets.message_bar import Banner
from ui.widgets.segmented import Segmented


@pytest.fixture
def pair(desk: Desk) -> tuple[str, str]:
    companies = desk.services.companies
    again = {**ENTRY, "name": "北国精密㈱", "corporate_number": "", "products": "熱処理"}
    return companies.register(ENTRY), companies.register(again)


def banner(desk: Desk) -> Banner | None:
    return next((each for each in desk.window.findChildren(Banner) if each.isVisible()), None)


def page(desk: Desk) -> DuplicatesPage:
    return desk.window.current_screen().findChild(DuplicatesPage)


def press_button(desk: Desk, label: str) -> None:
    shown = [each for each in desk.window.findChildren(Button) if each.isVisible()]
    next(each for each in shown if each.label() == label).click()
    desk.settle()


def choice(desk: Desk, name: str) -> Segmented:
    shown = desk.window.findChildren(Segmented)
    return next(each for each in shown if each.isVisible() and each.accessibleName().startswith(name))


def names(desk: Desk) -> list[str]:
    return [listed.name for listed in desk.services.companies.list_rows()]


def test_the_list_offers_a_pair_and_one_key_merges_it_and_one_takes_it_back(
    desk: Desk, pair: tuple[str, str]
) -> None:
    desk.open(Route(Place.COMPANIES))
    assert "1組" in banner(desk)._text.text()
    press_button(desk, "見比べる")
    choice(desk, "企業名").step(1)
    desk.press("Ctrl+Return")
    assert names(desk) == ["北国精密㈱"]
    assert desk.services.companies.form(pair[0]).form.values["products"] == f"{ENTRY['products']}\n熱処理"
    assert desk.toast() == "「北国精密㈱」を「北国精密㈱」にまとめました"
    assert page(desk).heading().buttons == ()
    press_button(desk, "元に戻す")
    assert sorted(names(desk)) == sorted(["北国精密株式会社", "北国精密㈱"])
    assert desk.faults == []


def test_the_sides_are_turned_round_before_merging(desk: Desk, pair: tuple[str, str]) -> None:
    desk.open(Route(Place.COMPANIES, tab="duplicates"))
    page(desk)._swap.click()
    desk.settle()
    desk.press("Ctrl+Return")
    assert [listed.id for listed in desk.services.companies.list_rows()] == [pair[1]]


def test_two_that_are_not_one_are_not_offered_again(desk: Desk, pair: tuple[str, str]) -> None:
    desk.open(Route(Place.COMPANIES, tab="duplicates"))
    press_button(desk, "別の企業です")
    assert page(desk).heading().facts == ()
    desk.open(Route(Place.COMPANIES))
    assert banner(desk) is None


def test_what_is_entered_twice_is_found_while_entering_and_compared_from_there(
    desk: Desk, pair: tuple[str, str]
) -> None:
    desk.services.companies.change(desk.services.companies.form(pair[1]).form, {"city": "あおば市"})
    desk.open_company(pair[1], "intake")
    hint = desk.window.findChild(SameCompanyHint)
    assert not hint.isVisible()
    city = desk.window.current_screen().findChild(object, "city")
    city.setFocus()
    city.selectAll()
    desk.type("みどり市")
    desk.press("Tab")
    assert hint.isVisible()
    press_button(desk, "見比べる")
    desk.settle()
    assert "北国精密㈱" in page(desk)._kept._name.text() + page(desk)._merged._name.text()


def test_a_company_that_is_not_registered_yet_is_only_told_of_its_double(
    desk: Desk, pair: tuple[str, str]
) -> None:
    desk.open(Route(Place.COMPANIES, tab="new"))
    press_button(desk, "くわしい項目もいま入れる")
    number = desk.window.current_screen().findChild(object, "corporate_number")
    number.setFocus()
    desk.type(ENTRY["corporate_number"])
    desk.press("Tab")
    shown = [each.label() for each in desk.window.findChildren(Button) if each.isVisible()]
    assert "その企業を開く" in shown
    assert "見比べる" not in shown
