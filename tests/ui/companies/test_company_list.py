"""S02 企業一覧 walked by keyboard."""

from app.domain.terms import EngagementStatus, Stage
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.companies.view import CompaniesScreen
from ui.widgets.buttons import Button
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Text

LIST = Route(Place.COMPANIES)


def three(desk: Desk) -> list[str]:
    companies = desk.services.companies
    ids = [
        companies.register({**ENTRY, "name": name, "corporate_number": None}, status)
        for name, status in (
            ("青葉食品(有)", EngagementStatus.SUPPORTED),
            ("みなと木工(株)", EngagementStatus.SUPPORTED),
            ("髙橋製作所", EngagementStatus.CANDIDATE),
        )
    ]
    companies.set_stage(ids[1], Stage.SALES)
    desk.open(LIST)
    return ids


def table(desk: Desk) -> RowTable:
    return desk.window.current_screen().findChild(RowTable)


def names(desk: Desk) -> list[str]:
    return [listed.name for listed in table(desk).model().rows()]


def words(desk: Desk) -> str:
    shown = desk.window.findChildren(Text) + desk.window.findChildren(Button)
    return " ".join(each.text() for each in shown if each.isVisible())


def test_an_empty_list_says_what_comes_first_and_its_button_opens_it(desk: Desk) -> None:
    desk.open(LIST)
    assert "まだ企業がありません" in words(desk)
    desk.press("Ctrl+N")
    assert desk.window.route() == Route(Place.COMPANIES, tab="new")


def test_an_empty_list_leads_to_the_practice_region_too(desk: Desk) -> None:
    desk.open(LIST)
    shown = {each.label(): each for each in desk.window.findChildren(Button) if each.isVisible()}
    shown["練習用データを見る"].click()
    assert desk.window.route() == Route(Place.SETTINGS, tab="about")


def test_the_title_counts_what_is_listed(desk: Desk) -> None:
    three(desk)
    assert "支援中 2社・候補 1社" in words(desk)
    assert len(names(desk)) == 3


def test_a_search_narrows_and_says_so_when_nothing_is_left(desk: Desk) -> None:
    three(desk)
    desk.press("Ctrl+F")
    desk.type("ﾀｶﾊｼ")
    desk.press("Return")
    assert names(desk) == []
    assert "見つかりません" in words(desk)
    desk.press("Ctrl+F")
    desk.type("高橋")
    desk.press("Return")
    assert names(desk) == ["髙橋製作所"]


def test_a_route_can_narrow_to_a_standing(desk: Desk) -> None:
    three(desk)
    desk.open(Route(Place.COMPANIES, narrowed="candidate"))
    assert names(desk) == ["髙橋製作所"]


def test_enter_opens_the_company(desk: Desk) -> None:
    three(desk)
    desk.press("Down", "Return")
    route = desk.window.route()
    assert route is not None
    assert route.screen == "company"
    assert route.company_id == table_key_of_second(desk)


def table_key_of_second(desk: Desk) -> str:
    desk.press("Alt+Left")
    return table(desk).current_key()


def test_ticked_companies_go_to_the_printer_together(desk: Desk) -> None:
    three(desk)
    desk.press("Space", "Down", "Space")
    assert "2社を選択中" in words(desk)
    assert "支援経過記録を印刷" in words(desk)
    ticked = tuple(table(desk).chosen_keys())
    desk.press("Ctrl+P")
    assert desk.window.route() == Route(Place.DOCUMENTS, company_ids=ticked, document="history")


def test_ctrl_a_ticks_what_is_shown_and_no_more(desk: Desk) -> None:
    ids = three(desk)
    desk.open(Route(Place.COMPANIES, narrowed="supported"))
    table(desk).setFocus()
    desk.press("Ctrl+A")
    assert set(table(desk).chosen_keys()) == set(ids[:2])


def test_a_deleted_company_comes_back(desk: Desk) -> None:
    three(desk)
    gone = table(desk).current_key()
    desk.press("Delete")
    assert len(names(desk)) == 2
    assert "ごみ箱に移しました" in desk.toast()
    undo = next(button for button in desk.window.findChildren(Button) if button.label() == "元に戻す")
    undo.click()
    desk.settle()
    assert table(desk).model().number_of(gone) >= 0


def test_the_key_of_undo_takes_back_what_the_notice_offers_and_nothing_more(desk: Desk) -> None:
    three(desk)
    gone = table(desk).current_key()
    desk.press("Delete")
    desk.press("Ctrl+Z")
    assert table(desk).model().number_of(gone) >= 0
    desk.press("Ctrl+Z")
    assert table(desk).model().number_of(gone) >= 0


def test_ticks_and_focus_survive_a_change_from_elsewhere(desk: Desk) -> None:
    ids = three(desk)
    desk.press("Down", "Space")
    kept = table(desk).current_key()
    desk.services.companies.set_aim(ids[0], "直販を始める")
    desk.settle()
    assert (table(desk).current_key(), table(desk).chosen_keys()) == (kept, [kept])


def test_the_list_is_one_screen_for_list_and_new_company(desk: Desk) -> None:
    desk.open(LIST)
    first = desk.window.current_screen()
    desk.press("Ctrl+N")
    assert desk.window.current_screen() is first
    assert isinstance(first, CompaniesScreen)
