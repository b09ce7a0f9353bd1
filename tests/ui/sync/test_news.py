"""What sharing tells in three parts: what happened, what is safe, what to do."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import PlaceAnswersOddly, PlaceClockApart, PlaceFull
from app.rows.sharing import ClockWitness, RoundReport, SharingState
from app.services import sharing_standing, sharing_versions
from app.services.sharing import SharingService
from app.services.sharing_held_work import HeldWorkService
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Failed, Trouble
from app.sharing.rounds.sealing import Program
from tests.services.records import change, stored
from tests.services.stores import make_store
from tests.ui.program.house import House
from tests.ui.sync.conftest import Team
from tests.ui.sync.guests import Guest
from tests.ui.sync.waiting import a_round, bar_words, place_of
from ui.background_rounds import RoundsState
from ui.navigation import Place, Route
from ui.program import Program as Window
from ui.sharing_news import TRIED_AGAIN, step_of, trouble_of
from ui.widgets.message_bar import MessageBar

THREE_YEARS = 3 * 365
YEAR_MS = 365 * 86_400_000


def open_sync(house: House) -> Window:
    program = house.start_and_open()
    a_round(house)
    program.window.open(Route(Place.SYNC))
    house.settle()
    return program


def numbers(house: House) -> list[str]:
    return [bar.message.number for bar in house.shown(MessageBar) if bar.isVisible()]


def test_a_clock_that_is_years_ahead_is_told_until_it_is_right_and_the_other_keeps_its_time(
    team: Team,
) -> None:
    house = team.house
    program = open_sync(house)
    assert numbers(house) == []
    house.clock.move(days=THREE_YEARS)
    change(program.services.place, "company", team.company, city="旭川")  # type: ignore[union-attr]
    a_round(house)
    team.other_round()
    change(team.other, "company", team.company, city="北見")
    team.other_round()
    a_round(house)
    bar = house.wait_for_message("E-782")
    assert bar.message.title == "この端末ともう1台の端末の時計が、3年離れています"
    assert "3年ずれています" in bar_words(program)
    assert stored(program.services.place, "company", team.company)["city"] == "北見"  # type: ignore[union-attr]
    house.clock.move(days=-THREE_YEARS)
    bar._action.click()
    house.wait_until(lambda: numbers(house) == [])


@pytest.mark.parametrize(("trouble", "number"), [(Trouble.FULL, "E-704"), (Trouble.READ_ONLY, "E-705")])
def test_a_place_that_takes_no_more_gives_on_and_leads_to_a_file_that_is_carried(
    team: Team, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, number: str
) -> None:
    house = team.house
    program = open_sync(house)
    change(place_of(program), "company", team.company, city="旭川")
    change(team.other, "action_item", team.action, title="特許庁に相談")
    team.other_round()
    monkeypatch.setattr(FolderPlace, "put", lambda *_: Failed(trouble))
    a_round(house)
    bar = house.wait_for_message(number)
    assert stored(place_of(program), "action_item", team.action)["title"] == "特許庁に相談"
    assert "未送信 1件" in bar_words(program)
    bar._action.click()
    assert program.window.route() == Route(Place.SYNC, tab="carry")


def test_the_place_of_another_team_is_told_and_nothing_is_mixed(team: Team, tmp_path: Path) -> None:
    house = team.house
    program = open_sync(house)
    team.place.rename(tmp_path / "ours")
    team.place.mkdir()
    stranger = make_store(tmp_path / "stranger", house.clock, "0198a2b4-0000-7000-8000-000000000008").opened()
    SharingService(stranger).create(str(team.place), "加藤")
    lying = sorted(team.place.rglob("*.osy"))
    change(place_of(program), "company", team.company, city="旭川")
    a_round(house)
    bar = house.wait_for_message("E-724")
    assert sorted(team.place.rglob("*.osy")) == lying
    assert stored(place_of(program), "company", team.company)["city"] == "旭川"
    bar._action.click()
    assert program.window.route() == Route(Place.TEAM, tab="place")
    stranger.store.close()


def test_all_that_sync_tells_has_a_next_step() -> None:
    calm = SharingState("/share", "", frozenset(), 0, (), 0, RoundReport(), datetime(2026, 7, 22, tzinfo=UTC))
    reports = [
        RoundReport(clock_off_ms=YEAR_MS, clock_witness=ClockWitness.DEVICES),
        RoundReport(clock_off_ms=-YEAR_MS, clock_witness=ClockWitness.PLACE),
        RoundReport(is_stopped=True),
        RoundReport(is_stopped=True, is_out=True),
        RoundReport(is_too_old=True, needs_newer=True),
        RoundReport(needs_newer=True),
        RoundReport(fault=PlaceFull.code),
    ]
    told = [trouble_of(replace(calm, report=each), RoundsState()) for each in reports]
    told += [
        trouble_of(calm, RoundsState(fault=each))
        for each in (PlaceClockApart(), PlaceAnswersOddly(status=500))
    ]
    assert [each.title for each in told[:2] if each] == [
        "この端末の時計が、ほかの人の端末より 1年進んでいます",
        "この端末の時計が、置き場より 1年遅れています",
    ]
    for each in told:
        assert each is not None
        assert all((each.title, each.detail, each.action, each.number))
        assert step_of(each.code) is not None or each.code in TRIED_AGAIN


@pytest.mark.parametrize(("is_removed", "number"), [(False, "E-783"), (True, "E-784")])
def test_who_is_stopped_or_removed_while_writing_is_told_once_and_loses_no_word(
    guest: Guest, *, is_removed: bool, number: str
) -> None:
    guest.write("旭川")
    (guest.sharing.remove_device if is_removed else guest.sharing.stop_device)(guest.device)
    guest.round()
    bar = guest.house.wait_for_message(number)
    assert guest.city() == "旭川"
    bar._action.click()
    guest.house.settle()
    assert "外れています" in guest.house.words() or "止められています" in guest.house.words()
    guest.round()
    guest.program.window.open(Route(Place.TODAY))
    guest.house.settle()
    assert numbers(guest.house) == []
    guest.program.window.open(Route(Place.SYNC))
    guest.house.settle()
    assert numbers(guest.house) == [number]


def test_what_was_written_of_a_company_that_is_lost_goes_to_its_administrators_and_that_is_told_once(
    guest: Guest,
) -> None:
    guest.write("旭川")
    guest.sharing.withdraw_company(guest.company, guest.device)
    guest.round()
    bar = guest.house.wait_for_message("E-787")
    assert bar.message.title == "担当でなくなった企業の未送信 1件を、預かりとして渡しました"
    assert guest.city() == "旭川"
    bar._dismiss()
    guest.round()
    assert numbers(guest.house) == []
    guest.sharing.synchronise()
    assert [row.changes for row in HeldWorkService(guest.other).rows()] == [1]


def test_a_program_that_the_team_finds_too_old_keeps_its_words_and_says_what_to_do(
    guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = Program("0.9.0", sharing_standing.program().schema + 1)
    monkeypatch.setattr(sharing_versions, "program", lambda: newer)
    guest.sharing.require_version("0.9.0")
    monkeypatch.undo()
    guest.write("旭川")
    guest.program.window.open(Route(Place.SYNC))
    guest.round()
    bar = guest.house.wait_for_message("E-785")
    assert bar.message.title == "チームは、版 0.9.0 からのプログラムを使うことに決めました"
    assert bar_words(guest.program) == "未送信 1件　新しい版が必要です。受け取りは続けています"
    bar._action.click()
    assert guest.program.window.route() == Route(Place.SETTINGS, tab="about")
    change(guest.other, "company", guest.company, products="治具。")
    guest.sharing.synchronise()
    guest.round()
    assert guest.city() == "旭川"


def test_something_of_a_newer_format_is_told_once_with_what_to_do(guest: Guest, tmp_path: Path) -> None:
    change(guest.other, "company", guest.company, city="北見")
    before = set((tmp_path / "place").rglob("*.osy"))
    guest.sharing.synchronise()
    (new,) = (each for each in (tmp_path / "place" / "s").rglob("*.osy") if each not in before)
    content = bytearray(new.read_bytes())
    content[8] = 2
    new.write_bytes(content)
    guest.round()
    bar = guest.house.wait_for_message("E-786")
    bar._dismiss()
    guest.round()
    assert numbers(guest.house) == []
    guest.program.window.open(Route(Place.SYNC))
    guest.house.settle()
    assert numbers(guest.house) == ["E-786"]
