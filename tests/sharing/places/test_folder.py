import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.sharing.places.folder import PATIENCE_S, FolderPlace
from app.sharing.places.place import (
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Stored,
    Trouble,
)
from app.sharing.places.placeholders import ContentWanted, is_placeholder, read_first_byte
from app.sharing.places.stopping import Stop, Stopped
from tests.troubled_disk import fill, mounted, small_disk

NAME = "h/00112233445566778899aabbccddeeff.osy"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "place"
    root.mkdir()
    return root


class Moment:
    """A clock that goes on a second whenever it is asked."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


class QuickStop(Stop):
    """Waits for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = 0

    def wait(self, seconds: float) -> None:
        self.waited += 1
        super().wait(0)


def refusal(windows: int) -> PermissionError:
    refused = PermissionError(errno.EACCES, "held")
    refused.winerror = windows  # type: ignore[attr-defined,unused-ignore]
    return refused


def replacing(*refusals: OSError) -> Callable[[Path, Path], None]:
    """Refuses so often, then renames."""
    left = list(refusals)

    def replace(source: Path, target: Path) -> None:
        if left:
            raise left.pop(0)
        source.replace(target)

    return replace


def trouble_of(answer: object) -> Trouble:
    assert isinstance(answer, Failed), answer
    return answer.trouble


def elsewhere(status: os.stat_result) -> bool:
    """Plays a file system on which every file of ten bytes is a placeholder."""
    return status.st_size == 10


