"""The way back and forward, without a window."""

import pytest

from ui.navigation import History, Place, Route

TODAY = Route(Place.TODAY)
COMPANY = Route(Place.COMPANIES, "c1")
VISIT = Route(Place.COMPANIES, "c1", "sessions", "v1")


def test_going_back_and_forward_returns_what_was_remembered() -> None:
    history = History()
    history.visit(TODAY)
    history.remember("scrolled")
    history.visit(COMPANY)
    history.remember("caret 12")
    assert history.back() == TODAY
    assert history.memory == "scrolled"
    assert history.forward() == COMPANY
    assert history.memory == "caret 12"


def test_a_new_way_forgets_the_old_way_forward() -> None:
    history = History()
    for route in (TODAY, COMPANY):
        history.visit(route)
    history.back()
    history.visit(VISIT)
    assert not history.can_go_forward
    assert history.back() == TODAY


def test_the_same_route_twice_is_one_visit() -> None:
    history = History()
    history.visit(TODAY)
    history.visit(TODAY)
    assert not history.can_go_back


def test_there_is_no_way_before_the_first_and_after_the_last() -> None:
    history = History()
    history.visit(TODAY)
    with pytest.raises(IndexError):
        history.back()
    with pytest.raises(IndexError):
        history.forward()


@pytest.mark.parametrize(
    ("route", "screen"),
    [
        (TODAY, "today"),
        (Route(Place.COMPANIES), "companies"),
        (COMPANY, "company"),
        (Route(Place.COMPANIES, "c1", "plan", "a1"), "company"),
        (Route(Place.COMPANIES, "c1", "sessions"), "company"),
        (VISIT, "support_session"),
        (Route(Place.SETTINGS, tab="trash"), "settings"),
    ],
)
def test_a_route_knows_its_screen(route: Route, screen: str) -> None:
    assert route.screen == screen
