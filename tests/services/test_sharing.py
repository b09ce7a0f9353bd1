"""A team of real stores and a real folder: who comes, who sees what, who is stopped, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.domain.terms import Confidentiality, DeviceStatus, TeamRole
from app.errors import (
    AdministratorOnly,
    AppError,
    InvitationExpired,
    InvitationOfAnotherTeam,
    InvitationSpent,
    InvitationUnreadable,
    JoinRequestMissing,
    PlaceAbsent,
    PlaceAddressUnusable,
    PlaceEmptied,
    PlaceOfAnotherTeam,
    PlaceTaken,
    TeamMemberMissing,
    TeamMissing,
    TeamNotJoined,
    TeamThere,
)
from app.services.sharing import SharingService
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_state import read_identity
from app.sharing.objects.container import Header, ObjectType
from app.sharing.objects.names import pack_name
from app.sharing.objects.packs import Enclosed, packing
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Entry, Failed, Listing, Trouble
from app.sharing.places.stopping import Stop
from app.workplace import Workplace
from db.mirror import Mirror, ObjectState
from tests.services.conftest import SteppingClock
from tests.services.planted import Planting, plant_company
from tests.services.records import change, put
from tests.services.teams import NewMember, joined, names
from tests.services.test_no_plain_text import readable


def everything(workplace: Workplace, kinds: tuple[str, ...]) -> list[object]:
    with workplace.reading() as reading:
        return [
            sorted(str({**each, "seq": 0}) for each in reading.records(kind, include_deleted=True))
            for kind in kinds
        ]


def test_two_members_show_the_same_and_go_on_together(
    first: Workplace, new_member: NewMember, folder: Path
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    put(first, "person", company, name="山田")
    joined(first, second, [company])
    assert names(second) == ["北国工業"]
    change(second, "company", company, name="北国工業所")
    change(first, "company", company, city="旭川")
    for workplace in (second, first, second):
        SharingService(workplace).synchronise()
    kinds = ("company", "person", "team")
    assert everything(first, kinds) == everything(second, kinds)
    assert names(first) == ["北国工業所"]
    assert first.store.check().faults == second.store.check().faults == ()
    assert second.team_id == first.team_id


def test_a_company_that_was_not_given_stays_shut(
    first: Workplace, new_member: NewMember, folder: Path
) -> None:
    second = new_member()
    given, kept = put(first, "company", name="北国工業"), put(first, "company", name="南国窯業")
    joined(first, second, [given])
    put(first, "person", kept, name="海原")
    SharingService(first).synchronise()
    report = SharingService(second).synchronise()
    assert names(second) == ["北国工業"]
    assert report.no_key == 1
    with second.store.reading() as connection:
        parked = Mirror(connection).in_state(ObjectState.NO_KEY)
    assert len(parked) == 2
    assert "南国窯業" in names(first)


def test_nothing_that_was_typed_is_readable_in_the_place(
    first: Workplace, new_member: NewMember, folder: Path
) -> None:
    with first.action("植える", None) as work:
        planting = Planting(first, work)
        company = plant_company(planting, Confidentiality.ASSIGNED, None)
    second = new_member()
    joined(first, second, [company])
    put(second, "person", company, name="社外に出さない名前の人です")
    SharingService(second).synchronise()
    typed = [marker.text for marker in planting.markers] + ["社外に出さない名前の人です", "佐藤", "伊藤"]
    assert any(folder.rglob("s/**/*.osy"))
    assert readable(folder, typed) == []


def test_a_stopped_device_learns_of_it_and_keeps_what_it_wrote(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    assert SharingService(first).stop_device("伊藤").name == "伊藤"
    change(second, "company", company, name="止まってから")
    report = SharingService(second).synchronise()
    assert (report.is_stopped, report.waiting, report.handed_over) == (True, 0, ((company, 1),))
    SharingService(first).synchronise()
    assert names(first) == ["北国工業"]
    assert names(second) == ["止まってから"]
    change(first, "company", company, name="その後")
    SharingService(first).synchronise()
    SharingService(second).synchronise()
    assert names(second) == ["止まってから"]


def test_a_member_can_stop_a_device_and_an_administrator_renews_the_keys(
    first: Workplace, new_member: NewMember
) -> None:
    second, third = new_member(), new_member()
    joined(first, second, [])
    letter = SharingService(first).invite().encode()
    digits = SharingService(third).join(letter, "加藤")
    SharingService(first).approve(digits, TeamRole.MEMBER)
    for workplace in (third, second):
        SharingService(workplace).synchronise()
    assert SharingService(second).stop_device("加藤").name == "加藤"
    SharingService(first).synchronise()
    put(first, "person", name="鈴木")
    SharingService(first).synchronise()
    assert SharingService(third).synchronise().is_stopped
    SharingService(second).synchronise()
    with second.reading() as reading:
        assert "鈴木" in [each["name"] for each in reading.records("person")]
    with third.reading() as reading:
        assert "鈴木" not in [each["name"] for each in reading.records("person")]
    statuses = {each.name: each.status for each in SharingService(first).overview().devices}
    assert statuses["加藤"] is DeviceStatus.SUSPENDED


def test_what_somebody_writes_who_only_reads_is_handed_over_and_counts_nothing(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company], TeamRole.VIEWER)
    change(second, "company", company, name="読むだけの人が書いた")
    report = SharingService(second).synchronise()
    assert (report.sent, dict(report.handed_over)[company]) == (0, 1)
    SharingService(first).synchronise()
    assert names(first) == ["北国工業"]


def test_until_it_is_approved_a_device_waits_and_keeps_what_it_writes(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    letter = SharingService(first).invite().encode()
    digits = SharingService(second).join(letter, "伊藤")
    put(second, "company", name="南国窯業")
    report = SharingService(second).synchronise()
    assert report.is_waiting_for_approval
    assert report.waiting > 0
    assert SharingService(second).overview().digits == digits
    with pytest.raises(TeamNotJoined):
        SharingService(second).invite()
    SharingService(first).approve(digits, TeamRole.MEMBER)
    assert SharingService(second).synchronise().waiting == 0


def refused(case: type[AppError], act: Callable[[], object]) -> None:
    with pytest.raises(case):
        act()


def test_what_cannot_be_is_refused_by_name(
    first: Workplace, new_member: NewMember, folder: Path, tmp_path: Path, clock: SteppingClock
) -> None:
    second = new_member()
    ours, theirs = SharingService(first), SharingService(second)
    refused(TeamMissing, theirs.synchronise)
    refused(TeamThere, lambda: ours.create(str(folder), "佐藤"))
    refused(PlaceTaken, lambda: theirs.create(str(folder), "伊藤"))
    refused(PlaceAbsent, lambda: theirs.create(str(tmp_path / "nowhere"), "伊藤"))
    refused(PlaceAddressUnusable, lambda: theirs.create("gopher://x", "伊藤"))
    refused(InvitationUnreadable, lambda: theirs.join(b"BANSO1:XYZ", "伊藤"))
    refused(TeamMemberMissing, lambda: ours.stop_device("いない人"))
    letter = ours.invite().encode()
    refused(JoinRequestMissing, lambda: ours.approve("1234 5678", TeamRole.MEMBER))
    other, elsewhere = new_member(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    SharingService(other).create(str(elsewhere), "加藤")
    refused(InvitationOfAnotherTeam, lambda: theirs.join(letter, "伊藤", str(elsewhere)))
    refused(PlaceOfAnotherTeam, lambda: ours.synchronise(str(elsewhere)))
    late = SharingService(other).invite().encode()
    clock.move(days=8)
    refused(InvitationExpired, lambda: theirs.join(late, "伊藤"))


def test_an_invitation_is_good_for_one_device(first: Workplace, new_member: NewMember) -> None:
    second, third = new_member(), new_member()
    letter = SharingService(first).invite().encode()
    digits = SharingService(second).join(letter, "伊藤")
    more = SharingService(third).join(letter, "加藤")
    assert {each.digits for each in SharingService(first).overview(with_requests=True).requests} == {
        digits,
        more,
    }
    SharingService(first).approve(digits, TeamRole.MEMBER)
    refused(InvitationSpent, lambda: SharingService(first).approve(more, TeamRole.MEMBER))
    SharingService(second).synchronise()
    refused(AdministratorOnly, SharingService(second).invite)


def test_an_empty_place_is_filled_only_when_that_is_meant(
    first: Workplace, folder: Path, tmp_path: Path
) -> None:
    put(first, "company", name="北国工業")
    SharingService(first).synchronise()
    other = tmp_path / "other"
    other.mkdir()
    refused(PlaceEmptied, lambda: SharingService(first).synchronise(str(other)))
    assert not any(other.iterdir())
    SharingService(first).synchronise(str(other), RoundWishes(refill=True, look_through=True))
    ours = {path.relative_to(folder) for path in folder.rglob("[ksv]*/**/*.osy")}
    assert ours <= {path.relative_to(other) for path in other.rglob("*.osy")}


def test_a_place_of_another_kind_of_state_is_told_and_receiving_goes_on(
    first: Workplace, new_member: NewMember, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    change(second, "company", company, name="二人目")
    change(first, "company", company, city="旭川")
    SharingService(first).synchronise()
    with monkeypatch.context() as full:
        full.setattr(FolderPlace, "put", lambda *_: Failed(Trouble.FULL))
        report = SharingService(second).synchronise()
    assert (report.fault, report.received, report.waiting) == ("place.full", 1, 1)
    assert SharingService(second).synchronise().waiting == 0


class Counting(FolderPlace):
    """Counts what it is asked, and gives tags as servers do."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked: list[str] = []

    def get(self, name: str, *more: Any) -> Any:
        self.asked.append(f"get {name}")
        return super().get(name, *more)

    def put(self, name: str, *more: Any) -> Any:
        self.asked.append(f"put {name}")
        return super().put(name, *more)

    def list(self, prefix: str, stop: Stop) -> Any:
        self.asked.append(f"list {prefix}")
        found = super().list(prefix, stop)
        assert isinstance(found, Listing)
        return replace(found, entries=tuple(map(self._tagged, found.entries)))

    def _tagged(self, entry: Entry) -> Entry:
        content = (self._root / entry.name).read_bytes()
        return replace(entry, tag=sha256(content).hexdigest())


