"""What is typed on 計画 survives a sudden end: it comes back where it was typed, and is not yet a change."""

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.terms import EngagementStatus
from app.errors import CannotWrite
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.action_plan.tab import ActionPlanTab
from ui.screens.today.presenter import waiting_route

WORDS = "死ぬ前に書いた文"


class Panel:
    """A company's 計画 with one action, and a window that may be gone all of a sudden."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.company_id = desk.services.companies.register(ENTRY, EngagementStatus.SUPPORTED)
        self.action_id = desk.services.action_plans.add_action(self.company_id, {"title": "図面の一覧を作る"})
        desk.open_company(self.company_id, "plan")

    @property
    def tab(self) -> ActionPlanTab:
        return next(each for each in self.desk.window.findChildren(ActionPlanTab))

    def type_into(self, field: QWidget, text: str = WORDS) -> None:
        self.desk.settle()  # the lower half of a page is there one turn after the upper
        field.setFocus()
        self.desk.type(text)

    def die_and_return(self) -> None:
        self.desk.die()
        (waiting,) = [each for each in self.desk.services.today.board().waiting if each.kind == "drafts"]
        assert waiting.company_id == self.company_id
        self.desk.open(waiting_route(waiting))

    def titles(self) -> list[str]:
        return [action.title for action in self.desk.services.action_plans.sheet(self.company_id).actions]


@pytest.fixture
def panel(desk: Desk) -> Panel:
    return Panel(desk)


def test_words_of_a_new_action_come_back_and_enter_adds_it(panel: Panel) -> None:
    panel.desk.press("Ctrl+N")
    panel.desk.type(WORDS)
    panel.die_and_return()
    assert panel.desk.focused().text() == WORDS
    assert panel.titles() == ["図面の一覧を作る"]
    assert "まだ保存されていません" in panel.desk.focused().accessibleDescription()
    panel.desk.press("Return")
    assert sorted(panel.titles()) == sorted([WORDS, "図面の一覧を作る"])
    assert panel.desk.services.drafts.left() == ()


def test_text_under_conversion_comes_back(panel: Panel) -> None:
    panel.desk.press("Ctrl+N")
    panel.desk.convert("へんかん")
    panel.die_and_return()
    assert panel.desk.focused().text() == "へんかん"


def test_a_field_of_an_action_comes_back_and_becomes_a_change_on_leaving(panel: Panel) -> None:
    panel.tab._open(panel.action_id)
    panel.type_into(panel.tab._panel.action._note)
    panel.die_and_return()
    note = panel.tab._panel.action._note
    assert note.isVisible()
    assert note.text() == WORDS
    (action,) = panel.desk.services.action_plans.sheet(panel.company_id).actions
    assert action.note == ""
    panel.desk.press("Alt+1")
    (action,) = panel.desk.services.action_plans.sheet(panel.company_id).actions
    assert action.note == WORDS
    assert panel.desk.services.drafts.left() == ()


def test_a_name_written_by_hand_comes_back_in_sight(panel: Panel) -> None:
    panel.tab._open(panel.action_id)
    owner = panel.tab._panel.action._owner
    owner._choose("by-hand")
    panel.type_into(owner.name, "高橋")
    panel.die_and_return()
    name = panel.tab._panel.action._owner.name
    assert name.isVisible()
    assert name.text() == "高橋"


def test_fields_of_the_plan_and_of_a_new_part_come_back(panel: Panel) -> None:
    panel.desk.press("Ctrl+J", "Ctrl+J")
    plan = panel.tab._panel.plan
    panel.tab._area.set_open(on=True)
    panel.tab._panel.show_page("plan")
    panel.type_into(plan._goal)
    panel.desk.die()
    panel.desk.open_company(panel.company_id, "plan")
    plan = panel.tab._panel.plan
    assert plan._goal.text() == WORDS
    assert plan._goal.isVisible()
    plan._goal.setFocus()
    panel.desk.press("Tab")
    plan.indicators.begin_new()
    panel.desk.type("粗利の割合")
    panel.die_and_return()
    (editors,) = panel.tab._panel.plan.indicators.editors().values()
    assert editors["name"].text() == "粗利の割合"
    assert panel.desk.services.action_plans.sheet(panel.company_id).plan.goal == WORDS
    panel.desk.press("Alt+1")
    (indicator,) = panel.desk.services.action_plans.sheet(panel.company_id).indicators
    assert indicator.name == "粗利の割合"
    assert panel.desk.services.drafts.left() == ()


def test_a_write_that_failed_leaves_the_text_where_it_can_be_found(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise CannotWrite()

    with monkeypatch.context() as broken:
        broken.setattr(panel.desk.services.action_plans, "add_action", refuse)
        panel.desk.press("Ctrl+N")
        panel.desk.type(WORDS)
        panel.desk.press("Return")
    (draft,) = panel.desk.services.drafts.left()
    assert draft.text == WORDS
    panel.desk.open(Route(Place.COMPANIES, company_id=panel.company_id))
    panel.desk.open_company(panel.company_id, "plan")
    assert panel.desk.focused().text() == WORDS


def test_typing_taken_back_leaves_nothing_behind(panel: Panel) -> None:
    panel.tab._open(panel.action_id)
    note = panel.tab._panel.action._note
    panel.type_into(note)
    panel.tab._drafts._drafts.write_waiting()
    note.undo()
    panel.desk.settle()
    assert panel.desk.services.drafts.left() == ()
