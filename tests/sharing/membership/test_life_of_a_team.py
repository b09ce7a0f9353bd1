"""The steps of design-sync 8.4, with real keys and the bytes that travel."""

from __future__ import annotations

from app.sharing.membership.acts import Grant, Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.deposits import open_deposit, read_deposit, recipients_of, seal_deposit
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.keys import new_device_keys, root_keys
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.sealing import gaps, sealing_epoch, without_administrator
from app.sharing.membership.state import Status
from tests.sharing.membership.team import VAULT, Station, Team

COMPANY = b"company number 1"
OTHER = b"company number 2"


def mend(team: Team, station: Station) -> int:
    """What the station's program publishes by itself until nothing is left; how many entries it took."""
    for count in range(5):
        team.sync(station)
        draft = station.desk.mend()
        if draft is None:
            return count
        team.publish(station, draft)
    raise AssertionError("mending does not end")


def test_the_first_administrator_reads_and_seals_after_the_founding() -> None:
    team = Team()
    assert team.first.state.devices[team.first.id].is_administrator
    assert team.first.can_seal(ROSTER)
    assert team.first.can_seal(TEAM)
    assert not gaps(team.first.state)


def test_a_newcomer_reads_the_whole_log_with_the_one_wrap_in_a_header() -> None:
    team = Team()
    for name in ("鈴木", "田中", "高橋"):
        lost = team.join(name)
        team.act(team.first, team.first.desk.remove({lost.id: ()}))
    newcomer = team.join("伊藤")
    assert newcomer.state == team.first.state
    assert newcomer.holds_all(ROSTER)
    assert newcomer.holds_all(TEAM)
    assert len(newcomer.state.epochs) == 8
    assert newcomer.can_seal(TEAM)


def test_a_member_without_a_company_can_open_nothing_of_it() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("佐藤")]), member)
    assert team.first.can_seal(COMPANY)
    assert not member.ring.epochs_of(COMPANY)
    assert [each.name for each in member.state.entitled(COMPANY)] == ["佐藤"]


def test_a_company_is_given_and_taken_with_a_new_key_for_those_who_stay() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("佐藤")]))
    team.act(team.first, team.first.desk.grant(COMPANY, team.user("鈴木")), member)
    assert member.can_seal(COMPANY)
    before = sealing_epoch(member.state, COMPANY)
    team.act(team.first, team.first.desk.withdraw(COMPANY, team.user("鈴木")), member)
    after = sealing_epoch(member.state, COMPANY)
    assert before is not None
    assert after is not None
    assert after.id not in member.ring.epochs_of(COMPANY)
    assert before.id in member.ring.epochs_of(COMPANY)
    assert team.first.holds_all(COMPANY)


def test_a_company_that_is_given_before_anybody_wrote_in_it_has_a_key_for_both() -> None:
    team = Team()
    member = team.join("鈴木", companies=[COMPANY])
    assert member.can_seal(COMPANY)
    assert team.first.can_seal(COMPANY)
    team.act(team.first, team.first.desk.grant(OTHER, team.user("鈴木")), member)
    assert member.can_seal(OTHER)
    assert team.first.can_seal(OTHER)
    assert mend(team, team.first) == 0


def test_a_company_that_an_older_program_gave_without_a_key_gets_one_by_mending() -> None:
    team = Team()
    member = team.join("鈴木")
    given = Grant(COMPANY, team.user("鈴木"))
    team.act(team.first, team.first.desk._of(given), member)
    assert not member.can_seal(COMPANY)
    assert mend(team, team.first) == 1
    team.sync(member)
    assert member.can_seal(COMPANY)
    assert team.first.can_seal(COMPANY)


def test_many_companies_begin_in_one_entry() -> None:
    team = Team()
    companies = [bytes([number]) * 16 for number in range(1, 9)]
    member = team.join("鈴木")
    before = len(team.storage)
    users = [team.user("鈴木"), team.user("佐藤")]
    team.act(member, member.desk.create_companies(companies, users), team.first)
    assert len(team.storage) == before + 1
    assert all(each.can_seal(company) for each in (member, team.first) for company in companies)


def test_a_member_who_creates_a_company_in_the_field_can_seal_it_at_once() -> None:
    team = Team()
    member = team.join("鈴木")
    users = [team.user("鈴木"), team.user("佐藤")]
    team.act(member, member.desk.create_company(COMPANY, users), team.first)
    assert member.can_seal(COMPANY)
    assert team.first.can_seal(COMPANY)
    assert member.state.unadopted == {COMPANY}
    assert mend(team, team.first) == 1
    assert not team.first.state.unadopted


