"""Rounds go by themselves beside the window; status bar and 同期 say how things are."""

import threading

import pytest

from app.services.sharing import SharingService
from app.sharing.places.stopping import Stop
from tests.services.records import change, stored
from tests.ui.program.house import House
from tests.ui.sync.conftest import Team
from tests.ui.sync.waiting import a_round, bar_words, place_of, watch_of
from ui.navigation import Place, Route
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList


def test_a_store_without_a_team_never_speaks_of_sharing(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    assert bar_words(program) == ""
    program.window.open(Route(Place.SYNC))
    house.settle()
    assert "まだこの端末だけで使っています 困ることはありません。" in house.words()
    assert not watch_of(program).rounds.state.is_going


def test_the_window_begins_with_a_round_and_says_when_all_agree(team: Team) -> None:
    program = team.house.start_and_open()
    change(team.other, "company", team.company, city="旭川")
    team.other_round()
    a_round(team.house)
    assert bar_words(program) == "チームに共有済み 13:38"
    assert stored(place_of(program), "company", team.company)["city"] == "旭川"


def test_what_is_written_waits_and_then_goes(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    change(place_of(program), "company", team.company, city="旭川")
    house.wait_until(lambda: bar_words(program) == "未送信 1件")
    a_round(house)
    assert bar_words(program).startswith("チームに共有済み")
    team.other_round()
    assert stored(team.other, "company", team.company)["city"] == "旭川"


def test_a_place_that_is_gone_is_quietly_tried_again_in_growing_pauses(team: Team) -> None:
    house = team.house
    team.place.rename(team.place.with_name("unplugged"))
    program = house.start_and_open()
    house.wait_until(lambda: watch_of(program).rounds.state.fault is not None)
    words = "置き場に届きません。この端末の内容は無事です。1分後にまた試します"
    assert bar_words(program) == words
    a_round(house)
    assert "5分後にまた試します" in bar_words(program)
    a_round(house)
    assert "15分後にまた試します" in bar_words(program)
    assert not [bar for bar in house.shown(MessageBar) if bar.isVisible()]
    team.place.with_name("unplugged").rename(team.place)
    a_round(house)
    assert bar_words(program).startswith("チームに共有済み")


def endless(_self: object, address: str = "", wishes: object = None, stop: Stop | None = None) -> None:
    """A round whose 置き場 never answers; it hears when it is to stop."""
    assert stop is not None
    stop.wait(3_600)


def test_the_lock_ends_a_round_and_unlocking_begins_one(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    rounds = watch_of(program).rounds
    with monkeypatch.context() as patch:
        patch.setattr(SharingService, "synchronise", endless)
        rounds.ask_now()
        house.wait_until(lambda: rounds.state.is_going)
        program.lock()
        house.wait_until(lambda: not rounds.state.is_going)
        rounds.ask_now()
        assert not rounds._due.isActive()
    change(team.other, "company", team.company, city="旭川")
    team.other_round()
    watch_of(program).unlocked()
    house.wait_until(lambda: stored(place_of(program), "company", team.company)["city"] == "旭川")


def test_a_machine_that_slept_begins_with_a_round_when_it_wakes(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    rounds = watch_of(program).rounds
    rounds._watch_clock()
    assert rounds._due.remainingTime() > 60_000
    house.clock.move(hours=1)
    rounds._watch_clock()
    assert rounds._due.remainingTime() < 1_000


def test_a_person_ends_a_round_and_the_next_comes_in_its_time(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    program.window.open(Route(Place.SYNC))
    house.settle()
    monkeypatch.setattr(SharingService, "synchronise", endless)
    house.click("今すぐ")
    house.wait_until(lambda: watch_of(program).rounds.state.is_going)
    house.click("やめる")
    house.wait_until(lambda: not watch_of(program).rounds.state.is_going)
    assert watch_of(program).rounds._due.isActive()


def test_closing_the_window_does_not_wait_for_a_place_that_never_answers(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = team.house.start_and_open()
    a_round(team.house)
    monkeypatch.setattr(SharingService, "synchronise", endless)
    watch_of(program).rounds.ask_now()
    team.house.wait_until(lambda: watch_of(program).rounds.state.is_going)
    team.house.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("round")]


def test_a_wrong_place_is_told_in_three_parts_and_leads_to_where_it_is_put_right(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    for each in team.place.iterdir():
        each.rename(team.place.with_name(f"away-{each.name}"))
    program.window.open(Route(Place.SYNC))
    house.settle()
    a_round(house)
    bar = house.wait_for_message("E-725")
    assert bar_words(program) == "共有は止まっています。この端末の内容は無事です"
    bar._action.click()
    assert program.window.route() == Route(Place.TEAM, tab="place")
    program.window.back()
    house.settle()
    bar._other.click()
    house.wait_until(lambda: watch_of(program).rounds.state.fault is None)
    house.wait_until(lambda: any(team.place.rglob("*.osy")))


def test_what_waits_is_listed_by_name_and_opens(team: Team) -> None:
    house = team.house
    program = house.start_and_open()
    a_round(house)
    change(place_of(program), "action_item", team.action, title="弁理士と特許庁に相談")
    program.window.open(Route(Place.SYNC))
    house.settle()
    (waiting,) = [each for each in house.shown(RowList) if each.accessibleName() == "未送信"]
    assert waiting._model.entries[0].title == "弁理士と特許庁に相談"
    waiting.step(1)
    waiting.open_current()
    route = program.window.route()
    assert route is not None
    assert (route.company_id, route.tab, route.anchor) == (team.company, "plan", team.action)
