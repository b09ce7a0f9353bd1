"""A save has seen what the screens showed, not what a round has brought since (design-sync 2.3, A11)."""

from pathlib import Path

import pytest

from app.domain.terms import TeamRole
from app.services.conflicts import ConflictService
from app.services.sharing import SharingService
from app.services.sharing_background import BackgroundRound
from app.shown import Shown
from app.workplace import Workplace
from tests.services.records import change, put, stored
from tests.services.teams import NewMember, joined


@pytest.fixture
def pair(new_member: NewMember, tmp_path: Path) -> tuple[Workplace, Workplace, str]:
    (tmp_path / "place").mkdir()
    first, second = new_member(), new_member()
    company = put(first, "company", name="北国工業", products="治具。")
    SharingService(first).create(str(tmp_path / "place"), "佐藤")
    joined(first, second, [company], TeamRole.MEMBER)
    BackgroundRound(first).run()
    first.shown.caught_up()
    return first, second, company


def arrive(first: Workplace, second: Workplace) -> None:
    SharingService(second).synchronise()
    BackgroundRound(first).run()


def test_what_came_unshown_stands_beside_what_is_saved(pair: tuple[Workplace, Workplace, str]) -> None:
    first, second, company = pair
    change(second, "company", company, name="北国工業所", products="治具と金型。")
    arrive(first, second)
    change(first, "company", company, name="北国", products="治具。部品。")
    page = ConflictService(first).page("company", company, "name")
    assert {side.words for side in page.sides} == {"北国", "北国工業所"}
    assert stored(first, "company", company)["products"] == "治具と金型。部品。"


def test_own_work_after_it_is_one_line_of_values(pair: tuple[Workplace, Workplace, str]) -> None:
    first, second, company = pair
    change(first, "company", company, city="札幌")
    change(second, "company", company, name="北国工業所")
    arrive(first, second)
    for city in ("小樽", "函館"):
        change(first, "company", company, city=city)
    assert ConflictService(first).rows() == ()
    assert stored(first, "company", company)["city"] == "函館"


def test_what_was_shown_is_replaced(pair: tuple[Workplace, Workplace, str]) -> None:
    first, second, company = pair
    change(second, "company", company, name="北国工業所")
    arrive(first, second)
    first.shown.caught_up()
    change(first, "company", company, name="北国")
    assert ConflictService(first).rows() == ()


def test_catching_up_during_a_round_leaves_out_what_that_round_brings() -> None:
    shown = Shown()
    shown.begin(5)
    shown.end()
    shown.begin(9)
    assert shown.until == 5
    shown.caught_up()
    assert shown.until == 9
    shown.end()
    shown.caught_up()
    assert shown.until is None
