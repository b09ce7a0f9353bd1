"""訪問準備: what one reads before a visit, and the ways on from there."""

import pytest

from app.domain.terms import ReadBackOutcome
from tests.services.records import session
from tests.ui.visit.conftest import OURS, SECRET, Visit
from ui.navigation import Place, Route
from ui.printing import saving
from ui.screens.printing import issuing

TODAY = Route(Place.TODAY)


@pytest.fixture
def planned(visit: Visit) -> str:
    """The next visit of the company, at 16:00."""
    visit.services.support_sessions.finish(visit.id)
    return session(visit.services.place, visit.company, "2026-07-22T16:00", method="visit", place="工場")


@pytest.fixture
def prepared(visit: Visit, planned: str) -> Visit:
    """Arrived by Enter from 今日."""
    visit.services.questions.set_asked(visit.id, visit.company, "Q01", is_asked=True)
    visit.program.window.open(TODAY)
    visit.house.settle()
    visit.house.tab_to("今日と今週")
    visit.press("Return")
    return visit


def test_enter_on_the_next_visit_prepares_it(prepared: Visit, planned: str) -> None:
    route = prepared.program.window.route()
    assert (route.screen, route.item_id) == ("preparation", planned)
    seen = prepared.seen()
    for part in (OURS, "公開前の図面の一覧を作る", "第1回", "決定: 治具は特許出願を検討する"):
        assert part in seen
    assert SECRET not in seen


def test_only_what_was_not_asked_yet_is_listed(prepared: Visit) -> None:
    assert "御社が選ばれる理由は何ですか" not in prepared.seen()
    assert "まねされると一番困るもの" in prepared.seen()


def test_one_key_prints_the_sheet_and_ctrl_n_leads_into_the_visit(
    prepared: Visit, planned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(issuing, "known_printers", lambda: ())
    monkeypatch.setattr(saving, "ask_for_file", lambda parent, at, name, chosen: asked.append(name))
    prepared.press("Ctrl+P")
    prepared.house.wait_until(lambda: bool(asked))
    assert "訪問シート" in asked[0]
    assert "使えるプリンターがありません" in prepared.seen()
    route = prepared.program.window.route()
    assert (route.document, route.item_id) == ("visit-sheet", planned)
    prepared.press("Alt+Left", "Ctrl+N")
    assert prepared.program.window.route() == Route(
        Place.COMPANIES, company_id=prepared.company, tab="sessions", item_id=planned
    )
    assert prepared.house.focused() is prepared.screen._editor


def test_a_visit_that_has_begun_opens_itself(visit: Visit) -> None:
    visit.program.window.open(TODAY)
    visit.house.settle()
    visit.house.tab_to("今日と今週")
    visit.press("Return")
    assert visit.program.window.route() == visit.route("sessions")


def test_a_visit_that_was_only_noted_is_started_by_ctrl_n(visit: Visit) -> None:
    visit.program.window.open(Route(Place.COMPANIES, company_id=visit.other, tab="preparation"))
    visit.house.settle()
    visit.press("Ctrl+N")
    assert visit.program.window.route().screen == "support_session"


def test_the_questions_of_the_panel_are_ticked_and_counted(visit: Visit) -> None:
    visit.open("sessions")
    assert "0/11" in visit.seen()
    visit.house.click("海外")
    visit.house.settle()
    assert "1/11" in visit.seen()
    visit.screen._editor.setFocus()
    visit.press("Ctrl+Z")
    assert "0/11" in visit.seen()


def test_ctrl_5_shows_the_day_it_read_until_it_is_answered(visit: Visit) -> None:
    visit.open("sessions")
    visit.screen._editor.place_caret(2, 0)
    visit.press("Ctrl+5", "Ctrl+5")
    assert "2026/06/12(金) 公開" in visit.seen()
    assert "未確認" in visit.seen()
    assert visit.house.focused() is visit.screen._editor
    visit.house.click("合っています")
    visit.house.settle()
    day = next(item for item in visit.items() if item.days)
    assert day.answer is not None
    assert day.answer.outcome is ReadBackOutcome.CONFIRMED
    assert not visit.screen._days.isVisible()
