"""S11 by keyboard: before, mine and theirs; a choice, both, an own wording; the reason, later, undo."""

import pytest

from app.services.conflicts import ConflictService
from app.services.history import HistoryService
from app.workplace import Workplace
from tests.services.records import change, stored, withdraw
from tests.ui.keyboard import press_key
from tests.ui.program.house import House
from tests.ui.sync.conftest import Team
from tests.ui.sync.waiting import a_round, bar_words
from ui.navigation import Place, Route
from ui.screens.sync.question_page import QuestionPage
from ui.screens.sync.side_card import SideCard
from ui.widgets.buttons import Button
from ui.widgets.difference_text import DifferenceText
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.toast import Toast


def ask(
    team: Team, record_type: str, record: str, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    """The window opens with a question: both wrote without knowing of each other, 伊藤 later."""
    program = team.house.start_and_open()
    a_round(team.house)
    change(place_of(team), record_type, record, **mine)
    team.other.clock.move(minutes=5)
    change(team.other, record_type, record, **theirs)
    team.other_round()
    a_round(team.house)
    program.window.open(Route(Place.SYNC))
    team.house.settle()


def place_of(team: Team) -> Workplace:
    program = team.house.program
    assert program is not None
    assert program.services is not None
    return program.services.place


def open_question(house: House) -> QuestionPage:
    (questions,) = [each for each in house.shown(RowList) if each.accessibleName() == "確認が必要な変更"]
    questions.step(1)
    questions.open_current()
    house.settle()
    (page,) = house.shown(QuestionPage)
    return page


def two_days(team: Team) -> None:
    ask(team, "action_item", team.action, {"due_on": "2026-08-05"}, {"due_on": "2026-07-31"})


def due(place: Workplace, team: Team) -> str:
    return str(stored(place, "action_item", team.action)["due_on"])


def test_a_question_shows_before_mine_and_theirs_with_what_differs(team: Team) -> None:
    two_days(team)
    assert bar_words(team.house.program).endswith("確認が必要な変更 1件")
    open_question(team.house)
    heads = [card._name for card in team.house.shown(SideCard)]
    texts = [each.accessibleName() for each in team.house.shown(DifferenceText)]
    assert heads[0] == "変更前"
    assert texts == ["2026/07/29(水)", "(入った 2026/08/05)(水)", "(入った 2026/07/31)((入った 金))"]
    assert "「弁理士に相談」のいつまで" in team.house.words()


def test_questions_that_hang_together_lead_to_each_other(team: Team) -> None:
    mine = {"due_on": "2026-08-05", "owner_name": "佐藤"}
    ask(team, "action_item", team.action, mine, {"due_on": "2026-07-31", "owner_name": "伊藤"})
    house = team.house
    open_question(house)
    house.wait_until(lambda: "つながりのある、ほかの確認" in house.words())
    assert "同じときに: " in house.words()
    titles = ("「弁理士に相談」のいつまで", "「弁理士に相談」のだれ")
    (other,) = [each for each in house.shown(Button) if each.text() in titles]
    other.click()
    house.settle()
    route = house.program.window.route()  # type: ignore[union-attr]
    assert route is not None
    assert route.item_id in {f"action_item:{team.action}:due_on", f"action_item:{team.action}:owner"}


def test_a_choice_with_its_reason_is_decided_by_enter_for_everybody(team: Team) -> None:
    two_days(team)
    page = open_question(team.house)
    assert page.choice == 1  # what is shown until somebody decides
    team.house.press("Ctrl+1")
    page.reason.setFocus()
    team.house.enter("denwa")
    team.house.press("Return")
    team.house.settle()
    assert due(place_of(team), team) == "2026-08-05"
    a_round(team.house)
    team.other_round()
    assert due(team.other, team) == "2026-08-05"
    assert ConflictService(team.other).rows() == ()
    entries = HistoryService(team.other).of_company(team.company)
    assert any("denwa" in entry.words for entry in entries)


def test_enter_alone_takes_what_is_shown_and_the_notice_takes_that_back(team: Team) -> None:
    two_days(team)
    open_question(team.house)
    team.house.press("Return")
    team.house.settle()
    assert ConflictService(place_of(team)).rows() == ()
    (toast,) = team.house.shown(Toast)
    toast.undo()
    team.house.settle()
    team.house.wait_until(lambda: len(ConflictService(place_of(team)).rows()) == 1)


@pytest.mark.parametrize("keys", [("Return",), ("Return", "Return")])
def test_a_decision_from_here_is_not_told_as_moved_on_elsewhere_and_the_next_question_comes(
    team: Team, keys: tuple[str, ...]
) -> None:
    mine = {"due_on": "2026-08-05", "owner_name": "佐藤"}
    ask(team, "action_item", team.action, mine, {"due_on": "2026-07-31", "owner_name": "伊藤"})
    house = team.house
    decided = open_question(house).page.row.key  # type: ignore[union-attr]
    page = house.focused()
    for each in keys:  # the second before the first is answered
        press_key(page, each)
    house.settle()
    assert [bar._number.text() for bar in house.shown(MessageBar)] == []
    (row,) = ConflictService(place_of(team)).rows()
    assert row.key != decided
    route = house.program.window.route()  # type: ignore[union-attr]
    assert route is not None
    assert route.item_id == row.key


def test_later_leaves_everything_as_it_is(team: Team) -> None:
    two_days(team)
    open_question(team.house)
    team.house.press("Escape")
    team.house.settle()
    assert team.house.program.window.route() == Route(Place.SYNC)
    assert len(ConflictService(place_of(team)).rows()) == 1
    assert due(place_of(team), team) == "2026-07-31"


def test_texts_are_both_kept_unless_an_own_wording_is_written(team: Team) -> None:
    ask(team, "company", team.company, {"products": "精密治具。"}, {"products": "測定治具。"})
    page = open_question(team.house)
    team.house.press("F2")
    assert page.own_text.text() == "精密治具。\n測定治具。"
    page.own_text.selectAll()
    team.house.commit("治具いろいろ。")
    team.house.press("Ctrl+Return")  # Enter alone begins a line here
    team.house.settle()
    assert stored(place_of(team), "company", team.company)["products"] == "治具いろいろ。"
    assert ConflictService(place_of(team)).rows() == ()


@pytest.mark.parametrize(("keys", "deleted"), [(("Return",), 0), (("Ctrl+2", "Return"), 1)])
def test_who_deleted_is_told_that_somebody_went_on_and_decides(
    team: Team, keys: tuple[str, ...], deleted: int
) -> None:
    program = team.house.start_and_open()
    a_round(team.house)
    withdraw(place_of(team), "action_item", team.action)
    change(team.other, "action_item", team.action, title="弁理士と特許庁に相談")
    team.other_round()
    a_round(team.house)
    program.window.open(Route(Place.SYNC))
    team.house.settle()
    open_question(team.house)
    assert "弁理士と特許庁に相談" in " ".join(
        each.accessibleName() for each in team.house.shown(DifferenceText)
    )
    team.house.press(*keys)
    team.house.settle()
    assert stored(place_of(team), "action_item", team.action)["deleted"] == deleted
    assert ConflictService(place_of(team)).rows() == ()


def test_today_and_the_list_of_companies_lead_to_the_question(team: Team) -> None:
    two_days(team)
    window = team.house.program.window
    window.open(Route(Place.COMPANIES))
    team.house.settle()
    team.house.click("確認が必要な変更 1件")
    assert window.route() == Route(Place.SYNC)
    window.open(Route(Place.TODAY))
    team.house.settle()
    (waiting,) = [each for each in team.house.shown(RowList) if each.accessibleName() == "あなたの確認待ち"]
    assert any("確認が必要な変更 1件" in entry.spoken for entry in waiting._model.entries)
