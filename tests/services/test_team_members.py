"""Rights and farewells: who is given what, who is stopped and lifted, who leaves and comes back."""

import shutil
from pathlib import Path

import pytest

from app.domain.terms import DeviceStatus, TeamRole
from app.errors import (
    AdministratorOnly,
    LastAdministrator,
    LastHolder,
    OwnDevice,
    SeniorAdministrator,
    StopMissing,
    TeamThere,
)
from app.rows.sharing import MemberRow, TeamStanding
from app.services.sharing import SharingService
from app.services.sharing_held_work import HeldWorkService
from app.workplace import Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import change, put
from tests.services.teams import NewMember, joined, names


def agree(*workplaces: Workplace) -> None:
    """Everybody hears of everything."""
    for _ in range(2):
        for each in workplaces:
            SharingService(each).synchronise()


def member(workplace: Workplace, name: str) -> MemberRow:
    found = SharingService(workplace).overview().members
    return next(each for each in found if each.name == name)


def test_a_company_given_later_comes_with_all_that_was_ever_written(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [])
    assert names(second) == []
    change(first, "company", company, name="北国工業所")
    note = SharingService(first).give_company(company, "伊藤")
    assert (note.name, note.fault) == ("伊藤", "")
    SharingService(second).synchronise()
    assert names(second) == ["北国工業所"]
    assert member(first, "伊藤").companies == (company,)


def test_a_company_that_was_taken_is_written_under_a_key_that_the_person_lacks(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    SharingService(first).withdraw_company(company, "伊藤")
    change(first, "company", company, name="そのあと")
    agree(first, second)
    assert names(second) == ["北国工業"]
    assert member(first, "伊藤").companies == ()
    SharingService(first).give_company(company, "伊藤")
    SharingService(second).synchronise()
    assert names(second) == ["そのあと"]


def test_somebody_always_keeps_a_company_open(first: Workplace, new_member: NewMember) -> None:
    company = put(first, "company", name="北国工業")
    joined(first, new_member(), [])
    with pytest.raises(LastHolder):
        SharingService(first).withdraw_company(company, "佐藤")


def test_a_member_sees_no_companies_of_others_that_it_may_not_see(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    shown, hidden = put(first, "company", name="北国工業"), put(first, "company", name="南国窯業")
    joined(first, second, [shown])
    agree(first, second)
    assert set(member(first, "佐藤").companies) == {shown, hidden}
    assert member(second, "佐藤").companies == (shown,)


def test_who_only_reads_may_write_once_the_role_is_changed(first: Workplace, new_member: NewMember) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company], TeamRole.VIEWER)
    SharingService(first).set_role("伊藤", TeamRole.MEMBER)
    change(second, "company", company, name="書けるようになった")
    agree(second, first)
    assert names(first) == ["書けるようになった"]
    assert member(second, "伊藤").role is TeamRole.MEMBER


def test_a_team_keeps_an_administrator(first: Workplace, new_member: NewMember) -> None:
    second = new_member()
    joined(first, second, [])
    for refused in (
        lambda: SharingService(first).set_role("佐藤", TeamRole.MEMBER),
        lambda: SharingService(first).leave(),
    ):
        with pytest.raises(LastAdministrator):
            refused()
    SharingService(first).set_role("伊藤", TeamRole.ADMINISTRATOR)
    agree(second, first)
    SharingService(first).leave()
    assert SharingService(first).overview().standing is TeamStanding.OUT


def test_a_junior_administrator_changes_no_senior_one(first: Workplace, new_member: NewMember) -> None:
    second = new_member()
    joined(first, second, [], TeamRole.ADMINISTRATOR)
    agree(first, second)
    for refused in (
        lambda: SharingService(second).set_role("佐藤", TeamRole.MEMBER),
        lambda: SharingService(second).remove_device("佐藤"),
        lambda: SharingService(first).set_role("佐藤", TeamRole.MEMBER),
    ):
        with pytest.raises(SeniorAdministrator):
            refused()
    assert member(second, "佐藤").role is TeamRole.ADMINISTRATOR
    SharingService(first).set_role("伊藤", TeamRole.MEMBER)
    agree(second)
    assert member(second, "伊藤").role is TeamRole.MEMBER


def test_a_stop_tells_why_and_by_whom_and_only_an_administrator_lifts_it(
    first: Workplace, new_member: NewMember
) -> None:
    second, third = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    joined(first, third, [company], name="加藤")
    agree(second, third)
    SharingService(second).stop_device("加藤", "電車に置き忘れた")
    agree(first, second)
    (stopped,) = member(first, "加藤").devices
    assert (stopped.status, stopped.reason, stopped.stopped_by) == (
        DeviceStatus.SUSPENDED,
        "電車に置き忘れた",
        "伊藤",
    )
    assert SharingService(third).synchronise().is_stopped
    assert SharingService(third).overview().standing is TeamStanding.SUSPENDED
    with pytest.raises(AdministratorOnly):
        SharingService(second).lift_stop("加藤")
    SharingService(first).lift_stop("加藤")
    with pytest.raises(StopMissing):
        SharingService(first).lift_stop("加藤")
    change(third, "company", company, name="見つかった")
    agree(third, first)
    assert names(first) == ["見つかった"]


