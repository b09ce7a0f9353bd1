"""The tab 面談: planning, opening, deleting."""

import pytest

from tests.services.records import wall
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.company.sessions.plan_line import PlanLine
from ui.widgets.buttons import Button
from ui.widgets.row_table import RowTable
from ui.widgets.texts import Text


@pytest.fixture
def company_id(desk: Desk) -> str:
    return desk.services.companies.register(ENTRY)


def table(desk: Desk) -> RowTable:
    return next(each for each in desk.window.findChildren(RowTable) if each.isVisible())


def test_an_empty_list_names_the_key(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id, "sessions")
    assert "まだ面談がありません" in [each.text() for each in desk.window.findChildren(Text)]


def test_a_session_is_planned_for_a_day(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id, "sessions")
    line = desk.window.findChild(PlanLine)
    line.day.setFocus()
    desk.type("８月５日")
    desk.press("Tab")
    desk.type("１３時半")
    desk.press("Tab", "Return")
    (entry,) = desk.services.companies.card(company_id).course
    assert entry.starts_at == wall("2025-08-05T13:30")
    assert table(desk).current_key() == entry.id
    assert line.day.text() == ""


def test_a_session_without_a_day_is_not_planned(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id, "sessions")
    next(each for each in desk.window.findChildren(Button) if each.label() == "予定を入れる").click()
    desk.settle()
    assert desk.services.companies.card(company_id).course == ()
    assert "! 日を入れてください" in [each.text() for each in desk.window.findChildren(Text)]


def test_sessions_are_listed_newest_first_and_open(desk: Desk, company_id: str) -> None:
    first = desk.services.support_sessions.start(company_id, wall("2025-06-01T10:00"))
    second = desk.services.support_sessions.start(company_id, wall("2025-07-01T10:00"))
    desk.open_company(company_id, "sessions")
    assert [entry.id for entry in table(desk).model().rows()] == [second, first]
    desk.press("Down", "Return")
    assert desk.window.route() == Route(Place.COMPANIES, company_id, "sessions", first)
    desk.press("Alt+Left")
    assert table(desk).current_key() == first


def test_a_deleted_session_comes_back_with_its_lines(desk: Desk, company_id: str) -> None:
    session_id = desk.services.support_sessions.start(company_id)
    desk.open_company(company_id, "sessions")
    desk.press("Delete")
    assert table(desk).model().rowCount() == 0
    next(each for each in desk.window.findChildren(Button) if each.label() == "元に戻す").click()
    desk.settle()
    assert [entry.id for entry in table(desk).model().rows()] == [session_id]
