"""What is typed at the right of 概要 survives a sudden end."""

import pytest
from PySide6.QtCore import Qt

from app.domain.terms import EngagementStatus
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Route
from ui.screens.company.overview.tab import OverviewTab
from ui.screens.today.presenter import waiting_route
from ui.widgets.fields.text_field import TextField

WORDS = "死ぬ前に書いた文"


@pytest.fixture
def company_id(desk: Desk) -> str:
    made = desk.services.companies.register(ENTRY, EngagementStatus.SUPPORTED)
    desk.open_company(made)
    return made


def tab(desk: Desk) -> OverviewTab:
    return desk.window.findChild(OverviewTab)


def field(desk: Desk, name: str) -> TextField:
    return tab(desk)._beside.contacts.editor.editors()[name]


def die_and_return(desk: Desk) -> Route:
    """Come back by 「書きかけの文」 of 今日."""
    desk.die()
    (left,) = [each for each in desk.services.today.board().waiting if each.kind == "drafts"]
    desk.open(waiting_route(left))
    return waiting_route(left)


def test_a_new_person_comes_back_without_the_name(desk: Desk, company_id: str) -> None:
    tab(desk)._beside.contacts._add.click()
    field(desk, "role").setFocus()
    desk.type("工場長")
    field(desk, "duty").setFocus()
    desk.type(WORDS)
    route = die_and_return(desk)
    assert (route.company_id, route.tab) == (company_id, None)
    assert field(desk, "role").isVisible()
    assert (field(desk, "role").text(), field(desk, "duty").text()) == ("工場長", WORDS)
    field(desk, "name").setFocus()
    desk.type("木村 豊")
    desk.press("Alt+4")
    (person,) = [each for each in desk.services.people.of_company(company_id) if each.name == "木村 豊"]
    assert (person.name, person.role, person.duty) == ("木村 豊", "工場長", WORDS)
    assert desk.services.drafts.left() == ()


def test_a_field_of_a_known_person_comes_back_and_closing_keeps_it(desk: Desk, company_id: str) -> None:
    person_id = desk.services.people.add({"name": "木村 豊"}, company_id)
    desk.settle()
    tab(desk)._beside.contacts.open_editor(person_id)
    field(desk, "duty").setFocus(Qt.FocusReason.OtherFocusReason)
    desk.type(WORDS)
    die_and_return(desk)
    assert field(desk, "duty").text() == WORDS
    assert field(desk, "name").text() == "木村 豊"
    tab(desk)._beside.contacts.editor.closed.emit()
    desk.settle()
    (person,) = [each for each in desk.services.people.of_company(company_id) if each.name == "木村 豊"]
    assert person.duty == WORDS
    assert desk.services.drafts.left() == ()


def test_the_reason_of_a_standing_comes_back(desk: Desk, company_id: str) -> None:
    tab(desk)._beside.standing.reason.setFocus()
    desk.type(WORDS)
    die_and_return(desk)
    assert tab(desk)._beside.standing.reason.text() == WORDS
    desk.press("Alt+4")
    engagement = desk.services.companies.card(company_id).engagement
    assert engagement is not None
    assert engagement.status_reason == WORDS
    assert desk.services.drafts.left() == ()


def test_text_left_at_one_company_does_not_go_to_another(desk: Desk, company_id: str) -> None:
    other = desk.services.companies.register({**ENTRY, "name": "南国電装", "corporate_number": ""})
    desk.services.drafts.keep(f"company:{other}", f"engagement:{other}.status_reason", WORDS)
    desk.open_company(other)
    assert tab(desk)._beside.standing.reason.text() == WORDS
    desk.open_company(company_id)
    assert tab(desk)._beside.standing.reason.text() == ""
    engagement = desk.services.companies.card(other).engagement
    assert engagement is not None
    assert engagement.status_reason == WORDS
