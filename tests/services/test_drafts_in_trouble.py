"""Text that the disk does not take is held, sealed elsewhere, and written once the disk takes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.crypto.key_slots import StoreKey
from app.errors import DiskFull, FolderReadOnly, FolderVanished
from app.rescue import Rescue
from app.services.drafts import DraftService
from app.workplace import Workplace
from tests.services.conftest import KEY, SteppingClock
from tests.services.records import put
from tests.services.stores import MadeStore, make_store
from tests.troubled_disk import Stick, without_right_to_write, without_room

TYPED = "歩留まりが落ちた訳を社長が話した"


@pytest.fixture
def rescue(tmp_path: Path) -> Rescue:
    return Rescue(tmp_path / "rescue", KEY)


@pytest.fixture
def drafts(place: Workplace, rescue: Rescue) -> DraftService:
    return DraftService(place.store, place.clock, rescue)


def texts(drafts: DraftService) -> list[str]:
    return [draft.text for draft in drafts.of("s")]


@pytest.mark.parametrize(
    ("trouble", "fault"), [(without_room, DiskFull), (without_right_to_write, FolderReadOnly)]
)
def test_refused_text_counts_as_a_draft_and_is_written_once_the_disk_takes_it(
    drafts: DraftService, place: Workplace, rescue: Rescue, trouble: object, fault: type[Exception]
) -> None:
    drafts.keep("s", "1", "前の文")
    with trouble(place.store):  # type: ignore[operator]
        with pytest.raises(fault):
            drafts.keep("s", "1", TYPED * 300)
        with pytest.raises(fault):
            drafts.write_unwritten()
        assert texts(drafts) == [TYPED * 300]
        assert (drafts.unwritten().count, drafts.unwritten().is_rescued) == (1, True)
    drafts.write_unwritten()
    assert drafts.unwritten().count == 0
    assert rescue.kept() == ()
    assert texts(DraftService(place.store, place.clock)) == [TYPED * 300]


def test_what_waited_when_the_program_ended_is_there_at_the_next_start(
    drafts: DraftService, place: Workplace, rescue: Rescue, tmp_path: Path
) -> None:
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        drafts.keep("s", "1", TYPED, preedit="へんかんまえ", caret=3)
    (file,) = (tmp_path / "rescue").iterdir()
    assert TYPED.encode() not in file.read_bytes()
    again = DraftService(place.store, place.clock, rescue)
    assert again.take_up_rescued() == 1
    (draft,) = again.of("s")
    assert (draft.text, draft.preedit, draft.caret) == (TYPED, "へんかんまえ", 3)
    assert list((tmp_path / "rescue").iterdir()) == []
    assert again.take_up_rescued() == 0


def test_another_store_and_a_spoilt_file_give_nothing(
    drafts: DraftService, place: Workplace, tmp_path: Path
) -> None:
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        drafts.keep("s", "1", TYPED)
    (file,) = (tmp_path / "rescue").iterdir()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(bytes(content))
    assert Rescue(tmp_path / "rescue", KEY).kept() == ()
    other = StoreKey(bytes(48))
    assert Rescue(tmp_path / "rescue", other).kept() == ()


def test_text_with_no_place_at_all_is_held_and_said_to_be(
    place: Workplace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in the way").write_bytes(b"")
    drafts = DraftService(place.store, place.clock, Rescue(tmp_path / "in the way", KEY))
    with without_right_to_write(place.store), pytest.raises(FolderReadOnly):
        drafts.keep("s", "1", TYPED)
    assert (drafts.unwritten().count, drafts.unwritten().is_rescued) == (1, False)
    assert texts(drafts) == [TYPED]


def test_secret_lines_are_not_handed_out(drafts: DraftService, place: Workplace) -> None:
    with without_right_to_write(place.store):
        for field, is_secret in (("1", False), ("2", True)):
            with pytest.raises(FolderReadOnly):
                drafts.keep("s", field, f"{TYPED}{field}", is_secret=is_secret)
    assert drafts.to_hand_out() == ((f"{TYPED}1",), 1)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    stick = Stick(tmp_path / "content", tmp_path / "stick")
    stick.plug_in()
    yield stick
    stick.pull_out()


def test_a_stick_that_is_pulled_out_and_put_back_goes_on_where_it_was(
    stick: Stick, clock: SteppingClock, rescue: Rescue
) -> None:
    """Writing on to a file that nobody will see again would lose every word."""
    made: MadeStore = make_store(stick.place / "store", clock)
    place = made.opened()
    drafts = DraftService(place.store, place.clock, rescue)
    company = put(place, "company", name="北国精密")
    stick.pull_out()
    with pytest.raises(FolderVanished):
        put(place, "company", name="消えていたはず")
    with pytest.raises(FolderVanished):
        drafts.keep("s", "1", TYPED)
    with pytest.raises(FolderVanished), place.reading():
        pytest.fail("read from what is gone")
    stick.plug_in()
    drafts.write_unwritten()
    put(place, "company", name="また書ける")
    place.store.close()
    again = made.opened()
    with again.reading() as reading:
        assert {found["name"] for found in reading.records("company")} == {"北国精密", "また書ける"}
        assert reading.record("company", company)
    assert texts(DraftService(again.store, clock)) == [TYPED]
    assert again.store.check().differing == ()
    again.store.close()


def test_what_was_set_aside_for_a_busy_store_goes_when_the_store_has_it(
    drafts: DraftService, place: Workplace, rescue: Rescue
) -> None:
    typed = drafts.noted("s", "1", TYPED)
    drafts.set_aside(typed, lambda: False)
    assert [draft.text for draft in rescue.kept()] == [TYPED]
    assert DraftService(place.store, place.clock, rescue).take_up_rescued() == 1
    drafts.write(typed)
    assert rescue.kept() == ()
    drafts.set_aside(typed, lambda: True)
    assert rescue.kept() == ()
    assert texts(drafts) == [TYPED]


def test_what_was_typed_later_stays_aside_until_the_store_has_that(
    drafts: DraftService, rescue: Rescue
) -> None:
    earlier, later = drafts.noted("s", "1", "前の文"), drafts.noted("s", "1", TYPED)
    drafts.set_aside(later, lambda: False)
    drafts.write(earlier)
    assert [draft.text for draft in rescue.kept()] == [TYPED]
    drafts.write(later)
    assert rescue.kept() == ()
    assert texts(drafts) == [TYPED]


def test_a_draft_that_became_a_change_is_kept_nowhere(drafts: DraftService, rescue: Rescue) -> None:
    drafts.set_aside(drafts.noted("s", "1", TYPED), lambda: False)
    drafts.drop("s", "1")
    assert rescue.kept() == ()
    assert drafts.unwritten().count == 0
