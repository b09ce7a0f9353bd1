"""預かり: what somebody had not sent when the company was lost is looked into, and let in or left out."""

from pathlib import Path

from app.domain.terms import TeamRole
from app.rows.sharing import HeldWorkState
from tests.services.records import change, stored
from tests.ui.company.desk import ENTRY
from tests.ui.program.house import House
from tests.ui.team.rooms import create_team, enter, open_house, page, sharing
from tests.ui.team.teams import Other, admit
from ui.screens.team.held_page import HeldPage


def handed_over(house: House, place: Path, other: Other) -> str:
    """A member wrote where the company had been taken away; the company's id."""
    open_house(house)
    company = house.program.services.companies.register(ENTRY)  # type: ignore[union-attr]
    create_team(house, place)
    admit(house, other, "伊藤（ITO-PC）", [company], TeamRole.MEMBER)
    change(other.workplace, "company", company, city="旭川")
    sharing(house).withdraw_company(company, other.device)
    other.sharing.synchronise()
    sharing(house).synchronise()
    return company


def test_an_administrator_looks_into_what_was_handed_over_and_lets_it_in(
    house: House, place: Path, others: list[Other]
) -> None:
    company = handed_over(house, place, others[0])
    enter(house)
    house.wait_until(lambda: "預かりが1件、判断を待っています" in house.words())
    house.click("見る")
    house.wait_until(lambda: "旭川" in house.words())
    assert "伊藤（ITO-PC）" in house.words()
    house.press("Ctrl+Return")
    house.settle()
    assert stored(house.program.services.place, "company", company)["city"] == "旭川"  # type: ignore[union-attr]
    assert page(house, HeldPage)._row().state is HeldWorkState.ACCEPTED  # type: ignore[union-attr]
    assert page(house, HeldPage).buttons() == ()


def test_parcels_come_as_they_were_written_and_deciding_on_one_leads_to_the_next(
    house: House, place: Path, others: list[Other]
) -> None:
    company = handed_over(house, place, others[0])
    for city in ("名寄", "稚内"):
        others[0].workplace.clock.move(minutes=5)
        change(others[0].workplace, "company", company, city=city)
        others[0].sharing.synchronise()
    sharing(house).synchronise()
    enter(house, "held")
    for city in ("旭川", "名寄", "稚内"):
        house.wait_until(lambda city=city: city in house.words())  # type: ignore[misc]
        house.press("Ctrl+Return")
        house.settle()
        assert stored(house.program.services.place, "company", company)["city"] == city  # type: ignore[union-attr]


def test_what_was_left_out_may_be_let_in_later(house: House, place: Path, others: list[Other]) -> None:
    company = handed_over(house, place, others[0])
    enter(house, "held")
    house.wait_until(lambda: "旭川" in house.words())
    house.click("見送る")
    house.settle()
    shown = page(house, HeldPage)
    assert [row.state for row in shown._rows.values()] == [HeldWorkState.DECLINED]
    assert [each.label for each in shown.buttons()] == ["受け入れる"]
    house.click("受け入れる")
    house.settle()
    assert stored(house.program.services.place, "company", company)["city"] == "旭川"  # type: ignore[union-attr]
