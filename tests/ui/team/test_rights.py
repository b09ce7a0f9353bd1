"""Who sees what, said before it happens; places, sheets and farewells from the window."""

from pathlib import Path

from app.domain.terms import DeviceStatus, TeamRole
from app.rows.sharing import TeamStanding
from tests.services.teams import names
from tests.ui.company.desk import ENTRY
from tests.ui.program.house import House
from tests.ui.team.rooms import create_team, enter, name_oneself, open_house, page, sharing, type_back
from tests.ui.team.teams import Other, admit
from ui.screens.first_run.words import WordsPage
from ui.screens.team.access_page import AccessPage
from ui.screens.team.member_page import MemberPage
from ui.screens.team.place_page import PlacePage
from ui.screens.team.recover_page import RecoverPage
from ui.screens.team.waiting_page import WaitingPage


def team_of_two(house: House, place: Path, other: Other) -> str:
    """伊藤 is in the team and sees nothing yet; the id of the company."""
    open_house(house)
    company = house.program.services.companies.register(ENTRY)  # type: ignore[union-attr]
    create_team(house, place)
    admit(house, other, "伊藤（ITO-PC）", [])
    return company


def test_enter_pressed_twice_ends_nobody_s_part(house: House, place: Path, others: list[Other]) -> None:
    open_house(house)
    create_team(house, place)
    admit(house, others[0], "伊藤（ITO-PC）", [])
    enter(house, "member", others[0].device)
    house.tab_to("この人の参加を終える")
    house.press("Return")
    house.settle()
    assert "さんの参加を終えますか" in house.words()
    house.press("Return")
    house.settle()
    enter(house, "leave")
    house.press("Return")
    house.settle()
    assert all(each.status is DeviceStatus.ACTIVE for each in sharing(house).overview().devices)


def test_a_company_is_given_to_who_is_away_and_comes_with_the_next_round(
    house: House, place: Path, others: list[Other]
) -> None:
    """D3."""
    company = team_of_two(house, place, others[0])
    enter(house, "member", others[0].device)
    house.click("変える")
    house.settle()
    shown = page(house, AccessPage)
    assert "まだ何も変わりません" in house.words()
    shown.companies._model.tick([company], on=True)
    assert (
        "伊藤さんに見えるようになるもの: 北国精密株式会社。これまでの記録も、すべて読めます。"
        in house.words()
    )
    assert names(others[0].workplace) == []
    house.press("Ctrl+Return")
    house.settle()
    others[0].sharing.synchronise()
    assert names(others[0].workplace) == ["北国精密株式会社"]
    enter(house, "companies", others[0].device)
    page(house, AccessPage).companies._model.tick([company], on=False)
    assert "届いていた内容は、相手の端末に残ります" in house.words()
    house.press("Ctrl+Return")
    house.settle()
    people = {each.name: each.companies for each in sharing(house).overview().members}
    assert people["伊藤"] == ()


def test_a_role_is_changed_and_the_last_administrator_stays(
    house: House, place: Path, others: list[Other]
) -> None:
    team_of_two(house, place, others[0])
    enter(house, "member", others[0].device)
    page(house, MemberPage).role.chosen.emit(TeamRole.VIEWER)
    house.settle()
    roles = {each.name: each.role for each in sharing(house).overview().members}
    assert roles == {"佐藤 花子": TeamRole.ADMINISTRATOR, "伊藤": TeamRole.VIEWER}
    own = sharing(house).overview().members[0].devices[0].id
    enter(house, "member", own)
    page(house, MemberPage).role.chosen.emit(TeamRole.MEMBER)
    house.wait_for_message("E-737")
    assert page(house, MemberPage).role.role() is TeamRole.ADMINISTRATOR


def test_the_team_moves_and_goes_on(house: House, place: Path, others: list[Other]) -> None:
    team_of_two(house, place, others[0])
    other_place = place.with_name("other place")
    other_place.mkdir()
    enter(house, "place")
    page(house, PlacePage).place.choose_folder(str(other_place))
    house.press("Ctrl+Return")
    house.settle()
    assert sharing(house).overview().address == str(other_place)
    assert list(other_place.rglob("vault.osy")) != []
    notice = place.with_name("notice.banso")
    house.click("知らせを作る…")
    house.settle()
    page(house, PlacePage).save_to(str(notice))
    house.settle()
    address = others[0].sharing.place_in_notice(notice.read_bytes())
    assert address == str(other_place)


def test_leaving_and_ending_say_what_they_mean_first(house: House, place: Path, others: list[Other]) -> None:
    team_of_two(house, place, others[0])
    enter(house, "leave")
    assert "記録はこの端末に残り" in house.words()
    house.press("Ctrl+Return")
    house.wait_for_message("E-737")
    sharing(house).set_role(others[0].device, TeamRole.ADMINISTRATOR)
    others[0].sharing.synchronise()
    enter(house, "leave")
    house.press("Ctrl+Return")
    house.settle()
    assert sharing(house).overview().standing is TeamStanding.OUT
    assert "チームから外れています" in house.words()
    assert page(house, WaitingPage)._again.isVisible()


def test_a_person_s_part_is_ended_by_an_administrator(house: House, place: Path, others: list[Other]) -> None:
    team_of_two(house, place, others[0])
    enter(house, "end", others[0].device)
    assert "伊藤さんの参加を終えますか" in house.words()
    house.press("Ctrl+Return")
    house.settle()
    assert others[0].sharing.synchronise().is_stopped


def test_the_sheet_makes_this_device_an_administrator_s_again(
    house: House, place: Path, others: list[Other]
) -> None:
    open_house(house)
    words = create_team(house, place)
    admit(house, others[0], "伊藤（ITO-PC）", [])
    for device in sharing(house).overview().devices:
        if device.is_own:
            others[0].sharing.stop_device(device.id, "見つからない")
    sharing(house).synchronise()
    assert not sharing(house).overview().is_administrator
    enter(house, "recover")
    shown = page(house, RecoverPage)
    shown.words.setPlainText(" ".join(words[:-1]))
    name_oneself(house, "佐藤 花子", "SATO-PC")
    house.press("Ctrl+Return")
    house.wait_until(lambda: "24語" in house.words() and not shown.is_busy)
    shown.words.setPlainText(" ".join(words))
    house.press("Ctrl+Return")
    house.settle()
    assert sharing(house).overview().is_administrator
    assert shown.words.text() == ""


def test_a_new_sheet_is_made_and_waits_for_the_others(house: House, place: Path, others: list[Other]) -> None:
    team_of_two(house, place, others[0])
    sharing(house).set_role(others[0].device, TeamRole.ADMINISTRATOR)
    enter(house, "sheet")
    house.press("Ctrl+Return")
    words = tuple(next(each for each in house.shown(WordsPage)).words)  # type: ignore[attr-defined]
    house.press("Ctrl+Return")
    type_back(house, words)
    house.press("Ctrl+Return")
    house.settle()
    (sheet,) = sharing(house).overview().sheets
    assert (sheet.vouched, sheet.awaited) == (("佐藤 花子",), ("伊藤",))
    others[0].sharing.synchronise()
    others[0].sharing.vouch_for_sheet(sheet.root)
    sharing(house).synchronise()
    assert sharing(house).overview().sheets == ()
