"""A clock years ahead: its owner is told, and nobody is dragged along (design-sync 5, 11)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.bootstrap import open_workplace
from app.clock import Clock
from app.rows.sharing import ClockWitness, Contact, RoundReport
from app.services.sharing_clocks import SLACK_MS, clock_off
from app.sharing.places.place import Failed, Listing
from app.sharing.places.stopping import Stop
from app.sync.clock import COUNTER_BITS, MOST_AHEAD_MS
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.faulty_place import FaultyPlace
from tests.sharing.rounds.team_of_stores import KEY, Device, Team

THREE_YEARS = timedelta(days=3 * 365)
YEARS_MS = round(THREE_YEARS.total_seconds() * 1000)
NOW = 1_800_000_000_000
HOUR = 3_600_000


class WrongClock:
    """Goes wrong by as much as it is told."""

    def __init__(self, right: Clock, off: timedelta) -> None:
        self._right = right
        self.off = off

    def now(self) -> datetime:
        return self._right.now() + self.off


def give_clock(team: Team, device: Device, off: timedelta) -> WrongClock:
    clock = WrongClock(team.clock, off)
    device.close()
    device.workplace = open_workplace(device.folder, KEY, clock=clock)
    return clock


def unsent_time_ms(device: Device) -> int:
    """The greatest time among what was written and not sent."""
    with device.workplace.store.reading() as connection:
        sql = "SELECT max(time) FROM change WHERE segment IS NULL"
        return int(connection.exec_driver_sql(sql).scalar_one()) >> COUNTER_BITS


def true_ms(team: Team) -> int:
    return round(team.clock.now().timestamp() * 1000)


def off(report: RoundReport) -> tuple[int, ClockWitness]:
    return round(report.clock_off_ms / HOUR), report.clock_witness


@pytest.fixture
def team(new_team: NewTeam) -> Team:
    return new_team()


def test_who_is_years_ahead_is_told_and_the_others_are_not_and_keep_their_time(team: Team) -> None:
    first, wrong, third = team.devices
    clock = give_clock(team, wrong, THREE_YEARS)
    early = team.write(wrong, *team.records[1])
    wrong.sharing.synchronise()
    for other in (first, third):
        assert off(other.sharing.synchronise()) == (0, ClockWitness.NOBODY)
        assert early in other.values()
    late = team.write(third, *team.records[1])
    assert unsent_time_ms(third) <= true_ms(team) + MOST_AHEAD_MS
    third.sharing.synchronise()
    assert off(wrong.sharing.synchronise()) == (YEARS_MS // HOUR, ClockWitness.DEVICES)
    first.sharing.synchronise()
    for device in team.devices:
        company = next(row for row in device.view() if row[0] == team.records[1][1])
        assert company[-1] == late, "what was written knowing the early value replaces it"
    clock.off = timedelta()
    assert off(wrong.sharing.synchronise()) == (0, ClockWitness.NOBODY)
    team.write(wrong, *team.records[1])
    assert unsent_time_ms(wrong) <= true_ms(team)


def test_who_is_years_behind_is_told_and_the_others_are_not(team: Team) -> None:
    first, wrong, third = team.devices
    give_clock(team, wrong, -THREE_YEARS)
    team.write(wrong, *team.records[1])
    assert off(wrong.sharing.synchronise()) == (-YEARS_MS // HOUR, ClockWitness.DEVICES)
    for other in (first, third):
        assert off(other.sharing.synchronise()) == (0, ClockWitness.NOBODY)


def test_of_two_neither_is_said_to_be_wrong(new_team: NewTeam) -> None:
    team = new_team(members=2)
    first, wrong = team.devices
    give_clock(team, wrong, THREE_YEARS)
    team.write(wrong, *team.records[1])
    wrong.sharing.synchronise()
    assert off(first.sharing.synchronise()) == (-YEARS_MS // HOUR, ClockWitness.ONE_DEVICE)
    assert off(wrong.sharing.synchronise()) == (YEARS_MS // HOUR, ClockWitness.ONE_DEVICE)


def test_a_server_that_tells_its_time_is_believed_before_all(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, wrong, _ = team.devices
    give_clock(team, wrong, THREE_YEARS)
    plain = FaultyPlace.list

    def with_time(place: FaultyPlace, prefix: str, stop: Stop) -> Listing | Failed:
        found = plain(place, prefix, stop)
        return Listing(found.entries, true_ms(team)) if isinstance(found, Listing) else found

    monkeypatch.setattr(FaultyPlace, "list", with_time)
    assert off(wrong.sharing.synchronise()) == (YEARS_MS // HOUR, ClockWitness.PLACE)
    assert off(first.sharing.synchronise()) == (0, ClockWitness.NOBODY)


def seen(clock_ms: int, held_ms: int = 0) -> Contact:
    return Contact("00", "", clock_ms, held_ms)


@pytest.mark.parametrize(
    ("contacts", "found"),
    [
        ([], 0),
        ([seen(NOW - 30 * HOUR)], 0),
        ([seen(NOW + SLACK_MS)], 0),
        ([seen(NOW - 30 * HOUR, NOW - 31 * HOUR)], 0),
        ([seen(NOW + HOUR), seen(NOW - HOUR), seen(NOW + 9 * HOUR)], -HOUR),
        ([seen(NOW + 9 * HOUR), seen(NOW - HOUR)], 0),
        ([seen(NOW - 9 * HOUR, NOW - HOUR), seen(NOW - 3 * HOUR, NOW - HOUR)], 2 * HOUR),
        ([seen(NOW - 9 * HOUR, NOW - HOUR), seen(NOW - HOUR)], 0),
        ([seen(NOW, NOW + 9 * HOUR)], 0),
    ],
)
def test_more_than_half_of_the_others_have_to_agree(contacts: list[Contact], found: int) -> None:
    assert clock_off(contacts, NOW, None)[0] == found
