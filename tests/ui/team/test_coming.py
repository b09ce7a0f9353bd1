"""create → invite → join → approve, between two windows."""

from pathlib import Path

from app.domain.terms import TeamRole
from app.rows.sharing import TeamStanding
from tests.ui.company.desk import ENTRY
from tests.ui.program.house import House
from tests.ui.team.rooms import create_team, enter, name_oneself, open_house, page, sharing
from ui.screens.team.invite_page import InvitePage
from ui.screens.team.join_page import JoinPage
from ui.screens.team.people_page import PeoplePage
from ui.screens.team.requests_page import RequestsPage
from ui.widgets.fields.long_text_field import LongTextField


def test_a_store_that_shares_with_nobody_says_that_this_is_no_trouble(house: House) -> None:
    open_house(house)
    enter(house)
    assert "まだこの端末だけで使っています" in house.words()
    assert "困ることはありません" in house.words()


def test_looking_twice_with_enter_does_not_give_up_the_request(
    house: House, other_house: House, place: Path
) -> None:
    open_house(house)
    create_team(house, place)
    open_house(other_house)
    enter(other_house)
    sharing(other_house).join(sharing(house).invite().encode(), "林 次郎")
    enter(other_house)
    other_house.tab_to("頼むのをやめる")  # the page remembers where the focus was
    for _ in range(2):
        other_house.button("届いたか確かめる").setFocus()
        other_house.press("Return")
        other_house.settle()
        assert other_house.focused() is not other_house.button("頼むのをやめる")
    other_house.press("Return")
    other_house.settle()
    assert sharing(other_house).overview().standing is TeamStanding.WAITING


def test_two_windows_become_a_team(house: House, other_house: House, place: Path) -> None:
    open_house(house)
    services = house.program.services  # type: ignore[union-attr]
    company = services.companies.register(ENTRY)
    create_team(house, place)
    assert sharing(house).overview().members[0].name == "佐藤 花子"
    house.press("Ctrl+N")
    house.settle()
    inviting = page(house, InvitePage)
    inviting.role.choose(TeamRole.VIEWER)
    inviting.companies._model.tick([company], on=True)
    house.press("Ctrl+Return")
    house.settle()
    letter = next(each.text() for each in house.shown(LongTextField))
    assert letter.startswith("BANSO1:")
    open_house(other_house)
    enter(other_house)
    other_house.click("招待を受けた")
    other_house.settle()
    page(other_house, JoinPage).letter.setPlainText(letter)
    name_oneself(other_house, "林 次郎", "HAYASHI-PC")
    other_house.press("Ctrl+Return")
    other_house.settle()
    digits = sharing(other_house).overview().digits
    assert digits in other_house.words()
    enter(house)
    house.settle()
    assert "加わりたい人が1人います" in house.words()
    house.click("確かめる")
    house.settle()
    asking = page(house, RequestsPage)
    assert digits in house.words()
    assert "林 次郎（HAYASHI-PC）さん" in house.words()
    assert asking.role.role() is TeamRole.VIEWER
    assert asking.companies.ticked() == (company,)
    house.press("Ctrl+Return")
    house.settle()
    other_house.click("届いたか確かめる")
    other_house.settle()
    assert sharing(other_house).overview().standing is TeamStanding.MEMBER
    people = [row.person.name for row in page(other_house, PeoplePage)._model.rows()]
    assert people == ["林 次郎", "佐藤 花子"]
    theirs = other_house.program.services.companies.list_rows()  # type: ignore[union-attr]
    assert [each.id for each in theirs] == [company]
