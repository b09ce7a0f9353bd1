"""設定 as a place: its list of sections, routes, undo, and what a practice store hides."""

from tests.ui.program.house import House, make_practice
from tests.ui.settings.rooms import enter
from ui.navigation import Place, Route
from ui.screens.settings.screen import SettingsScreen

SECTIONS = ["team", "people", "masters", "looks", "keys", "backups", "trash", "support", "about"]


def test_arrows_in_the_list_lead_through_every_section_and_back(house: House) -> None:
    program = enter(house, "team")
    seen = []
    for _ in SECTIONS:
        route = program.window.route()
        assert route is not None
        seen.append(route.tab)
        house.press("Down")
        house.settle()
    assert seen == SECTIONS
    house.press("Alt+Left")
    assert program.window.route() == Route(Place.SETTINGS, tab=SECTIONS[-2])


def test_without_a_section_the_team_is_shown_and_an_unknown_one_is_no_fault(house: House) -> None:
    for tab in (None, "そんなものはない"):
        program = enter(house, "team")
        program.window.open(Route(Place.SETTINGS, tab=tab))
        house.settle()
        assert "地域名" in house.words()


def test_every_section_can_be_walked_by_tab_and_left_again(house: House) -> None:
    program = enter(house, "team")
    for section in SECTIONS:
        enter(house, section)
        screen = program.window.current_screen()
        assert isinstance(screen, SettingsScreen)
        met = set()
        for _ in range(80):
            house.press("Tab")
            focused = house.focused()
            assert focused.isVisible()
            met.add(focused)
        outside = [each for each in met if not screen.isAncestorOf(each)]
        assert outside, f"Tab never left {section}"
        assert len(met) > len(outside), f"Tab never entered {section}"


def test_a_practice_store_says_so_and_has_no_passphrase_to_change(house: House) -> None:
    make_practice(house.folder, house.clock)
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    enter(house, "team")
    assert "練習用" in house.words()
    program.window.open(Route(Place.SETTINGS, tab="keys"))
    house.settle()
    assert "合言葉" not in house.words()
    enter(house, "practice")
    assert "練習用データを捨てる" in house.words()
    house.click("本番を開く")
    assert program.following is not None


def test_throwing_practice_away_asks_once_more(house: House) -> None:
    make_practice(house.folder, house.clock)
    program = house.start()
    house.wait_until(lambda: program.services is not None)
    house.settle()
    enter(house, "practice")
    house.click("練習用データを捨てる…")
    assert house.focused().accessibleName() == "やめる"
    house.click("やめる")
    house.click("練習用データを捨てる…")
    house.click("捨てて本番を開く")
    house.wait_until(lambda: program.following is not None)
    assert not house.folder.path.exists()