def test_a_confirmed_stop_is_for_good_and_the_device_comes_back_as_a_new_one(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    sharing = SharingService(first)
    with pytest.raises(OwnDevice):
        sharing.stop_device("佐藤")
    sharing.stop_device("伊藤")
    sharing.remove_device("伊藤", "見つからない")
    change(second, "company", company, name="止まっている間に")
    assert SharingService(second).synchronise().is_stopped
    assert SharingService(second).overview().standing is TeamStanding.SUSPENDED
    letter = sharing.invite().encode()
    digits = SharingService(second).join(letter, "伊藤の2台目")
    sharing.approve(digits, TeamRole.MEMBER, [company])
    agree(second, first)
    assert names(first) == ["北国工業"]
    held = HeldWorkService(first)
    assert held.accept([row.id for row in held.rows()]) == 1
    agree(first, second)
    assert names(first) == names(second) == ["止まっている間に"]
    back = member(first, "伊藤の2台目")
    assert [each.status for each in back.devices] == [DeviceStatus.ACTIVE, DeviceStatus.REMOVED]


def test_who_leaves_hands_everything_over_first_and_comes_back_as_a_new_device(
    first: Workplace, new_member: NewMember, folder: Path, tmp_path: Path
) -> None:
    second, other = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    change(second, "company", company, name="最後の仕事")
    SharingService(second).leave()
    agree(first)
    assert names(first) == ["最後の仕事"]
    change(first, "company", company, name="そのあと")
    agree(first, second)
    assert names(second) == ["最後の仕事"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    SharingService(other).create(str(elsewhere), "加藤")
    with pytest.raises(TeamThere):
        SharingService(second).join(SharingService(other).invite().encode(), "伊藤")
    with pytest.raises(TeamThere):
        SharingService(second).create(str(tmp_path), "伊藤")
    joined(first, second, [company])
    assert names(second) == ["そのあと"]


def test_a_further_device_stands_under_its_person_and_has_the_companies(
    first: Workplace, new_member: NewMember
) -> None:
    second, spare = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    put(spare, "company", name="出先で書いた企業")
    digits = SharingService(spare).join(SharingService(first).invite().encode(), "伊藤の予備")
    SharingService(first).approve(digits, TeamRole.MEMBER, person_of="伊藤")
    agree(spare, second, first)
    assert spare.user_id == second.user_id
    assert names(spare) == ["出先で書いた企業", "北国工業"]
    assert [each.name for each in member(first, "伊藤").devices] == ["伊藤", "伊藤の予備"]
    assert "出先で書いた企業" in names(second)


def test_what_counts_here_is_told_to_the_place_once_it_is_back(
    first: Workplace, new_member: NewMember, folder: Path
) -> None:
    second = new_member()
    joined(first, second, [])
    away = folder.with_name("away")
    shutil.move(folder, away)
    note = SharingService(first).stop_device("伊藤", "なくした")
    assert note.fault == "place.absent"
    assert member(first, "伊藤").devices[0].status is DeviceStatus.SUSPENDED
    shutil.move(away, folder)
    agree(first, second)
    assert SharingService(second).overview().standing is TeamStanding.SUSPENDED


def test_keys_that_are_on_their_way_are_told_with_whose_program_renews_them(
    first: Workplace, new_member: NewMember, clock: SteppingClock
) -> None:
    second, third = new_member(), new_member()
    shared, other = put(first, "company", name="北国工業"), put(first, "company", name="南国窯業")
    joined(first, second, [shared])
    joined(first, third, [shared, other], name="加藤")
    agree(second, third)
    assert SharingService(second).overview().renewal is None
    SharingService(second).stop_device("加藤")
    renewal = SharingService(second).overview().renewal
    assert renewal is not None
    assert (renewal.done, renewal.total, renewal.is_over, renewal.awaited) == (0, 1, False, ("佐藤",))
    change(second, "company", shared, name="鍵を待つ間の仕事")
    assert SharingService(second).synchronise().waiting > 0
    agree(first, second)
    renewal = SharingService(second).overview().renewal
    assert renewal is not None
    assert (renewal.done, renewal.total, renewal.is_over, renewal.awaited) == (1, 1, True, ())
    SharingService(first).synchronise()
    assert "鍵を待つ間の仕事" in names(first)
    assert names(third) == ["北国工業", "南国窯業"]
