"""Older and newer programs in one team (design-sync 9), whose changes are whose, and who mends keys when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID
from zipfile import ZipFile

import pytest

from app.domain.terms import TeamRole
from app.ids import record_id
from app.services import sharing_rounds, sharing_standing
from app.services.bundles import BundleService
from app.services.sharing_rounds import MEND_TURN_MS
from app.sharing.places.place import LARGEST_OBJECT
from app.sharing.places.stopping import Stop
from app.sharing.rounds.sealing import Program
from db.change_log import unpack
from db.store import Author
from db.unsent import waiting_compartments
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.faulty_place import FaultyPlace
from tests.sharing.rounds.team_of_stores import Device, Team
from tests.sharing.rounds.test_held_work import decide

NEWER = 10_000
FORMAT_AT = 8
"""Where an object says in which format it is (design-sync 6.3)."""


@pytest.fixture
def team(new_team: NewTeam) -> Team:
    return new_team()


def waiting(device: Device) -> int:
    with device.workplace.store.reading() as connection:
        return sum(waiting_compartments(connection).values())


def test_a_program_older_than_the_team_agreed_on_receives_and_keeps_and_does_not_send(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, member, _ = team.devices
    decide(team, first, lambda desk, _, __: desk.require(NEWER))
    monkeypatch.setattr(sharing_standing, "program", lambda: Program("9.9", NEWER))
    received = team.write(first, *team.records[1])
    first.sharing.synchronise()
    monkeypatch.undo()
    kept = team.write(member, *team.records[2])
    report = member.sharing.synchronise()
    assert report.is_too_old
    assert report.needs_newer
    assert report.handed_over == ()
    assert received in member.values()
    assert waiting(member)
    monkeypatch.setattr(sharing_standing, "program", lambda: Program("9.9", NEWER))
    assert not member.sharing.synchronise().is_too_old
    assert not waiting(member)
    first.sharing.synchronise()
    assert kept in first.values()


def test_records_of_a_kind_that_only_a_newer_program_knows_are_carried_on(team: Team) -> None:
    first, member, other = team.devices
    _, record, home = team.records[1]
    value = team.write(first, "company", record, home)
    with first.workplace.store.writing_raw() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO fld(name) VALUES('novel')")
        novel = "(SELECT no FROM fld WHERE name='novel')"
        run(f"UPDATE change SET kind='replace', cell=(cell&~4095)|{novel} WHERE segment IS NULL")
    first.workplace.store.rebuild()
    for device in (first, member):
        device.sharing.synchronise()
    team.storage.objects = {name: each for name, each in team.storage.objects.items() if name[0] != "s"}
    team.round(member, look_through=True)
    other.sharing.synchronise()
    for device in (member, other):
        assert value in device.values()
        assert device.workplace.store.check().faults == ()
        with device.workplace.store.reading() as connection:
            found = "change JOIN fld ON fld.no=cell&4095 WHERE name='novel' AND kind='replace'"
            sql = f"SELECT count(*) FROM {found}"
            assert connection.exec_driver_sql(sql).scalar_one() == 1


def write_newer(device: Device, statements: Sequence[str]) -> None:
    """Let what waits unsent be what only a newer program writes."""
    with device.workplace.store.writing_raw() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    device.workplace.store.rebuild()


def in_log(device: Device, where: str) -> list[object]:
    """Values of changes, in their order."""
    sql = (
        "SELECT value FROM change JOIN fld ON fld.no=cell&4095 JOIN rec ON rec.no=cell>>12"
        f" WHERE value IS NOT NULL AND {where} ORDER BY change.id"
    )
    with device.workplace.store.reading() as connection:
        return [unpack(value) for (value,) in connection.exec_driver_sql(sql)]


def test_a_field_and_a_kind_of_record_of_a_newer_program_pass_through_an_older_one(team: Team) -> None:
    first, older, third = team.devices
    _, record, home = team.records[1]
    sponsor = first.workplace.new_id()
    slogan = team.write(first, "company", record, home)
    grant = team.write(first, "person", sponsor, home)
    name = "cell=(cell&~4095)|(SELECT no FROM fld WHERE name='slogan')"
    write_newer(
        first,
        [
            "INSERT INTO fld(name) VALUES('slogan')",
            f"UPDATE change SET {name} WHERE segment IS NULL",
            f"UPDATE rec SET type='sponsor' WHERE rid=x'{UUID(sponsor).hex}'",
        ],
    )
    first.sharing.synchronise()
    report = older.sharing.synchronise()
    assert (report.damaged, report.needs_newer) == (0, False)
    shown = team.write(older, "company", record, home)
    older.sharing.synchronise()
    # Whatever else there was of it is lost: what the others get, they get of the older program.
    gone = {name for name in first.held() if name[0] == "s"}
    for lost in gone:
        team.storage.objects.pop(lost, None)
    team.round(older, look_through=True)
    third.sharing.synchronise()
    for device in (older, third):
        assert in_log(device, "fld.name='slogan' AND rec.type='company'") == [slogan]
        assert in_log(device, "rec.type='sponsor'") == [grant]
        assert shown in device.values()
        assert device.workplace.store.check().faults == ()
    company = next(row for row in older.view() if row[0] == record)
    assert company[-1] == shown, "what the older program knows of the record, it shows and writes"
    bundle = older.folder.path / "bundle.zip"
    BundleService(older.workplace).export(bundle, include_secret=False)
    with ZipFile(bundle) as opened:
        whole = b"".join(opened.read(each) for each in opened.namelist())
    assert slogan.encode() in whole
    assert grant.encode() in whole


def test_an_object_of_a_newer_format_is_told_and_not_fetched_for_ever(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, member, _ = team.devices
    team.write(first, *team.records[1])
    first.sharing.synchronise()
    (newest,) = (name for name in first.held().keys() - member.held().keys() if name[0] == "s")
    content = bytearray(team.storage.objects[newest])
    content[FORMAT_AT] = 2
    team.storage.objects[newest] = bytes(content)
    fetched: list[str] = []
    get = FaultyPlace.get

    def noted(place: FaultyPlace, name: str, stop: Stop, at_most: int = LARGEST_OBJECT) -> object:
        fetched.append(name)
        return get(place, name, stop, at_most)

    monkeypatch.setattr(FaultyPlace, "get", noted)
    reports = [member.sharing.synchronise()]
    tried = fetched.count(newest)
    reports += [member.sharing.synchronise() for _ in range(2)]
    assert [(each.needs_newer, each.damaged) for each in reports] == [(True, 0)] * 3
    assert fetched.count(newest) == tried, "it is not fetched again and again"
    own = sharing_standing.program()
    monkeypatch.setattr(sharing_rounds, "program", lambda: Program("9.9", own.schema))
    member.sharing.synchronise()
    assert fetched.count(newest) > tried, "a newer program may read it"


def test_work_is_the_users_whose_device_signed_it_whatever_name_it_claims(team: Team) -> None:
    first, member, _ = team.devices
    somebody = record_id(team.clock.now())
    with member.workplace.store.writing_raw() as connection:
        device = str(UUID(bytes=_identity(member)))
        member.workplace.store.write_as(connection, Author(somebody, device))
    value = team.write(member, *team.records[1])
    for each in (member, first):
        each.sharing.synchronise()
    assert value in first.values()
    sql = (
        "SELECT DISTINCT author.user FROM change JOIN author ON author.no=change.author WHERE author.device=?"
    )
    with first.workplace.store.reading() as connection:
        users = [bytes(user) for (user,) in connection.exec_driver_sql(sql, (_identity(member),))]
    assert users == [UUID(member.workplace.user_id).bytes]


def test_the_most_senior_administrator_mends_at_once_and_the_next_after_a_while(team: Team) -> None:
    first, lost, member = team.devices
    second = team.new_device()
    digits = second.sharing.join(first.sharing.invite().encode(), "高橋")
    first.sharing.approve(digits, TeamRole.ADMINISTRATOR, [record for _, record, _ in team.records[1:]])
    second.sharing.synchronise()
    member.sharing.synchronise()
    member.sharing.stop_device("伊藤1")
    value = team.write(member, *team.records[1])
    member.sharing.synchronise()
    second.sharing.synchronise()
    assert member.sharing.synchronise().waiting, "that is the first administrator's, as long as it is soon"
    team.clock.move(timedelta(milliseconds=MEND_TURN_MS + 1))
    second.sharing.synchronise()
    assert not member.sharing.synchronise().waiting
    first.sharing.synchronise()
    assert value in first.values()
    assert lost.sharing.synchronise().is_stopped


def _identity(device: Device) -> bytes:
    return next(bytes.fromhex(each.id) for each in device.sharing.overview().devices if each.is_own)
