"""The 置き場: tried before it is chosen, changed for another, and told to the others."""

from pathlib import Path

import pytest

from app.errors import (
    InvitationOfAnotherTeam,
    InvitationUnreadable,
    PlaceAbsent,
    PlaceAddressUnusable,
    PlaceAddressWithSecret,
    PlaceFull,
    PlaceOfAnotherTeam,
    PlaceReadOnly,
    Unavailable,
)
from app.secrets import KeyRing
from app.services.sharing import SharingService
from app.services.sharing_places import PlaceEntry, PlaceKind, PlaceState, entry_of
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Failed, Trouble
from app.workplace import Workplace
from tests.app_outside.fake_key_rings import absent_ring
from tests.services.records import change, put
from tests.services.teams import NewMember, joined, names


def folder_entry(path: Path) -> PlaceEntry:
    return PlaceEntry(PlaceKind.FOLDER, str(path))


def test_what_a_person_enters_becomes_an_address_without_secrets() -> None:
    cases = {
        PlaceEntry(PlaceKind.WEBDAV, "https://cloud.example.jp/dav", user="ito", secret="geheim"): (
            "https://cloud.example.jp/dav/"
        ),
        PlaceEntry(PlaceKind.S3, "karte", "team", "https://s3.example.jp", "ap-northeast-1", "k", "s"): (
            "s3://karte/team?endpoint=https://s3.example.jp&region=ap-northeast-1"
        ),
        PlaceEntry(PlaceKind.AZURE, "konto/karte", "/team/", secret="s"): "azure://konto/karte/team",
    }
    for entry, address in cases.items():
        assert entry.address == address
        assert entry_of(address).address == address
        assert entry_of(address).kind is entry.kind
    assert entry_of("/media/stick") == PlaceEntry(PlaceKind.FOLDER, "/media/stick")


@pytest.mark.parametrize(
    ("entry", "case"),
    [
        (PlaceEntry(PlaceKind.WEBDAV, "https://ito:geheim@cloud.example.jp/"), PlaceAddressWithSecret),
        (PlaceEntry(PlaceKind.S3, "K"), PlaceAddressUnusable),
        (PlaceEntry(PlaceKind.AZURE, "konto"), PlaceAddressUnusable),
        (PlaceEntry(PlaceKind.FOLDER, ""), PlaceAddressUnusable),
    ],
)
def test_what_is_no_address_is_said_before_anything_is_asked(entry: PlaceEntry, case: type) -> None:
    with pytest.raises(case):
        _ = entry.address


def test_a_trial_tells_whose_the_place_is_and_leaves_nothing_there(
    first: Workplace, new_member: NewMember, folder: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    alone = SharingService(new_member())
    assert alone.try_place(folder_entry(empty)) is PlaceState.EMPTY
    assert list(empty.rglob("*.osy")) == []
    assert alone.try_place(folder_entry(folder)) is PlaceState.OTHERS
    assert SharingService(first).try_place(folder_entry(folder)) is PlaceState.OURS
    with pytest.raises(PlaceAbsent):
        alone.try_place(folder_entry(tmp_path / "nowhere"))


@pytest.mark.parametrize(("trouble", "case"), [(Trouble.READ_ONLY, PlaceReadOnly), (Trouble.FULL, PlaceFull)])
def test_a_place_that_does_not_take_is_found_out_by_the_trial(
    new_member: NewMember, folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, case: type
) -> None:
    monkeypatch.setattr(FolderPlace, "put", lambda *_: Failed(trouble))
    with pytest.raises(case):
        SharingService(new_member()).try_place(folder_entry(folder))


def test_credentials_need_a_key_ring_and_a_folder_needs_none(new_member: NewMember, folder: Path) -> None:
    sharing = SharingService(new_member(), key_ring=KeyRing(absent_ring))
    assert sharing.keep_keys(folder_entry(folder)) == str(folder)
    with pytest.raises(Unavailable):
        sharing.keep_keys(PlaceEntry(PlaceKind.WEBDAV, "https://cloud.example.jp/", user="i", secret="s"))


def test_a_team_moves_and_the_others_follow_by_a_notice_with_which_nobody_joins(
    first: Workplace, new_member: NewMember, folder: Path, tmp_path: Path
) -> None:
    second, stranger = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    joined(first, second, [company])
    change(second, "company", company, name="まだ前の置き場にある")
    SharingService(second).synchronise()
    other = tmp_path / "other"
    other.mkdir()
    SharingService(first).synchronise()
    SharingService(first).move(str(other))
    assert SharingService(first).overview().address == str(other)
    notice = SharingService(first).notice_of_place().encode()
    address = SharingService(second).place_in_notice(notice)
    SharingService(second).move(address)
    change(first, "company", company, name="新しい置き場で")
    for workplace in (first, second):
        SharingService(workplace).synchronise()
    assert names(second) == ["新しい置き場で"]
    SharingService(stranger).join(notice, "知らない人")
    found = SharingService(first).overview(with_requests=True)
    assert (found.requests, found.unknown_requests) == ((), 1)


def test_a_team_does_not_move_to_where_another_shares(
    first: Workplace, new_member: NewMember, folder: Path, tmp_path: Path
) -> None:
    other, elsewhere = new_member(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    SharingService(other).create(str(elsewhere), "加藤")
    with pytest.raises(PlaceOfAnotherTeam):
        SharingService(first).move(str(elsewhere))
    assert SharingService(first).overview().address == str(folder)
    with pytest.raises(InvitationOfAnotherTeam):
        SharingService(first).place_in_notice(SharingService(other).notice_of_place().encode())
    with pytest.raises(InvitationUnreadable):
        SharingService(first).place_in_notice(b"hello")