def test_a_company_cannot_be_taken_by_creating_it_again() -> None:
    team = Team()
    member, thief = team.join("鈴木"), team.join("泥棒")
    team.sync(member, thief)
    team.act(member, member.desk.create_company(COMPANY, [team.user("鈴木")]))
    team.publish(thief, thief.desk.create_company(COMPANY, [team.user("泥棒")]))
    team.sync(member, team.first, thief)
    assert not team.first.state.users[COMPANY]
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("鈴木"), team.user("佐藤")]))
    assert {each.name for each in team.first.state.entitled(COMPANY)} == {"鈴木", "佐藤"}
    late = team.join("高橋", companies=[COMPANY])
    team.act(thief, thief.desk.create_company(COMPANY, [team.user("泥棒")]), late)
    assert team.user("泥棒") not in late.state.users[COMPANY]


def test_removal_brings_new_keys_for_all_that_the_device_had_in_the_same_entry() -> None:
    team = Team()
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("佐藤")]))
    team.act(team.first, team.first.desk.create_company(OTHER, [team.user("佐藤")]))
    member = team.join("鈴木", companies=[COMPANY])
    stays = team.join("田中", companies=[COMPANY])
    old = {name: sealing_epoch(stays.state, name) for name in (ROSTER, TEAM, COMPANY, OTHER)}
    entries = len(team.storage)
    team.act(team.first, team.first.desk.remove({member.id: ()}), stays, member)
    assert len(team.storage) == entries + 1
    new = {name: sealing_epoch(stays.state, name) for name in old}
    assert {name for name in old if old[name] != new[name]} == {ROSTER, TEAM, COMPANY}
    assert stays.can_seal(COMPANY)
    assert not any(member.can_seal(name) for name in old)
    assert not gaps(stays.state)


def test_a_removed_device_reads_of_its_removal() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.remove({member.id: ()}), member)
    assert member.state.devices[member.id].status is Status.REMOVED


def test_a_stop_notice_suspends_at_once_and_new_keys_follow() -> None:
    team = Team()
    lost, member = team.join("鈴木"), team.join("田中")
    team.act(member, member.desk.stop(lost.id), team.first)
    assert team.first.state.devices[lost.id].status is Status.SUSPENDED
    assert not team.first.can_seal(TEAM)
    assert mend(team, team.first) == 1
    team.sync(member, lost)
    assert member.can_seal(TEAM)
    assert not lost.can_seal(TEAM)
    team.act(team.first, team.first.desk.lift(lost.id), lost)
    assert mend(team, team.first) >= 1
    team.sync(lost)
    assert lost.can_seal(TEAM)
    assert lost.holds_all(ROSTER)


def test_one_who_comes_back_joins_as_a_new_device() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.remove({member.id: ()}))
    same = Newcomer(member.keys.public, team.user("鈴木"), "鈴木")
    team.act(team.first, team.first.desk.approve(same, Role.MEMBER, []))
    assert team.first.state.devices[member.id].status is Status.REMOVED
    back = team.join("鈴木")
    assert back.state.devices[back.id].is_active
    assert back.can_seal(TEAM)


def test_a_second_device_has_what_its_user_has() -> None:
    team = Team()
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("佐藤"), team.user("鈴木")]))
    team.join("鈴木")
    second = team.join("鈴木")
    assert second.can_seal(COMPANY)
    assert second.holds_all(COMPANY)


def test_two_removals_at_once_close_by_themselves() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    one, two = team.join("鈴木"), team.join("田中")
    team.sync(team.first, other)
    here, there = team.first.desk.remove({one.id: ()}), other.desk.remove({two.id: ()})
    team.publish(team.first, here)
    team.publish(other, there)
    team.sync(team.first, other)
    assert sealing_epoch(team.first.state, TEAM) is None
    mend(team, other)
    mend(team, team.first)
    team.sync(other)
    for station in (team.first, other):
        assert station.can_seal(ROSTER)
        assert station.holds_all(TEAM)
        assert not gaps(station.state)


def test_somebody_admitted_while_another_is_removed_elsewhere_reads_everything_after_mending() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    lost = team.join("鈴木")
    team.sync(team.first, other)
    keys = new_device_keys(team.rng.randbytes)
    admitted = team.first.desk.approve(team.newcomer(keys, "伊藤"), Role.MEMBER, [])
    removed = other.desk.remove({lost.id: ()})
    team.publish(team.first, admitted)
    team.publish(other, removed)
    newcomer = team._station(keys)
    mend(team, other)
    mend(team, team.first)
    team.sync(newcomer)
    assert newcomer.state == other.state
    assert newcomer.can_seal(TEAM)
    assert newcomer.holds_all(TEAM)


