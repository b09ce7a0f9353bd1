"""預かり: whoever loses a company, or the right to write, loses no word (settled 35, acceptance D4)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from app.errors import AdministratorOnly, CompanyKeyMissing, HeldWorkMissing
from app.rows.sharing import HeldWorkKind, HeldWorkState
from app.services.sharing_held_work import HeldWorkService
from app.services.sharing_standing import publish, standing_of
from app.services.sharing_state import read_identity
from app.sharing.membership.acts import CutMark
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Desk
from app.sharing.membership.state import Membership
from db.mirror import Mirror
from tests.sharing.rounds.conftest import NewTeam
from tests.sharing.rounds.team_of_stores import Device, Team


def decide(team: Team, device: Device, draft: Callable[[Desk, Membership, Mirror], Draft]) -> None:
    """Something that an administrator does to the key log."""
    with device.workplace.store.writing_raw() as connection:
        identity = read_identity(connection)
        assert identity is not None
        standing = standing_of(connection, identity)
        now_ms = int(team.clock.now().timestamp() * 1000)
        publish(connection, standing, draft(standing.desk(now_ms), standing.membership, Mirror(connection)))


def take_away(team: Team, company: str, member: Device) -> None:
    def draft(desk: Desk, membership: Membership, mirror: Mirror) -> Draft:
        device = member.sharing.overview().devices
        own = next(bytes.fromhex(each.id) for each in device if each.is_own)
        cuts = [CutMark(stream, last) for stream, (_, last, _) in sorted(mirror.streams_of(own).items())]
        return desk.withdraw(UUID(company).bytes, membership.devices[own].user, cuts)

    decide(team, team.devices[0], draft)


def give_back(team: Team, company: str, member: Device) -> None:
    user = UUID(member.workplace.user_id).bytes
    decide(team, team.devices[0], lambda desk, _, __: desk.grant(UUID(company).bytes, user))


@pytest.fixture
def team(new_team: NewTeam) -> Team:
    return new_team()


def lines_of(team: Team, member: Device, company: str) -> list[str]:
    """Three unsent lines in a company."""
    visit = member.workplace.new_id()
    texts = [f"社長は{len(team.written)}番の{number}つ目の治具を出さない" for number in range(3)]
    with member.workplace.action("書く", None) as work:
        work.save("support_session", visit, {"company_id": company}, compartment=company)
        for text in texts:
            line = {"company_id": company, "support_session_id": visit, "text": text}
            work.save("note_line", member.workplace.new_id(), line, compartment=company)
    team.written.update(texts)
    return texts


def shows(device: Device, texts: list[str]) -> bool:
    with device.workplace.reading() as reading:
        shown = {each["text"] for each in reading.records("note_line")}
    return set(texts) <= shown


def test_unsent_lines_of_a_lost_company_reach_an_administrator_and_nobody_else(team: Team) -> None:
    first, member, other = team.devices
    _, company, _ = team.records[1]
    texts = lines_of(team, member, company)
    take_away(team, company, member)
    first.sharing.synchronise()
    report = member.sharing.synchronise()
    assert [(given, count > 3) for given, count in report.handed_over] == [(company, True)]
    assert report.waiting == 0
    assert shows(member, texts), "the member's own words stay"
    (own,) = HeldWorkService(member.workplace).handed_over()
    assert (own.company_id, own.state) == (company, HeldWorkState.OPEN)
    assert own.company
    assert first.sharing.synchronise().held_work == 1
    other.sharing.synchronise()
    assert not HeldWorkService(other.workplace).rows()
    (row,) = HeldWorkService(first.workplace).rows()
    assert (row.kind, row.device, row.company_id) == (HeldWorkKind.HANDED_OVER, "伊藤1", company)
    assert all(any(text in line for line in row.lines) for text in texts)
    for device in (first, other):
        assert not shows(device, texts)
    assert HeldWorkService(first.workplace).accept([row.id[:8]]) == row.changes
    first.sharing.synchronise()
    other.sharing.synchronise()
    assert shows(first, texts)
    assert shows(other, texts)
    assert first.sharing.synchronise().held_work == 0
    member.sharing.synchronise()
    assert HeldWorkService(member.workplace).handed_over()[0].state is HeldWorkState.ACCEPTED
    for device in team.devices:
        assert device.workplace.store.check().faults == ()


def test_what_was_declined_is_kept_and_may_still_be_accepted(team: Team) -> None:
    first, member, other = team.devices
    _, company, _ = team.records[1]
    texts = lines_of(team, member, company)
    take_away(team, company, member)
    for device in (first, member, first):
        device.sharing.synchronise()
    service = HeldWorkService(first.workplace)
    (row,) = service.rows()
    service.decline([row.id])
    first.sharing.synchronise()
    member.sharing.synchronise()
    assert HeldWorkService(member.workplace).handed_over()[0].state is HeldWorkState.DECLINED
    assert not shows(first, texts)
    assert service.rows()[0].state is HeldWorkState.DECLINED
    service.accept([row.id])
    first.sharing.synchronise()
    other.sharing.synchronise()
    assert shows(other, texts)


def test_who_is_let_in_again_sends_what_was_handed_over(team: Team) -> None:
    first, member, other = team.devices
    _, company, _ = team.records[1]
    texts = lines_of(team, member, company)
    take_away(team, company, member)
    for device in (first, member, first):
        device.sharing.synchronise()
    give_back(team, company, member)
    for device in (first, member, first, other):
        device.sharing.synchronise()
    assert shows(other, texts)
    assert not HeldWorkService(first.workplace).rows()
    assert not HeldWorkService(member.workplace).handed_over()
    team.grow_quiet(2)
    assert team.complaints() == []


def test_accepted_work_that_its_author_sends_as_well_is_the_same_work(team: Team) -> None:
    first, member, other = team.devices
    _, company, _ = team.records[1]
    texts = lines_of(team, member, company)
    take_away(team, company, member)
    for device in (first, member, first):
        device.sharing.synchronise()
    known = set(team.storage.objects)
    give_back(team, company, member)
    first.sharing.synchronise()
    first.access.hidden = set(team.storage.objects) - known
    member.sharing.synchronise()
    HeldWorkService(first.workplace).accept([HeldWorkService(first.workplace).rows()[0].id])
    first.sharing.synchronise()
    first.access.hidden = set()
    team.grow_quiet(3)
    assert shows(other, texts)
    assert team.complaints() == []


def test_a_removed_device_hands_over_and_late_objects_are_accepted_one_by_one(team: Team) -> None:
    first, removed, other = team.devices
    _, company, _ = team.records[1]
    known = set(team.storage.objects)
    first.sharing.stop_device("伊藤1")
    removed.access.hidden = set(team.storage.objects) - known
    late = lines_of(team, removed, company)
    removed.sharing.synchronise()
    removed.access.hidden = set()
    unsent = lines_of(team, removed, company)
    report = removed.sharing.synchronise()
    assert report.is_stopped
    assert [given for given, _ in report.handed_over] == [company]
    assert first.sharing.synchronise().held_work == 2
    service = HeldWorkService(first.workplace)
    rows = {row.kind: row for row in service.rows()}
    assert rows.keys() == set(HeldWorkKind)
    service.accept([rows[HeldWorkKind.AFTER_THE_STOP].id])
    assert shows(first, late)
    assert not shows(first, unsent)
    service.accept([rows[HeldWorkKind.HANDED_OVER].id])
    first.sharing.synchronise()
    other.sharing.synchronise()
    assert shows(other, late + unsent)
    assert other.workplace.store.check().faults == ()


def test_a_storage_that_lost_a_deposit_gets_it_back(team: Team) -> None:
    first, member, _ = team.devices
    _, company, _ = team.records[1]
    lines_of(team, member, company)
    take_away(team, company, member)
    first.sharing.synchronise()
    member.sharing.synchronise()
    (name,) = [each for each in team.storage.objects if each.startswith("d/")]
    del team.storage.objects[name]
    team.round(member, look_through=True)
    assert name in team.storage.objects
    assert first.sharing.synchronise().held_work == 1


def test_only_an_administrator_with_the_key_decides(team: Team) -> None:
    first, member, other = team.devices
    _, company, _ = team.records[1]
    lines_of(team, member, company)
    take_away(team, company, member)
    for device in (first, member, first, other):
        device.sharing.synchronise()
    (row,) = HeldWorkService(first.workplace).rows()
    with pytest.raises(AdministratorOnly):
        HeldWorkService(other.workplace).accept([row.id])
    for named in ("", "zz", "00" * 32):
        with pytest.raises(HeldWorkMissing):
            HeldWorkService(first.workplace).accept([named])
    take_away(team, company, first)
    with pytest.raises(CompanyKeyMissing):
        HeldWorkService(first.workplace).accept([row.id])


def test_lines_marked_secret_stay_unread_in_the_list(team: Team) -> None:
    first, member, _ = team.devices
    _, company, _ = team.records[1]
    with member.workplace.action("書く", None) as work:
        line = {"company_id": company, "text": "社外秘の温度は八百度", "is_secret": True}
        work.save("note_line", member.workplace.new_id(), line, compartment=company)
    take_away(team, company, member)
    for device in (first, member, first):
        device.sharing.synchronise()
    (row,) = HeldWorkService(first.workplace).rows()
    assert not any("八百度" in each for each in row.lines)
    assert any("秘密の行" in each for each in row.lines)
