"""Hundreds of companies are shared at one stroke, or given before anybody wrote in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.terms import TeamRole
from app.services import sharing_outbox, sharing_standing
from app.services.sharing_standing import publish, standing_of
from app.services.sharing_state import read_identity
from app.sharing.membership import key_log
from app.sharing.objects.container import ObjectType
from app.sharing.rounds.key_log import NOTHING_READ
from db.mirror import Mirror
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team


class Work:
    """How many entries of the key log were opened, and how many were judged in all."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = self.judged = 0
        read_entry, evaluate = key_log.read_entry, key_log.evaluate

        def reading(*given: Any) -> Any:
            self.opened += 1
            return read_entry(*given)

        def judging(entries: Any, root: Any) -> Any:
            held = list(entries)
            self.judged += len(held)
            return evaluate(held, root)

        monkeypatch.setattr(key_log, "read_entry", reading)
        monkeypatch.setattr(key_log, "evaluate", judging)

    def of(self, act: Callable[[], object]) -> tuple[int, int]:
        self.opened = self.judged = 0
        act()
        return self.opened, self.judged


def entries_of(device: Device) -> int:
    with device.workplace.store.reading() as connection:
        return len(Mirror(connection).ids_of_type(ObjectType.KEY_LOG_ENTRY))


def companies(team: Team, device: Device, count: int) -> list[str]:
    made = [device.workplace.new_id() for _ in range(count)]
    for company in made:
        team.write(device, "company", company, company)
    return made


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


def costs_of_sharing(team: Team, work: Work, count: int) -> tuple[int, int]:
    """Entries that so many new companies make, and entries judged on the way."""
    (device,) = team.devices
    before = entries_of(device)
    companies(team, device, count)
    _, judged = work.of(device.sharing.synchronise)
    return entries_of(device) - before, judged


def test_companies_that_are_shared_at_one_stroke_are_judged_at_one_stroke(
    new_team: NewTeam, work: Work
) -> None:
    few = costs_of_sharing(new_team(members=1), work, 5)
    many = costs_of_sharing(new_team(members=1), work, 40)
    assert many == few


def test_an_entry_for_each_company_is_noticed(
    new_team: NewTeam, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing_outbox, "MOST_COMPANIES", 1)
    few = costs_of_sharing(new_team(members=1), work, 5)
    many = costs_of_sharing(new_team(members=1), work, 10)
    assert many[0] == 2 * few[0]
    assert many[1] > 2 * few[1]


def act_often(device: Device, count: int) -> None:
    for number in range(count):
        with device.workplace.store.writing_raw() as connection:
            identity = read_identity(connection)
            assert identity is not None
            standing = standing_of(connection, identity)
            assert standing.own is not None
            draft = standing.desk(0).create_company(bytes([number]) * 16, [standing.own.user])
            publish(connection, standing, draft)


def opened_by_acts(team: Team, work: Work, count: int) -> int:
    (device,) = team.devices
    with device.workplace.store.reading() as connection:
        identity = read_identity(connection)
        assert identity is not None
        standing_of(connection, identity)
    opened, _ = work.of(lambda: act_often(device, count))
    return opened


def test_each_entry_is_opened_once_by_who_makes_it(new_team: NewTeam, work: Work) -> None:
    assert opened_by_acts(new_team(members=1), work, 20) == 20


def test_opening_the_whole_log_with_every_act_is_noticed(
    new_team: NewTeam, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = sharing_standing.read_key_log

    def reads_all(_new: Any, ring: Any, keys: Any, root: Any, proven: Any = (), **_: Any) -> Any:
        with device.workplace.store.reading() as connection:
            mirror = Mirror(connection)
            held = mirror.bytes_of_type(ObjectType.KEY_LOG_ENTRY, but=())
        sealed = [sharing_standing.parse(each, ring.vault) for each in held]
        return reading([*sealed, *_new], ring, keys, root, proven, read=NOTHING_READ)

    team = new_team(members=1)
    (device,) = team.devices
    monkeypatch.setattr(sharing_standing, "read_key_log", reads_all)
    assert opened_by_acts(team, work, 10) > 2 * 10


def test_an_entry_that_comes_is_opened_alone(new_team: NewTeam, work: Work) -> None:
    team = new_team(members=2)
    first, member = team.devices
    companies(team, first, 3)
    first.sharing.synchronise()
    opened, _ = work.of(member.sharing.synchronise)
    assert opened == 1


def test_who_writes_first_in_a_company_that_was_given_before_is_heard_by_all(new_team: NewTeam) -> None:
    team = new_team(members=1)
    (first,) = team.devices
    company = first.workplace.new_id()
    member = team.new_device()
    digits = member.sharing.join(first.sharing.invite().encode(), "伊藤")
    first.sharing.approve(digits, TeamRole.MEMBER, [company])
    member.sharing.synchronise()
    theirs = team.write(member, "company", company, company)
    assert member.sharing.synchronise().waiting == 0
    ours = team.write(first, "company", company, company)
    report = first.sharing.synchronise()
    assert (report.waiting, report.handed_over) == (0, ())
    member.sharing.synchronise()
    assert {theirs, ours} <= member.values()
    assert {theirs, ours} <= first.values()
