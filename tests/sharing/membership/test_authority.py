"""Who outranks whom, and what holds against a stolen laptop (design-sync 8.3, settled 34)."""

from __future__ import annotations

from app.sharing.membership import acts
from app.sharing.membership.acts import Role
from app.sharing.membership.authority import VoidReason
from app.sharing.membership.batch import Batch, Seat
from app.sharing.membership.keys import root_keys
from app.sharing.membership.names import TEAM
from app.sharing.membership.state import Status
from tests.sharing.membership.team import NOW_MS, Station, Team


def status(team: Team, of: Station) -> Status:
    team.sync(team.first)
    return team.first.state.devices[of.id].status


def test_of_two_administrators_who_remove_each_other_the_senior_stays_visibly() -> None:
    team = Team()
    junior = team.join("高橋", Role.ADMINISTRATOR)
    team.sync(team.first, junior)
    here, there = team.first.desk.remove({junior.id: ()}), junior.desk.remove({team.first.id: ()})
    team.publish(team.first, here)
    lost = team.publish(junior, there)
    assert status(team, team.first) is Status.ACTIVE
    assert status(team, junior) is Status.REMOVED
    assert lost.id in team.first.state.void


def test_a_junior_cannot_demote_a_senior() -> None:
    team = Team()
    junior = team.join("高橋", Role.ADMINISTRATOR)
    sealed = team.act(junior, junior.desk.set_role(team.first.id, Role.MEMBER), team.first)
    assert team.first.state.void == {sealed.id: VoidReason.SENIOR}
    assert team.first.state.devices[team.first.id].is_administrator


def test_a_demoted_administrator_works_on_and_admits_nobody() -> None:
    team = Team()
    junior = team.join("高橋", Role.ADMINISTRATOR)
    before = team.join("鈴木", by=junior)
    team.sync(team.first)
    team.act(team.first, team.first.desk.set_role(junior.id, Role.MEMBER), junior)
    team.act(junior, junior.desk.set_role(before.id, Role.ADMINISTRATOR), team.first)
    devices = team.first.state.devices
    assert devices[junior.id].may_write
    assert devices[before.id].role is Role.MEMBER
    assert devices[before.id].is_active


def test_who_was_admitted_by_a_removed_administrator_without_anybody_knowing_is_out() -> None:
    team = Team()
    thief = team.join("高橋", Role.ADMINISTRATOR)
    team.sync(team.first, thief)
    removal = team.first.desk.remove({thief.id: ()})
    confederate = team.join("知らない端末", by=thief)
    team.publish(team.first, removal)
    team.sync(team.first)
    assert confederate.id not in team.first.state.devices


def test_members_and_viewers_do_what_their_role_says_and_no_more() -> None:
    team = Team()
    member, viewer, other = team.join("鈴木"), team.join("閲覧", Role.VIEWER), team.join("田中")
    for each in (member, viewer):
        team.sync(each)
        for draft in (
            each.desk.set_role(each.id, Role.ADMINISTRATOR),
            each.desk.remove({other.id: ()}),
            each.desk.grant(b"company number 1", team.user("鈴木")),
            each.desk.renew(TEAM),
            each.desk.accept([bytes(32)]),
            each.desk.endorse_root(root_keys(bytes(32)).public),
            each.desk.lift(other.id),
        ):
            sealed = team.publish(each, draft)
            assert each.state.void[sealed.id] is VoidReason.AUTHOR
        assert each.desk.mend() is None
    team.act(viewer, viewer.desk.create_company(b"company number 2", [team.user("閲覧")]), team.first)
    assert not team.first.state.users
    assert status(team, other) is Status.ACTIVE


def test_a_viewer_may_give_a_stop_notice_and_anybody_may_leave() -> None:
    team = Team()
    viewer, lost = team.join("閲覧", Role.VIEWER), team.join("鈴木")
    team.act(viewer, viewer.desk.stop(lost.id, reason="電車に置き忘れた"))
    assert status(team, lost) is Status.SUSPENDED
    team.act(viewer, viewer.desk.leave())
    assert status(team, viewer) is Status.REMOVED
    assert status(team, lost) is Status.SUSPENDED


def test_a_stolen_administrator_s_laptop_silences_nobody_who_reports_it() -> None:
    team = Team()
    member = team.join("鈴木")
    second = team.join("高橋", Role.ADMINISTRATOR)
    stolen = team.first
    team.sync(member, stolen)
    silencing = stolen.desk.remove({member.id: ()})
    admitting = stolen.desk.approve(team.newcomer(root_keys(bytes(32)), "共犯"), Role.ADMINISTRATOR, [])
    team.publish(member, member.desk.stop(stolen.id))
    team.publish(stolen, silencing)
    team.publish(stolen, admitting)
    team.sync(second, stolen)
    devices = second.state.devices
    assert devices[stolen.id].status is Status.SUSPENDED
    assert devices[member.id].is_active
    assert len(devices) == 3
    team.act(stolen, stolen.desk.lift(stolen.id), second)
    assert second.state.devices[stolen.id].status is Status.SUSPENDED


def test_the_sheet_ends_the_notices_of_somebody_who_stops_everybody() -> None:
    team = Team()
    second, rogue = team.join("高橋", Role.ADMINISTRATOR), team.join("鈴木")
    for each in (team.first, second):
        team.act(rogue, rogue.desk.stop(each.id))
    team.sync(team.first, second)
    team.act(second, second.desk.lift(team.first.id), team.first)
    assert status(team, team.first) is Status.SUSPENDED
    team.sync(team.root)
    team.act(team.root, team.root.desk.remove({rogue.id: ()}))
    for each in (team.first, second):
        team.act(team.root, team.root.desk.lift(each.id))
    assert status(team, team.first) is Status.ACTIVE
    assert status(team, second) is Status.ACTIVE


def test_an_older_sheet_removes_a_newer_one_and_never_the_reverse() -> None:
    team = Team()
    sheet = root_keys(b"sheet of whoever stole a laptop.")
    team.act(team.first, team.first.desk.endorse_root(sheet.public))
    thief = Station(sheet.public.root_id, sheet, team.root.root, team.rng.randbytes)
    team.act(team.first, team.first.desk.mend())
    team.sync(thief, team.root)
    assert thief.state.root == sheet.public
    team.act(thief, thief.desk.remove({team.root.id: ()}), team.root)
    assert team.root.state.roots[0] == team.root.root
    team.act(team.root, team.root.desk.remove({thief.id: ()}), team.first)
    assert team.first.state.roots == (team.root.root,)


def test_an_act_of_a_newer_program_has_no_effect_and_is_told() -> None:
    team = Team()
    team.sync(team.first)
    batch = Batch(
        Seat(team.first.state, team.first.ring, team.first.id, NOW_MS, team.rng.randbytes), frozenset(), {}
    )
    batch.add(acts.Unknown(77, b"of a newer program"))
    assert not team.first.state.needs_newer
    team.act(team.first, batch.draft())
    assert team.first.state.needs_newer


def test_an_administrator_renews_a_key_at_will() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.renew(TEAM), member)
    assert member.can_seal(TEAM)
    assert len(member.ring.epochs_of(TEAM)) == 2
    assert {entry.time_ms for entry in member.log.entries} == {NOW_MS}
