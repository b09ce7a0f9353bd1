"""The recovery sheet: proved before a team is made, the way back without administrators, and a new one."""

import re
from pathlib import Path

import pytest

from app.crypto.recovery_words import spell
from app.domain.terms import DeviceStatus, TeamRole
from app.errors import (
    AdministratorOnly,
    RetypedWordDiffers,
    SheetOfAnotherTeam,
    SheetUnknown,
    TeamThere,
)
from app.services.sharing import SharingService
from app.services.sharing_sheets import (
    digits_of_sheet,
    draw_sheet,
    groups_to_prove,
    positions_of,
    prove_sheet,
)
from app.workplace import Workplace
from tests.services.records import change, put
from tests.services.teams import NewMember, joined, names

WORDS = spell(bytes(range(32)))
NEW_WORDS = spell(bytes(range(32, 64)))


@pytest.fixture
def founder(new_member: NewMember, folder: Path) -> Workplace:
    """Who made the team with a sheet that the test knows."""
    workplace = new_member()
    assert SharingService(workplace).create(str(folder), "佐藤", words=WORDS) == WORDS
    return workplace


def test_two_different_groups_of_the_paper_are_asked_for() -> None:
    for _ in range(50):
        first, second = groups_to_prove()
        assert 1 <= first < second <= 6
    assert list(positions_of(6)) == [21, 22, 23, 24]
    words = draw_sheet()
    assert words != draw_sheet()
    prove_sheet(words, {21: words[20], 22: words[21]})
    with pytest.raises(RetypedWordDiffers):
        prove_sheet(words, {21: words[20], 22: words[20] + "ん"})


def test_a_sheet_has_a_number_that_tells_nothing_of_its_words() -> None:
    digits = digits_of_sheet(WORDS)
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", digits)
    assert digits != digits_of_sheet(NEW_WORDS)


def test_nothing_of_the_sheet_is_kept(founder: Workplace, folder: Path) -> None:
    kept = founder.store.path.read_bytes()
    with founder.store.reading() as connection:
        markers = connection.exec_driver_sql("SELECT value FROM marker").fetchall()
        objects = connection.exec_driver_sql("SELECT bytes FROM object_bytes").fetchall()
    everything = kept + b"".join(bytes(each[0]) for each in (*markers, *objects))
    everything += b"".join(path.read_bytes() for path in folder.rglob("*.osy"))
    assert bytes(range(32)) not in everything
    assert WORDS[0].encode() not in everything


def test_without_administrators_the_sheet_makes_a_new_laptop_one(
    founder: Workplace, new_member: NewMember, folder: Path
) -> None:
    second, spare = new_member(), new_member()
    company = put(founder, "company", name="北国工業")
    joined(founder, second, [company])
    sharing = SharingService(spare)
    sharing.recover(" ".join(WORDS), str(folder), "鈴木", is_replacing=True)
    assert names(spare) == ["北国工業"]
    found = sharing.overview()
    assert found.is_administrator
    statuses = {each.name: each.status for each in found.devices}
    assert statuses == {
        "佐藤": DeviceStatus.REMOVED,
        "伊藤": DeviceStatus.ACTIVE,
        "鈴木": DeviceStatus.ACTIVE,
    }
    assert SharingService(founder).synchronise().is_stopped
    change(spare, "company", company, name="新しい管理者が書いた")
    sharing.synchronise()
    SharingService(second).synchronise()
    assert names(second) == ["新しい管理者が書いた"]
    sharing.set_role("伊藤", TeamRole.ADMINISTRATOR)


def test_a_member_s_own_laptop_becomes_an_administrator_s(
    founder: Workplace, new_member: NewMember, folder: Path
) -> None:
    second = new_member()
    company = put(founder, "company", name="北国工業")
    joined(founder, second, [])
    device = SharingService(second).overview().members[0].devices[0].id
    SharingService(second).recover(WORDS, str(folder), "伊藤")
    assert names(second) == ["北国工業"]
    own = SharingService(second).overview().members[0]
    assert (own.role, own.devices[0].id) == (TeamRole.ADMINISTRATOR, device)
    assert own.companies == (company,)
    assert SharingService(founder).synchronise().is_stopped is False


def test_another_team_s_sheet_opens_nothing(
    founder: Workplace, new_member: NewMember, folder: Path, tmp_path: Path
) -> None:
    spare, other = new_member(), new_member()
    with pytest.raises(SheetOfAnotherTeam):
        SharingService(spare).recover(NEW_WORDS, str(folder), "鈴木")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    SharingService(other).create(str(elsewhere), "加藤")
    with pytest.raises(TeamThere):
        SharingService(other).recover(WORDS, str(folder), "加藤")


def test_a_new_sheet_counts_once_every_administrator_has_vouched(
    founder: Workplace, new_member: NewMember, folder: Path
) -> None:
    second, spare = new_member(), new_member()
    put(founder, "company", name="北国工業")
    joined(founder, second, [])
    with pytest.raises(AdministratorOnly):
        SharingService(second).offer_sheet(NEW_WORDS)
    SharingService(founder).set_role("伊藤", TeamRole.ADMINISTRATOR)
    SharingService(founder).offer_sheet(NEW_WORDS)
    SharingService(second).synchronise()
    (sheet,) = SharingService(second).overview().sheets
    assert (sheet.digits, sheet.vouched, sheet.awaited, sheet.is_vouched_here) == (
        digits_of_sheet(NEW_WORDS),
        ("佐藤",),
        ("伊藤",),
        False,
    )
    SharingService(second).vouch_for_sheet(sheet.root)
    assert SharingService(second).overview().sheets == ()
    with pytest.raises(SheetUnknown):
        SharingService(second).vouch_for_sheet(sheet.root)
    for workplace in (founder, second):
        SharingService(workplace).synchronise()
    SharingService(spare).recover(NEW_WORDS, str(folder), "鈴木")
    assert names(spare) == ["北国工業"]
