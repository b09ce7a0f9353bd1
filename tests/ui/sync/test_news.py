"""What sharing tells in three parts: what happened, what is safe, what to do."""

from pathlib import Path

import pytest

from app.services import sharing_standing, sharing_versions
from app.services.sharing_held_work import HeldWorkService
from app.sharing.rounds.sealing import Program
from tests.services.records import change, stored
from tests.ui.program.house import House
from tests.ui.sync.conftest import Team
from tests.ui.sync.guests import Guest
from tests.ui.sync.waiting import a_round, bar_words
from ui.navigation import Place, Route
from ui.program import Program as Window
from ui.widgets.message_bar import MessageBar

THREE_YEARS = 3 * 365


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
