"""Single items of a backup come back as ordinary changes, and nothing is overwritten unseen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.links import LinkKind, link_record_id
from app.errors import BackupOfAnotherStore, BackupUnreadable
from app.rows.backup_items import BackupComparison, BackupItem
from app.services.backup_items import BackupItemService
from app.services.record_words import SECRET_LINE
from app.services.trash import TrashService
from app.workplace import TEAM_SCOPE, Workplace
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored
from tests.services.stores import MadeStore, make_store


@pytest.fixture
def made(tmp_path: Path, clock: SteppingClock) -> MadeStore:
    return make_store(tmp_path / "store", clock)


@pytest.fixture
def place(made: MadeStore) -> Iterator[Workplace]:
    place = made.opened()
    yield place
    place.store.close()


class Desk:
    """A store with a company, a visit and two lines, backed up."""

    def __init__(self, made: MadeStore, place: Workplace) -> None:
        self.made, self.place = made, place
        self.items = BackupItemService(place, made.folder, made.key)
        self.company = put(place, "company", name="北国精密")
        self.session = session(place, self.company, "2025-07-22T13:00")
        self.first = line(place, self.company, self.session, "歩留まりが落ちている")
        self.second = line(place, self.company, self.session, "治具は社外に出さない", is_secret=True)
        self.backup = made.backups.make()

    def compare(self) -> BackupComparison:
        return self.items.compare(self.backup)

    def item(self, record_id: str) -> BackupItem:
        return next(each for each in self.compare().items if each.key.endswith(record_id))

    def bring_back(self, *record_ids: str) -> None:
        comparison = self.compare()
        keys = [each.key for each in comparison.items if each.key.partition(":")[2] in record_ids]
        self.items.bring_back(comparison, keys)

    def live(self, record_type: str) -> set[str]:
        with self.place.reading() as reading:
            return {found["id"] for found in reading.records(record_type)}


@pytest.fixture
def desk(made: MadeStore, place: Workplace) -> Desk:
    return Desk(made, place)


def files(desk: Desk) -> set[str]:
    return {path.name for path in desk.made.folder.path.iterdir()}


def test_a_backup_of_the_same_moment_differs_in_nothing(desk: Desk) -> None:
    before = desk.backup.path.read_bytes(), files(desk)
    assert desk.compare().items == ()
    assert (desk.backup.path.read_bytes(), files(desk)) == before


def test_what_came_after_the_backup_is_no_difference(desk: Desk) -> None:
    line(desk.place, desk.company, desk.session, "あとから書いた行")
    put(desk.place, "company", name="あとの企業")
    assert desk.compare().items == ()


def test_a_changed_field_is_told_word_by_word_and_brought_back_as_a_change(desk: Desk) -> None:
    change(desk.place, "note_line", desk.first, text="歩留まりは上がっている")
    item = desk.item(desk.first)
    assert (item.is_missing, item.place) == (False, "北国精密 2025/7/22 の面談")
    (told,) = item.changes
    assert (told.now, told.then) == ("歩留まりは上がっている", "歩留まりが落ちている")
    assert "".join(piece.text for piece in told.pieces if piece.fate != "added") == told.now
    desk.bring_back(desk.first)
    assert stored(desk.place, "note_line", desk.first)["text"] == "歩留まりが落ちている"
    assert desk.compare().items == ()


def test_bringing_back_is_one_step_of_undo(desk: Desk) -> None:
    change(desk.place, "note_line", desk.first, text="打ち直した")
    TrashService(desk.place).delete("note_line", desk.second)
    desk.bring_back(desk.first, desk.second)
    assert desk.live("note_line") == {desk.first, desk.second}
    desk.place.undo(TEAM_SCOPE)
    assert desk.live("note_line") == {desk.first}
    assert stored(desk.place, "note_line", desk.first)["text"] == "打ち直した"
    desk.place.undo(TEAM_SCOPE, "forth")
    assert desk.compare().items == ()


def test_a_deleted_visit_comes_back_with_its_lines(desk: Desk) -> None:
    TrashService(desk.place).delete("support_session", desk.session)
    (item,) = desk.compare().items
    assert (item.is_missing, item.type_term, len(item.along)) == (True, "面談", 2)
    desk.bring_back(desk.session)
    assert desk.live("support_session") == {desk.session}
    assert desk.live("note_line") == {desk.first, desk.second}


def test_what_the_store_never_knew_comes_back_whole(desk: Desk, clock: SteppingClock, tmp_path: Path) -> None:
    """The store was put back to an older backup; a newer one has more."""
    older = make_store(tmp_path / "older", clock)
    (tmp_path / "older" / "store.db").unlink()
    older = MadeStore(older.folder, desk.made.key, clock)
    person = put(desk.place, "person", desk.company, name="高橋 一郎")
    ends = {"left_id": desk.session, "kind": LinkKind.ATTENDEE.value, "right_id": person, "present": True}
    with desk.place.action("出席", None) as work:
        link = link_record_id(desk.session, LinkKind.ATTENDEE, person)
        work.save("link", link, ends, compartment=desk.company)
    clock.move(days=1)
    newer = desk.made.backups.make()
    older.folder.database.write_bytes(desk.backup.path.read_bytes())
    opened = older.opened()
    try:
        with opened.action("消える", None) as work:
            work.delete("company", desk.company)
        items = BackupItemService(opened, older.folder, older.key)
        comparison = items.compare(newer)
        found = {item.type_term: item for item in comparison.items}
        assert set(found) == {"企業"}
        assert {key.partition(":")[0] for key in found["企業"].along} == {"person", "link"}
        items.bring_back(comparison, [found["企業"].key])
        assert items.compare(newer).items == ()
        assert stored(opened, "person", person)["name"] == "高橋 一郎"
        assert opened.store.check().differing == ()
        opened.undo(TEAM_SCOPE)
        with opened.reading() as reading:
            assert reading.records("company") == []
    finally:
        opened.store.close()


def test_a_record_that_changed_after_the_comparison_stays(desk: Desk) -> None:
    change(desk.place, "note_line", desk.first, text="打ち直した")
    change(desk.place, "company", desk.company, kana="キタグニ")
    comparison = desk.compare()
    change(desk.place, "note_line", desk.first, text="さらに打った")
    brought = desk.items.bring_back(comparison, [item.key for item in comparison.items])
    assert (brought.count, brought.moved_on) == (1, 1)
    assert stored(desk.place, "note_line", desk.first)["text"] == "さらに打った"


def test_a_secret_line_is_not_told(desk: Desk) -> None:
    change(desk.place, "note_line", desk.second, text="治具の寸法は 12.3")
    item = desk.item(desk.second)
    assert item.words == SECRET_LINE
    assert [(told.now, told.then) for told in item.changes] == [(SECRET_LINE, SECRET_LINE)]


def test_a_damaged_backup_and_one_of_another_store_are_told_and_leave_nothing(
    desk: Desk, tmp_path: Path, clock: SteppingClock
) -> None:
    before = files(desk)
    other = make_store(tmp_path / "other", clock, "0198a2b4-0000-7000-8000-000000000002")
    with pytest.raises(BackupOfAnotherStore):
        desk.items.compare(other.backups.make())
    content = bytearray(desk.backup.path.read_bytes())
    content[len(content) // 2] ^= 1
    desk.backup.path.write_bytes(content)
    with pytest.raises(BackupUnreadable):
        desk.items.compare(desk.backup)
    assert files(desk) == before


def test_a_copy_that_a_killed_program_left_goes_with_the_next_look(desk: Desk) -> None:
    left = desk.made.folder.path / "backup-view-left"
    left.mkdir()
    (left / "store.db").write_bytes(b"left")
    long_ago = desk.place.now().timestamp() - 7200
    os.utime(left, (long_ago, long_ago))
    desk.compare()
    assert not left.exists()