def test_an_idle_round_asks_twice(first: Workplace, new_member: NewMember, folder: Path) -> None:
    second = new_member()
    joined(first, second, [put(first, "company", name="北国工業")])
    SharingService(first).synchronise()
    asked: list[str] = []
    for _ in range(3):
        place = Counting(folder)
        SharingService(second, lambda address, place=place: (place, address)).synchronise()
        asked = place.asked
    assert asked == ["get vault.osy", "list h/"]


def test_a_pack_stands_for_the_segments_in_it(first: Workplace, new_member: NewMember, folder: Path) -> None:
    second = new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    for number in range(25):
        change(first, "company", company, name=f"北国 {number}")
        SharingService(first).synchronise()
    with first.store.reading() as connection:
        identity = read_identity(connection)
    assert identity is not None
    loose = sorted((folder / "s" / identity.device.hex()).rglob("*.osy"))
    header = Header(ObjectType.PACK, identity.vault, identity.device, bytes(32))
    pack = b"".join(packing(header, [Enclosed.of(path.read_bytes()) for path in loose], identity.keys.sign))
    name = pack_name(identity.device, 0, 25, sha256(pack).digest()).path
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(pack)
    for path in loose:
        path.unlink()
    SharingService(second).synchronise()
    assert names(second) == ["北国 24"]
