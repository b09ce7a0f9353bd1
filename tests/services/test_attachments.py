"""Photos and files of a company: in, shown, out, shared when asked for, never plain on the disk."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.terms import TeamRole
from app.errors import (
    AdministratorOnly,
    AttachmentErased,
    AttachmentNotHere,
    AttachmentTooYoung,
    DiskFull,
    FileInTheWay,
    RecordMissing,
)
from app.paths import StoreFolder
from app.rows.search import SearchKind, SearchQuery
from app.services import blob_files
from app.services.attachments import AttachmentService
from app.services.backups import restore
from app.services.blob_files import BlobFiles
from app.services.bundles import BundleService
from app.services.history import HistoryService
from app.services.search import SearchService
from app.services.sharing import SharingService
from app.services.sharing_rounds import RoundWishes
from app.services.trash import TrashService
from app.workplace import Workplace, company_scope
from tests.domain.photos import PLACE, with_blocks
from tests.domain.test_photo_places import JPEG
from tests.services.conftest import SteppingClock
from tests.services.records import put, session, stored
from tests.services.stores import make_store

NewMember = Callable[[], Workplace]
WORDS = "試作図面の寸法は社外に出さない".encode() * 20


@pytest.fixture
def new_member(tmp_path: Path, clock: SteppingClock) -> Iterator[NewMember]:
    made: list[Workplace] = []

    def make() -> Workplace:
        number = len(made) + 1
        store_id = f"0198a2b4-0000-7000-8000-{number:012}"
        made.append(make_store(tmp_path / f"member{number}", clock, store_id).opened())
        return made[-1]

    yield make
    for workplace in made:
        workplace.store.close()


def files_of(workplace: Workplace) -> AttachmentService:
    return AttachmentService(workplace, BlobFiles(StoreFolder(workplace.store.path.parent)))


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    path = tmp_path / "given" / "試作図面.txt"
    path.parent.mkdir()
    path.write_bytes(WORDS)
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(with_blocks(JPEG))
    return path


def test_a_file_is_taken_in_shown_and_given_out_again(
    new_member: NewMember, drawing: Path, tmp_path: Path
) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    visit = session(place, company, "2025-07-22T13:00")
    files = files_of(place)
    (added,) = files.add(company, [drawing], visit).ids
    (row,) = files.sheet(company).rows
    assert (row.name, row.size, row.media_type) == ("試作図面.txt", len(WORDS), "text/plain")
    assert (row.is_here, row.is_erased, str(row.visit_on)) == (True, False, "2025-07-22")
    assert files.content(added) == WORDS
    files.export(added, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == WORDS
    with pytest.raises(FileInTheWay):
        files.export(added, tmp_path / "out.txt")
    entries = [entry.words for entry in HistoryService(place).of_company(company)]
    assert any("資料の写し (暗号化なし)" in words for words in entries)
    assert any("「試作図面.txt」" in words for words in entries)


def test_nothing_of_a_file_is_plain_beside_the_store(
    new_member: NewMember, drawing: Path, photo: Path
) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    files = files_of(place)
    added = files.add(company, [drawing, photo]).ids
    for each in added:
        files.keep_picture(each, b"small picture " + WORDS[:60])
        files.content(each)
    folder = place.store.path.parent
    everything = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert len(list(folder.glob("blobs/*/*.osy"))) == 2
    for piece in (WORDS[:24], JPEG[-40:], b"small picture", "試作図面".encode()):
        assert not [each for each in everything if piece in each]
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("blobs/*/*.osy"))


def test_a_photo_is_kept_without_its_place(new_member: NewMember, photo: Path) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    files = files_of(place)
    (added,) = files.add(company, [photo]).ids
    content = files.content(added)
    assert PLACE in photo.read_bytes()
    assert PLACE not in content
    assert files.sheet(company).rows[0].is_picture


def test_what_is_too_large_or_cannot_be_read_is_left_out_and_counted(
    new_member: NewMember, drawing: Path, tmp_path: Path
) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(100_000_001)
    added = files_of(place).add(company, [large, drawing, tmp_path, tmp_path / "gone"])
    assert (len(added.ids), added.too_large, added.unreadable) == (1, 1, 2)


def test_a_full_disk_takes_nothing_in_and_leaves_nothing_behind(
    new_member: NewMember, drawing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")

    def full(_: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as disk:
        disk.setattr(blob_files.os, "fsync", full)
        with pytest.raises(DiskFull):
            files_of(place).add(company, [drawing])
    assert files_of(place).sheet(company).rows == ()
    assert not [path for path in place.store.path.parent.rglob("blobs/**/*") if path.is_file()]


def test_adding_and_deleting_can_be_taken_back(new_member: NewMember, drawing: Path) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    files = files_of(place)
    (added,) = files.add(company, [drawing]).ids
    place.undo(company_scope(company))
    assert files.sheet(company).rows == ()
    place.undo(company_scope(company), "forth")
    note = TrashService(place).delete("attachment", added)
    assert (note.type_term, note.words) == ("資料", "試作図面.txt")
    assert [row.id for row in TrashService(place).items()] == [added]
    TrashService(place).restore("attachment", added)
    assert files.content(added) == WORDS


def test_a_file_is_found_by_its_name(new_member: NewMember, drawing: Path) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    (added,) = files_of(place).add(company, [drawing]).ids
    (hit,) = SearchService(place).find(SearchQuery("試作図面")).hits
    assert (hit.kind, hit.id, hit.company_id) == (SearchKind.ATTACHMENT, added, company)


def test_a_file_that_is_gone_or_damaged_is_said_to_be_away_and_never_empty(
    new_member: NewMember, drawing: Path
) -> None:
    place = new_member()
    company = put(place, "company", name="北国工業")
    files = files_of(place)
    (added,) = files.add(company, [drawing]).ids
    (path,) = place.store.path.parent.glob("blobs/*/*.osy")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(AttachmentNotHere):
        files.content(added)
    (row,) = files.sheet(company).rows
    assert (row.is_here, row.is_coming, files.sheet(company).away.size) == (False, True, len(WORDS))
    with pytest.raises(RecordMissing):
        files.content(place.new_id())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


def joined(first: Workplace, second: Workplace, company: str) -> None:
    digits = SharingService(second).join(SharingService(first).invite().encode(), "伊藤")
    SharingService(first).approve(digits, TeamRole.MEMBER, [company])
    SharingService(second).synchronise()


def test_files_come_when_they_are_asked_for_also_those_from_before_the_team(
    new_member: NewMember, drawing: Path, photo: Path, folder: Path
) -> None:
    first, second = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    ours, theirs = files_of(first), files_of(second)
    before = ours.add(company, [drawing]).ids
    SharingService(first).create(str(folder), "佐藤")
    after = ours.add(company, [photo]).ids
    ours.keep_picture(before[0], b"small")
    assert SharingService(first).synchronise().files_sent == 1
    joined(first, second, company)
    rows = theirs.sheet(company).rows
    assert [(row.is_here, row.is_coming) for row in rows] == [(False, False)] * 2
    assert (len(theirs.sheet(company).away.ids), theirs.sheet(company).away.size) == (
        2,
        sum(row.size for row in rows),
    )
    told: list[object] = []
    second.feed.subscribe(told.append)
    theirs.want([*before, *after])
    assert SharingService(second).synchronise().files_received == 2
    assert told
    assert theirs.content(before[0]) == WORDS
    assert theirs.content(after[0]) == ours.content(after[0])
    assert ours.sheet(company).rows[-1].picture == b"small"
    assert theirs.sheet(company).rows[-1].picture == b""
    lying = [path.read_bytes() for path in folder.rglob("*.osy")]
    assert not [each for each in lying if WORDS[:24] in each or b"small" in each]


def test_an_idle_device_fetches_nothing_by_itself(new_member: NewMember, drawing: Path, folder: Path) -> None:
    first, second = new_member(), new_member()
    SharingService(first).create(str(folder), "佐藤")
    company = put(first, "company", name="北国工業")
    files_of(first).add(company, [drawing])
    joined(first, second, company)
    SharingService(second).synchronise(wishes=RoundWishes(look_through=True))
    assert not list(second.store.path.parent.glob("blobs/*/*.osy"))


def test_what_the_place_lost_goes_there_again_from_anybody_who_holds_it(
    new_member: NewMember, drawing: Path, folder: Path
) -> None:
    first, second = new_member(), new_member()
    SharingService(first).create(str(folder), "佐藤")
    company = put(first, "company", name="北国工業")
    (added,) = files_of(first).add(company, [drawing]).ids
    joined(first, second, company)
    files_of(second).want([added])
    (lying,) = folder.glob("b/*/*.osy")
    content = lying.read_bytes()
    lying.write_bytes(content[:99])
    report = SharingService(second).synchronise()
    assert (report.files_received, files_of(second).sheet(company).rows[0].is_coming) == (0, True)
    SharingService(first).synchronise(wishes=RoundWishes(look_through=True))
    assert SharingService(second).synchronise().files_received == 1
    for doer in (second, first):
        lying.unlink()
        SharingService(doer).synchronise(wishes=RoundWishes(look_through=True))
        assert lying.read_bytes() == content
    assert stored(second, "attachment", added)["size"] == len(WORDS)


def test_what_lies_in_the_bin_is_not_sent(new_member: NewMember, drawing: Path, folder: Path) -> None:
    first = new_member()
    SharingService(first).create(str(folder), "佐藤")
    company = put(first, "company", name="北国工業")
    (added,) = files_of(first).add(company, [drawing]).ids
    TrashService(first).delete("attachment", added)
    assert SharingService(first).synchronise().files_sent == 0
    assert not list(folder.glob("b/*/*.osy"))
    TrashService(first).restore("attachment", added)
    assert SharingService(first).synchronise().files_sent == 1


def test_a_bundle_takes_the_files_along_and_gives_them_back_byte_for_byte(
    new_member: NewMember, drawing: Path, photo: Path, tmp_path: Path
) -> None:
    first, second = new_member(), new_member()
    company = put(first, "company", name="北国工業")
    ours, theirs = files_of(first), files_of(second)
    added = ours.add(company, [drawing, photo]).ids
    (lost,) = ours.add(company, [drawing]).ids
    held = {path: path.read_bytes() for path in first.store.path.parent.glob("blobs/*/*.osy")}
    BlobFiles.beside(first.store.path).remove(bytes.fromhex(stored(first, "attachment", lost)["blob_id"]))
    exported = BundleService(first).export(tmp_path / "all.zip")
    assert (exported.files, exported.files_away) == (2, 1)
    with zipfile.ZipFile(tmp_path / "all.zip") as bundle:
        assert bundle.read(f"files/{added[0]}/試作図面.txt") == WORDS
    assert BundleService(second).take_in(tmp_path / "all.zip").files == 2
    for each in added:
        assert theirs.content(each) == ours.content(each)
    for path in second.store.path.parent.glob("blobs/*/*.osy"):
        assert path.read_bytes() in held.values()
    again = BundleService(second).export(tmp_path / "again.zip")
    assert again == exported


def test_a_backup_keeps_the_files_and_going_back_brings_them_back(
    tmp_path: Path, clock: SteppingClock, drawing: Path
) -> None:
    made = make_store(tmp_path / "store", clock)
    place = made.opened()
    company = put(place, "company", name="北国工業")
    (added,) = files_of(place).add(company, [drawing]).ids
    backup = made.backups.make()
    assert made.backups.make().path != backup.path
    place.store.close()
    shutil.rmtree(made.folder.blobs)
    restore(made.folder, made.key, backup.path, clock)
    again = made.opened()
    assert files_of(again).content(added) == WORDS
    again.store.close()


def test_a_deleted_file_is_erased_once_everybody_knows_and_only_by_an_administrator(
    new_member: NewMember, drawing: Path, folder: Path, clock: SteppingClock
) -> None:
    first, second = new_member(), new_member()
    SharingService(first).create(str(folder), "佐藤")
    company = put(first, "company", name="北国工業")
    ours, theirs = files_of(first), files_of(second)
    added, kept = ours.add(company, [drawing, drawing]).ids
    joined(first, second, company)
    theirs.want([added])
    SharingService(second).synchronise()
    TrashService(first).delete("attachment", added)
    SharingService(first).synchronise()
    clock.move(days=179)
    with pytest.raises(AttachmentTooYoung):
        ours.erase([added])
    clock.move(days=2)
    with pytest.raises(AttachmentTooYoung):
        ours.erase([added])  # the other device was not heard of since
    with pytest.raises(AdministratorOnly):
        theirs.erasable()
    for workplace in (second, first):
        SharingService(workplace).synchronise()
    assert [row.id for row in ours.erasable()] == [added]
    ours.erase([added])
    for workplace in (first, second):
        SharingService(workplace).synchronise(wishes=RoundWishes(look_through=True))
    SharingService(first).synchronise(wishes=RoundWishes(look_through=True))
    assert len(list(folder.glob("b/*/*.osy"))) == 1
    for workplace, held in ((first, 1), (second, 0)):
        assert len(list(workplace.store.path.parent.glob("blobs/*/*.osy"))) == held
        assert stored(workplace, "attachment", added)["name"] == "試作図面.txt"
        assert [row.id for row in files_of(workplace).sheet(company).rows] == [kept]
    TrashService(second).restore("attachment", added)
    with pytest.raises(AttachmentErased):
        theirs.content(added)
    assert ours.content(kept) == WORDS
