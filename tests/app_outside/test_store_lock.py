import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import FolderReadOnly, FolderVanished, StoreInUse
from app.paths import StoreFolder
from app.store_lock import holding
from tests.troubled_disk import Stick

HOLDER = (
    "import sys\n"
    "from pathlib import Path\n"
    "from app.paths import StoreFolder\n"
    "from app.store_lock import holding\n"
    "with holding(StoreFolder(Path(sys.argv[1]))):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


@contextmanager
def another_process_holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder
        assert holder.stdin
        holder.stdin.close()


def test_a_store_held_by_another_process_is_refused_and_named(tmp_path: Path) -> None:
    with another_process_holding(tmp_path) as holder:
        with pytest.raises(StoreInUse) as told, holding(StoreFolder(tmp_path)):
            pytest.fail("two processes hold one store")
        assert told.value.facts == {"process_id": holder.pid}


def test_a_store_is_free_when_its_holder_is_done(tmp_path: Path) -> None:
    with another_process_holding(tmp_path):
        pass
    with holding(StoreFolder(tmp_path)):
        pass


def test_a_store_is_free_when_its_holder_was_killed(tmp_path: Path) -> None:
    with another_process_holding(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        holder.wait(10)
    with holding(StoreFolder(tmp_path)):
        pass


def test_the_same_process_cannot_hold_a_store_twice(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    with holding(folder), pytest.raises(StoreInUse) as told, holding(folder):
        pytest.fail("held twice")
    assert told.value.facts == {"process_id": os.getpid()}


def test_a_store_is_let_go_when_the_work_fails(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    with pytest.raises(RuntimeError), holding(folder):
        raise RuntimeError
    with holding(folder):
        pass


@pytest.mark.parametrize("signed", ["", "[]", '{"process_id": "x"}', None])
def test_a_spoiled_signature_does_not_hide_that_the_store_is_held(tmp_path: Path, signed: str | None) -> None:
    folder = StoreFolder(tmp_path)
    with holding(folder):
        folder.holder.unlink() if signed is None else folder.holder.write_text(signed)
        with pytest.raises(StoreInUse) as told, holding(folder):
            pytest.fail("held twice")
    assert told.value.facts == {"process_id": 0}


def test_different_stores_are_held_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with holding(StoreFolder(tmp_path / "one")), holding(StoreFolder(tmp_path / "two")):
        pass


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "file" / "store"
    (tmp_path / "file").touch()
    with pytest.raises((FolderVanished, FolderReadOnly)), holding(StoreFolder(gone)):
        pytest.fail("held nothing")


def test_a_folder_that_takes_no_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("filelock.FileLock._acquire", refuse)
    with pytest.raises(FolderReadOnly), holding(StoreFolder(tmp_path)):
        pytest.fail("held nothing")


def test_a_store_whose_medium_came_back_is_held_again(tmp_path: Path) -> None:
    stick = Stick(tmp_path / "content", tmp_path / "stick")
    stick.plug_in()
    folder = StoreFolder(stick.place)
    with holding(folder) as hold:
        stick.pull_out()
        (tmp_path / "content" / folder.lock.name).unlink()  # as when another machine wrote on it
        stick.plug_in()
        hold.take_again()
        with pytest.raises(StoreInUse), holding(folder):
            pytest.fail("two hold one store")
    with another_process_holding(folder.path):
        pass
    stick.pull_out()


def test_a_store_that_another_process_took_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    with holding(folder) as hold:
        folder.lock.unlink()
        with another_process_holding(tmp_path) as holder:
            with pytest.raises(StoreInUse) as told:
                hold.take_again()
            assert told.value.facts == {"process_id": holder.pid}
            hold.let_go()
            assert folder.holder.exists()
