"""分析 offers the lists as the team words them."""

from app.domain.masters import IP_PERSPECTIVE, MANAGEMENT_ISSUE
from tests.ui.analysis.walk import Walk
from tests.ui.company.desk import Desk
from ui.navigation import Place, Route
from ui.screens.analysis.issue_page import IssuePage
from ui.widgets.fields.check_field import CheckField


def page(walk: Walk) -> IssuePage:
    return walk.tab.findChild(IssuePage)


def offered(walk: Walk) -> list[str]:
    choice = page(walk)._management
    return [choice.itemText(number) for number in range(choice.count())]


def perspectives(walk: Walk) -> dict[str, bool]:
    boxes = page(walk)._ticks.findChildren(CheckField)
    return {box.accessibleName(): box.isChecked() for box in boxes if not box.isHidden()}


def open_issue(walk: Walk) -> str:
    analysis = walk.desk.services.analysis
    issue = analysis.add_issue(walk.company_id, {"title": "図面の不安", "management_code": "M6"})
    analysis.set_perspectives(issue, ["CON", "PAT"])
    go_to(walk, issue)
    return issue


def go_to(walk: Walk, issue: str) -> None:
    walk.desk.open(Route(Place.COMPANIES, company_id=walk.company_id, tab="analysis", anchor=issue))


def test_words_of_the_team_are_offered_at_once(desk: Desk) -> None:
    walk = Walk(desk)
    open_issue(walk)
    masters = desk.services.masters
    masters.change(MANAGEMENT_ISSUE, "M1", {"label": "売り先"})
    masters.add(MANAGEMENT_ISSUE, {"label": "後継ぎ"})
    masters.add(IP_PERSPECTIVE, {"label": "標準化"})
    masters.change(IP_PERSPECTIVE, "PAT", {"label": "発明"})
    desk.settle()
    assert "売り先" in offered(walk)
    assert "後継ぎ" in offered(walk)
    shown = perspectives(walk)
    assert shown["発明"]
    assert not shown["標準化"]
    assert "特許" not in shown


def test_what_went_off_the_list_stays_chosen_where_it_was(desk: Desk) -> None:
    walk = Walk(desk)
    issue = open_issue(walk)
    desk.services.masters.hide(MANAGEMENT_ISSUE, "M6", is_hidden=True)
    desk.services.masters.hide(IP_PERSPECTIVE, "PAT", is_hidden=True)
    desk.services.masters.hide(IP_PERSPECTIVE, "TM", is_hidden=True)
    desk.settle()
    assert page(walk)._management.value() == "M6"
    assert perspectives(walk)["特許"]
    assert "商標" not in perspectives(walk)
    other = desk.services.analysis.add_issue(walk.company_id, {"title": "別の課題"})
    go_to(walk, other)
    assert "特許" not in perspectives(walk)
    assert desk.services.analysis.sheet(walk.company_id).issues[0].id == issue
