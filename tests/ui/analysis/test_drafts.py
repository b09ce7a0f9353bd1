"""What is typed on 分析 survives a sudden end."""

import pytest
from PySide6.QtCore import Qt

from app.domain.terms import SeedKind
from tests.ui.analysis.walk import Walk
from tests.ui.company.desk import Desk
from ui.screens.today.presenter import waiting_route

WORDS = "死ぬ前に書いた文"


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk)


def die_and_return(walk: Walk) -> None:
    """Come back by 「書きかけの文」 of 今日."""
    walk.desk.die()
    waiting = walk.desk.services.today.board().waiting
    (left,) = [each for each in waiting if each.kind == "drafts"]
    walk.desk.open(waiting_route(left))


def test_the_name_of_a_new_seed_comes_back_with_its_kind(walk: Walk) -> None:
    walk.tab._items.ask_new(str(SeedKind.KNOW_HOW))
    walk.desk.type(WORDS)
    die_and_return(walk)
    assert walk.desk.focused().text() == WORDS
    assert not walk.sheet().seeds
    walk.press("Return")
    (seed,) = walk.sheet().seeds
    assert (seed.name, seed.kind) == (WORDS, SeedKind.KNOW_HOW)
    assert walk.desk.services.drafts.left() == ()


def test_the_title_of_a_new_issue_comes_back(walk: Walk) -> None:
    walk.tab._items.ask_new("")
    walk.desk.type(WORDS)
    die_and_return(walk)
    assert walk.desk.focused().text() == WORDS
    walk.press("Return")
    assert [issue.title for issue in walk.sheet().issues] == [WORDS]


@pytest.mark.parametrize("column", ["description", "protection_reason", "useful_note"])
def test_a_field_of_a_seed_comes_back_and_becomes_a_change_on_leaving(walk: Walk, column: str) -> None:
    walk.press("Space", "1", "Space", "2")
    seed = walk.sheet().seeds[-1]
    walk.desk.services.analysis.change("ip_seed", seed.id, {"protection": "secret"})
    walk.desk.settle()
    walk.tab._items.go_to(seed.id)
    walk.desk.settle()
    walk.tab._seed_page.editors()[column].setFocus(Qt.FocusReason.OtherFocusReason)
    walk.desk.type(WORDS)
    die_and_return(walk)
    field = walk.tab._seed_page.editors()[column]
    assert walk.tab._seed_page.item_id() == seed.id
    assert field.text() == WORDS
    walk.desk.press("Alt+1")
    found = walk.desk.services.analysis.form("ip_seed", seed.id)
    assert found.values[column] == WORDS
    assert walk.desk.services.drafts.left() == ()


def test_a_field_of_an_issue_comes_back_in_sight(walk: Walk) -> None:
    issue_id = walk.desk.services.analysis.add_issue(walk.company_id, {"title": "価格を決められない"})
    walk.desk.settle()
    walk.tab._items.go_to(issue_id)
    walk.desk.settle()
    walk.tab._issue_page.editors()["response"].setFocus(Qt.FocusReason.OtherFocusReason)
    walk.desk.type(WORDS)
    die_and_return(walk)
    response = walk.tab._issue_page.editors()["response"]
    assert response.isVisible()
    assert response.text() == WORDS