def test_new_keys_of_a_company_wait_for_an_administrator_who_has_it() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    team.act(other, other.desk.create_company(COMPANY, [team.user("高橋"), team.user("鈴木")]))
    lost = team.join("鈴木", by=other)
    team.sync(team.first)
    team.act(team.first, team.first.desk.remove({lost.id: ()}), other)
    assert [gap.compartment for gap in gaps(team.first.state)] == [COMPANY]
    assert mend(team, team.first) == 0
    assert mend(team, other) == 1
    assert not gaps(other.state)
    assert without_administrator(other.state, [other.id]) == (COMPANY,)


def test_the_recovery_sheet_brings_a_team_back_that_lost_all_administrators() -> None:
    team = Team()
    team.act(team.first, team.first.desk.create_company(COMPANY, [team.user("佐藤")]))
    member = team.join("鈴木")
    team.sync(team.root)
    keys = new_device_keys(team.rng.randbytes)
    newcomer = team.newcomer(keys, "田中")
    team.act(team.root, team.root.desk.approve(newcomer, Role.ADMINISTRATOR, [COMPANY]))
    team.act(team.root, team.root.desk.remove({team.first.id: ()}), member)
    new = team._station(keys)
    team.sync(new)
    assert new.state.devices[new.id].is_administrator
    assert new.can_seal(COMPANY)
    assert new.holds_all(COMPANY)
    assert member.can_seal(TEAM)
    team.act(new, new.desk.remove({member.id: ()}))
    assert not gaps(new.state)


def test_a_new_sheet_counts_once_all_administrators_vouch_for_it() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    sheet = root_keys(b"another recovery sheet of a team")
    team.act(team.first, team.first.desk.endorse_root(sheet.public), other)
    assert len(other.state.roots) == 1
    team.act(other, other.desk.endorse_root(sheet.public), team.first)
    assert other.state.root == sheet.public
    assert mend(team, team.first) == 1
    root = Station(sheet.public.root_id, sheet, team.root.root, team.rng.randbytes)
    team.sync(root)
    assert root.can_seal(TEAM)
    keys = new_device_keys(team.rng.randbytes)
    draft: Draft = root.desk.approve(team.newcomer(keys, "田中"), Role.ADMINISTRATOR, [])
    team.act(root, draft, other)
    assert other.state.devices[keys.public.device_id].is_administrator


def test_an_administrator_who_joins_later_takes_no_sheet_back() -> None:
    team = Team()
    sheet = root_keys(b"another recovery sheet of a team")
    team.act(team.first, team.first.desk.endorse_root(sheet.public))
    team.join("高橋", Role.ADMINISTRATOR)
    assert team.first.state.root == sheet.public


def test_unsent_changes_of_a_lost_company_reach_its_administrators_only() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    member = team.join("鈴木")
    team.act(
        team.first,
        team.first.desk.create_company(COMPANY, [team.user("佐藤"), team.user("鈴木")]),
        member,
        other,
    )
    team.act(team.first, team.first.desk.withdraw(COMPANY, team.user("鈴木")), member, other)
    recipients = recipients_of(member.state, COMPANY)
    sealed = seal_deposit(VAULT, COMPANY, "未送信の3行".encode(), member.keys, recipients)
    assert "未送信".encode() not in sealed
    deposit = read_deposit(sealed, team.first.state.public_of)
    assert deposit.author == member.id
    assert open_deposit(deposit, team.first.id, team.first.keys) == "未送信の3行".encode()
    assert open_deposit(deposit, team.root.id, team.root.keys) == "未送信の3行".encode()
    assert open_deposit(deposit, other.id, other.keys) is None


def test_who_was_stopped_by_mistake_reads_all_that_was_written_meanwhile() -> None:
    team = Team()
    second = team.join("高橋", Role.ADMINISTRATOR)
    member = team.join("鈴木")
    team.act(second, second.desk.stop(member.id))
    assert mend(team, second)
    lost = team.join("田中", by=second)
    team.sync(team.first)
    team.act(second, second.desk.remove({lost.id: ()}))
    team.act(second, second.desk.lift(member.id))
    mend(team, second)
    team.sync(member, team.first)
    assert member.state == team.first.state
    assert member.holds_all(ROSTER)
    assert member.can_seal(TEAM)
