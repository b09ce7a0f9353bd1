"""What does not count of the work of devices that are out, and how it is taken in again (8.6)."""

from __future__ import annotations

from app.sharing.membership.acts import CutMark, Role
from app.sharing.membership.names import TEAM
from app.sharing.membership.quarantine import StreamObject, is_bounded, quarantined
from tests.sharing.membership.team import Station, Team

COMPANY = b"company number 1"
STREAM = b"stream number 01"


def chain(
    device: Station, ids: str, stream: bytes = STREAM, compartment: bytes = TEAM, before: str = ""
) -> list[StreamObject]:
    """Objects of one stream, each a letter, one after the other."""
    previous = before.encode() * 32 if before else bytes(32)
    objects = []
    for letter in ids:
        object_id = letter.encode() * 32
        objects.append(StreamObject(object_id, device.id, stream, previous, compartment))
        previous = object_id
    return objects


def cut(letter: str, stream: bytes = STREAM) -> CutMark:
    return CutMark(stream, letter.encode() * 32)


def letters(found: frozenset[bytes]) -> str:
    return "".join(sorted(each[:1].decode() for each in found))


def test_work_beyond_the_cut_marks_of_a_removed_device_does_not_count() -> None:
    team = Team()
    lost = team.join("鈴木")
    objects = chain(lost, "abcd") + chain(lost, "xy", b"stream number 02")
    assert not quarantined(team.first.state, objects)
    team.act(team.first, team.first.desk.remove({lost.id: [cut("b")]}))
    assert letters(quarantined(team.first.state, objects)) == "cdxy"
    assert is_bounded(team.first.state, lost.id)
    assert not is_bounded(team.first.state, team.first.id)


def test_a_forged_predecessor_does_not_slip_in_before_the_cut_mark() -> None:
    team = Team()
    lost = team.join("鈴木")
    team.act(team.first, team.first.desk.remove({lost.id: [cut("b")]}))
    forged = chain(lost, "z", before="a")
    assert letters(quarantined(team.first.state, chain(lost, "ab") + forged)) == "z"


def test_marks_of_two_removals_add_up() -> None:
    team = Team()
    other = team.join("高橋", Role.ADMINISTRATOR)
    lost = team.join("鈴木")
    team.sync(team.first, other)
    here, there = team.first.desk.remove({lost.id: [cut("a")]}), other.desk.remove({lost.id: [cut("c")]})
    team.publish(team.first, here)
    team.publish(other, there)
    team.sync(team.first)
    assert letters(quarantined(team.first.state, chain(lost, "abcd"))) == "d"


def test_what_waits_for_a_missing_object_counts_once_it_arrives() -> None:
    team = Team()
    lost = team.join("鈴木")
    team.act(team.first, team.first.desk.remove({lost.id: [cut("c")]}))
    a, b, c = chain(lost, "abc")
    assert letters(quarantined(team.first.state, [a, c])) == "a"
    assert not quarantined(team.first.state, [a, b, c])


def test_an_administrator_takes_single_objects_in_after_all() -> None:
    team = Team()
    lost = team.join("鈴木")
    team.act(team.first, team.first.desk.remove({lost.id: [cut("a")]}))
    team.act(team.first, team.first.desk.accept([b"c" * 32]))
    assert letters(quarantined(team.first.state, chain(lost, "abcd"))) == "bd"


def test_work_after_a_stop_notice_waits_until_the_notice_is_lifted() -> None:
    team = Team()
    lost, member = team.join("鈴木"), team.join("田中")
    team.act(member, member.desk.stop(lost.id, [cut("a")]), team.first)
    assert letters(quarantined(member.state, chain(lost, "ab"))) == "b"
    team.act(team.first, team.first.desk.lift(lost.id), member)
    assert not quarantined(member.state, chain(lost, "ab"))


def test_a_removal_s_marks_replace_those_of_the_notice_before() -> None:
    team = Team()
    lost, member = team.join("鈴木"), team.join("田中")
    team.act(member, member.desk.stop(lost.id, [cut("c")]), team.first)
    team.act(team.first, team.first.desk.remove({lost.id: [cut("b")]}))
    assert letters(quarantined(team.first.state, chain(lost, "abc"))) == "c"


def test_nothing_counts_of_somebody_who_never_joined_or_may_only_read() -> None:
    team = Team()
    viewer = team.join("閲覧だけの人", Role.VIEWER)
    stranger = Team(1).first
    objects = chain(stranger, "ab") + chain(viewer, "cd")
    assert letters(quarantined(team.first.state, objects)) == "abcd"


def test_work_in_a_company_after_its_withdrawal_does_not_count_and_other_work_does() -> None:
    team = Team()
    users = [team.user("佐藤"), team.user("鈴木")]
    team.act(team.first, team.first.desk.create_company(COMPANY, users))
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.withdraw(COMPANY, team.user("鈴木"), [cut("a")]))
    objects = chain(member, "ab", compartment=COMPANY) + chain(member, "xy", b"stream number 02")
    assert letters(quarantined(team.first.state, objects)) == "b"


def test_one_who_may_only_read_from_now_on_keeps_the_work_of_before() -> None:
    team = Team()
    member = team.join("鈴木")
    team.act(team.first, team.first.desk.set_role(member.id, Role.VIEWER, [cut("b")]))
    assert letters(quarantined(team.first.state, chain(member, "abc"))) == "c"


def test_the_work_of_who_left_counts_up_to_what_it_had_written_then() -> None:
    team = Team()
    leaver = team.join("鈴木")
    team.act(leaver, leaver.desk.leave([cut("c")]))
    team.sync(team.first, leaver)
    assert letters(quarantined(team.first.state, chain(leaver, "abcd"))) == "d"


def test_a_stopped_laptop_does_not_bring_its_later_work_in_by_leaving() -> None:
    team = Team()
    stolen, other = team.join("鈴木"), team.join("高橋")
    team.sync(team.first, stolen, other)
    stop, leaving = other.desk.stop(stolen.id, [cut("a")]), stolen.desk.leave([cut("d")])
    team.publish(other, stop)
    team.publish(stolen, leaving)
    team.sync(team.first, other)
    assert letters(quarantined(team.first.state, chain(stolen, "abcd"))) == "bcd"


def test_a_removed_laptop_does_not_either() -> None:
    team = Team()
    stolen = team.join("鈴木")
    team.sync(team.first, stolen)
    removal, leaving = team.first.desk.remove({stolen.id: [cut("a")]}), stolen.desk.leave([cut("d")])
    team.publish(team.first, removal)
    team.publish(stolen, leaving)
    team.sync(team.first)
    assert letters(quarantined(team.first.state, chain(stolen, "abcd"))) == "bcd"