class TestPutting:
    def test_nothing_is_left_beside_the_object(self, root: Path) -> None:
        FolderPlace(root).put(NAME, b"x", Stop())
        assert [path.name for path in root.rglob("*") if path.is_file()] == [Path(NAME).name]

    @pytest.mark.parametrize("windows", [5, 32, 33])
    def test_a_file_that_another_program_holds_is_tried_again(self, root: Path, windows: int) -> None:
        stop = QuickStop()
        place = FolderPlace(root, replace=replacing(refusal(windows), refusal(windows)))
        assert place.put(NAME, b"x", stop) == Stored()
        assert stop.waited == 2

    @pytest.mark.parametrize(
        ("windows", "told"), [(32, Trouble.BUSY), (33, Trouble.BUSY), (5, Trouble.READ_ONLY)]
    )
    def test_patience_ends_after_three_seconds(self, root: Path, windows: int, told: Trouble) -> None:
        moment = Moment()
        place = FolderPlace(root, replace=replacing(*[refusal(windows)] * 99), now_s=moment)
        assert trouble_of(place.put(NAME, b"x", QuickStop())) is told
        assert moment.now_s <= 2 * PATIENCE_S + 2
        assert not list(root.rglob("*.tmp"))

    def test_another_refusal_is_told_at_once(self, root: Path) -> None:
        stop = QuickStop()
        place = FolderPlace(root, replace=replacing(OSError(errno.EIO, "broken")))
        assert trouble_of(place.put(NAME, b"x", stop)) is Trouble.ODD
        assert stop.waited == 0

    def test_a_stop_while_it_waits_leaves_the_old_object(self, root: Path) -> None:
        FolderPlace(root).put(NAME, b"old", Stop())
        stop = Stop()

        def replace(*_: Path) -> None:
            stop.ask()
            raise refusal(32)

        with pytest.raises(Stopped):
            FolderPlace(root, replace=replace).put(NAME, b"new", stop)
        assert FolderPlace(root).get(NAME, Stop()) == Content(b"old")
        assert not list(root.rglob("*.tmp"))

    def test_a_crash_before_the_rename_leaves_the_old_object(self, root: Path) -> None:
        place = FolderPlace(root)
        place.put(NAME, b"old", Stop())
        (root / f"{NAME}.tmp").write_bytes(b"half of the n")
        assert place.get(NAME, Stop()) == Content(b"old")
        listing = place.list("", Stop())
        assert isinstance(listing, Listing)
        assert [each.name for each in listing.entries] == [NAME]
        assert place.put(NAME, b"new", Stop()) == Stored()
        assert not list(root.rglob("*.tmp"))

    def test_the_folder_itself_is_never_made(self, tmp_path: Path) -> None:
        place = FolderPlace(tmp_path / "stick" / "Banso")
        assert trouble_of(place.put(NAME, b"x", Stop())) is Trouble.ABSENT
        assert trouble_of(place.get(NAME, Stop())) is Trouble.ABSENT
        assert trouble_of(place.list("h/", Stop())) is Trouble.ABSENT
        assert trouble_of(place.delete(NAME, Stop())) is Trouble.ABSENT
        assert not list(tmp_path.iterdir())

    def test_a_stick_that_is_pulled_out_is_told(self, root: Path) -> None:
        place = FolderPlace(root)
        place.put(NAME, b"x", Stop())
        root.rename(root.with_name("pulled out"))
        assert trouble_of(place.put(NAME, b"x", Stop())) is Trouble.ABSENT
        assert not root.exists()

    def test_a_directory_that_somebody_emptied_is_made_again(self, root: Path) -> None:
        place = FolderPlace(root)
        place.put(NAME, b"x", Stop())
        (root / NAME).unlink()
        (root / "h").rmdir()
        assert place.put(NAME, b"x", Stop()) == Stored()

    @pytest.mark.skipif(sys.platform == "win32", reason="links want a right of their own there")
    def test_a_link_in_the_way_leads_nowhere(self, root: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (root / "h").symlink_to(outside)
        assert trouble_of(FolderPlace(root).put(NAME, b"x", Stop())) is Trouble.ODD
        assert not list(outside.iterdir())

    @pytest.mark.parametrize(
        ("number", "told"),
        [
            (errno.ENOSPC, Trouble.FULL),
            (errno.EDQUOT, Trouble.FULL),
            (errno.EROFS, Trouble.READ_ONLY),
            (errno.EACCES, Trouble.READ_ONLY),
            (errno.ESTALE, Trouble.UNREACHABLE),
            (errno.EIO, Trouble.ODD),
        ],
    )
    def test_a_refused_write_is_named(self, root: Path, number: int, told: Trouble) -> None:
        place = FolderPlace(root, replace=replacing(OSError(number, "refused")))
        assert trouble_of(place.put(NAME, b"x", Stop())) is told

    @pytest.mark.parametrize(
        ("windows", "told"), [(64, Trouble.UNREACHABLE), (53, Trouble.UNREACHABLE), (39, Trouble.FULL)]
    )
    def test_what_only_windows_says_is_named(self, root: Path, windows: int, told: Trouble) -> None:
        place = FolderPlace(root, replace=replacing(refusal(windows)))
        assert trouble_of(place.put(NAME, b"x", Stop())) is told

    def test_a_full_disk_takes_nothing_and_still_gives(self, tmp_path: Path) -> None:
        with small_disk(tmp_path / "disk", 400) as disk:
            place = FolderPlace(disk)
            assert place.put(NAME, b"old", Stop()) == Stored()
            fill(disk, leaving=4096)
            answer = place.put(NAME, bytes(range(256)) * 1000, Stop())
            assert trouble_of(answer) is Trouble.FULL
            assert place.get(NAME, Stop()) == Content(b"old")
            assert not list(disk.rglob("*.tmp"))

    def test_a_read_only_disk_takes_nothing_and_still_gives(self, tmp_path: Path) -> None:
        with small_disk(tmp_path / "disk", 400) as disk:
            place = FolderPlace(disk)
            place.put(NAME, b"old", Stop())
            if not mounted("-o", "remount,ro", str(disk)):
                pytest.skip("this machine does not let a test mount a disk")
            assert trouble_of(place.put(NAME, b"new", Stop())) is Trouble.READ_ONLY
            assert trouble_of(place.delete(NAME, Stop())) is Trouble.READ_ONLY
            assert place.get(NAME, Stop()) == Content(b"old")


class TestPlaceholders:
    @pytest.mark.parametrize(
        ("status", "answer"),
        [
            ({"st_file_attributes": 0x20}, False),
            ({"st_file_attributes": 0x20 | 0x1000}, True),  # OFFLINE
            ({"st_file_attributes": 0x400 | 0x40000}, True),  # RECALL_ON_OPEN
            ({"st_file_attributes": 0x400 | 0x400000}, True),  # RECALL_ON_DATA_ACCESS
            ({"st_file_attributes": 0x400 | 0x80000}, False),  # PINNED: always here
            ({"st_flags": 0x40000000}, True),  # macOS: SF_DATALESS
            ({"st_flags": 0x8000}, False),  # macOS: UF_HIDDEN
            ({}, False),
        ],
    )
    def test_clients_mark_a_file_whose_content_is_elsewhere(
        self, status: dict[str, int], answer: bool
    ) -> None:
        assert is_placeholder(SimpleNamespace(st_size=10, **status)) is answer

    def test_a_placeholder_is_not_opened_but_asked_for(self, root: Path) -> None:
        asked: list[Path] = []
        (root / "h").mkdir()
        (root / NAME).write_bytes(b"ten bytes!")
        wanted = ContentWanted(asked.append, start=lambda act: act())
        place = FolderPlace(root, placeholder=elsewhere, wanted=wanted)
        assert place.get(NAME, Stop()) == NotYet()
        assert asked == [root / NAME]
        assert place.list("h/", Stop()) == Listing((Entry(NAME, 10),))

    @pytest.mark.parametrize(
        "placeholder", [f"{NAME}.nextcloud", f"{NAME}.owncloud", f"h/.{NAME[2:]}.icloud"]
    )
    def test_a_placeholder_with_a_name_of_its_own_stands_for_the_object(
        self, root: Path, placeholder: str
    ) -> None:
        (root / "h").mkdir()
        (root / placeholder).write_bytes(b" ")
        place = FolderPlace(root)
        assert place.get(NAME, Stop()) == NotYet()
        assert place.list("h/", Stop()) == Listing((Entry(NAME, 0),))

    def test_zeros_after_a_lost_power_are_no_content(self, root: Path) -> None:
        (root / "h").mkdir()
        (root / NAME).write_bytes(bytes(5000))
        assert FolderPlace(root).get(NAME, Stop()) == NotYet()

    def test_a_file_that_grows_while_it_is_read_is_not_yet_there(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (root / "h").mkdir()
        (root / NAME).write_bytes(b"all of it")
        seen = os.stat_result((0o100644, 0, 0, 1, 0, 0, 4, 0, 0, 0))
        monkeypatch.setattr(Path, "lstat", lambda _: seen)
        assert FolderPlace(root).get(NAME, Stop()) == NotYet()

    def test_contents_are_asked_for_once_each_and_faults_pass(self, root: Path) -> None:
        asked: list[Path] = []

        def ask(path: Path) -> None:
            asked.append(path)
            raise OSError(errno.EIO, "the cloud does not answer")

        starts: list[Callable[[], None]] = []
        wanted = ContentWanted(ask, starts.append)
        for name in ("a", "b", "a"):
            wanted.want(root / name)
        starts.pop()()
        assert (asked, starts) == ([root / "a", root / "b"], [])

    def test_a_closed_place_asks_for_nothing_more(self, root: Path) -> None:
        asked: list[Path] = []
        starts: list[Callable[[], None]] = []
        wanted = ContentWanted(asked.append, starts.append)
        place = FolderPlace(root, placeholder=elsewhere, wanted=wanted)
        wanted.want(root / "a")
        place.close()
        starts.pop()()
        assert asked == []

    def test_the_first_byte_makes_a_client_bring_the_rest(self, root: Path) -> None:
        (root / "x").write_bytes(b"x")
        read_first_byte(root / "x")
        with pytest.raises(FileNotFoundError):
            read_first_byte(root / "y")


class TestForeignThings:
    @pytest.mark.parametrize(
        "copy", ["x (1).osy", "x-PC.osy", "x (PC の競合コピー 2026-04-01).osy", "x.sync-conflict-1.osy"]
    )
    def test_a_conflict_copy_is_one_more_object(self, root: Path, copy: str) -> None:
        (root / "b").mkdir()
        (root / "b" / copy).write_bytes(b"x")
        assert FolderPlace(root).list("", Stop()) == Listing((Entry(f"b/{copy}", 1),))
        assert FolderPlace(root).get(f"b/{copy}", Stop()) == Content(b"x")

    @pytest.mark.parametrize(
        "name", ["desktop.ini", "x.osy.tmp", "x.OSY~", ".hidden.osy", "b/.sync/x.osy", "x"]
    )
    def test_other_files_are_passed_over(self, root: Path, name: str) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
        assert FolderPlace(root).list("", Stop()) == Listing(())

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
    def test_links_and_pipes_are_no_objects(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "secret").write_bytes(b"of this machine")
        (root / "h").mkdir()
        (root / NAME).symlink_to(tmp_path / "secret")
        (root / "k").symlink_to(tmp_path)
        os.mkfifo(root / "h" / "pipe.osy")
        place = FolderPlace(root)
        assert place.list("", Stop()) == Listing(())
        assert [place.get(name, Stop()) for name in (NAME, "h/pipe.osy")] == [Missing(), Missing()]

    @pytest.mark.parametrize(
        "name", ["../x.osy", "/etc/x.osy", "h/../../x.osy", "h\\x.osy", "c:x.osy", "h/x.osy.tmp"]
    )
    def test_a_name_that_leads_elsewhere_is_refused(self, root: Path, name: str) -> None:
        with pytest.raises(ValueError, match="name"):
            FolderPlace(root).get(name, Stop())

    def test_what_may_not_be_read_is_told(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: Any) -> Iterator[Any]:
            raise PermissionError(errno.EACCES, "not yours")

        monkeypatch.setattr(os, "scandir", refuse)
        assert trouble_of(FolderPlace(root).list("", Stop())) is Trouble.REFUSED

    def test_deleting_what_another_program_holds_is_tried_again(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = FolderPlace(root)
        place.put(NAME, b"x", Stop())
        unlink, left = Path.unlink, [refusal(32)]

        def refuse_once(path: Path) -> None:
            if left:
                raise left.pop()
            unlink(path)

        monkeypatch.setattr(Path, "unlink", refuse_once)
        assert place.delete(NAME, QuickStop()) == Deleted()
