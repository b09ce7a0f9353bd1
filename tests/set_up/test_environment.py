import shutil
import stat
import sys
from pathlib import Path

import pytest

from build_spec import environment
from build_spec.environment import SetUpFailed, explain, fetch, python_of, ready_python, stamp_of

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in interpreter is a shell script")


def stand_in(environment_dir: Path, *, pip_says: str, pip_ends: int) -> Path:
    """Put an interpreter into an environment that claims this Python's version and answers for pip."""
    python = python_of(environment_dir)
    python.parent.mkdir(parents=True)
    version = sys.version.split()[0]
    answer = f"#!/bin/sh\nif [ $1 = -c ]; then echo {version}; else echo '{pip_says}'; exit {pip_ends}; fi\n"
    python.write_text(answer, encoding="utf-8")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return python


@posix_only
def test_a_finished_environment_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = stand_in(tmp_path, pip_says="", pip_ends=0)
    assert ready_python(tmp_path) == python
    monkeypatch.setattr(environment, "subprocess", None)
    assert ready_python(tmp_path) == python


@posix_only
def test_changed_pins_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(tmp_path, pip_says="", pip_ends=0)
    ready_python(tmp_path)
    pins = tmp_path / "requirements.txt"
    pins.write_text("other==1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "REQUIREMENTS", pins)
    capsys.readouterr()
    ready_python(tmp_path)
    assert "取り寄せています" in capsys.readouterr().err


@posix_only
def test_an_installation_that_failed_is_tried_again_next_time(tmp_path: Path) -> None:
    python = stand_in(tmp_path, pip_says="Temporary failure in name resolution", pip_ends=1)
    for _ in range(2):
        with pytest.raises(SetUpFailed, match="ネットワークにつないで"):
            ready_python(tmp_path)
    shutil.rmtree(python.parent)
    stand_in(tmp_path, pip_says="", pip_ends=0)
    ready_python(tmp_path)


@posix_only
def test_what_one_command_needs_is_fetched_once_into_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins, folder = tmp_path / "pins.txt", tmp_path / "fetched"
    pins.write_text("other==1\n", encoding="utf-8")
    failing = stand_in(tmp_path / "failing", pip_says="No matching distribution", pip_ends=1)
    for _ in range(2):
        with pytest.raises(SetUpFailed, match="この端末に合う部品が見つかりません"):
            fetch(pins, folder, failing)
    python = stand_in(tmp_path / "sound", pip_says="", pip_ends=0)
    fetch(pins, folder, python)
    monkeypatch.setattr(environment, "subprocess", None)
    fetch(pins, folder, python)


def test_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "venv_is_missing", lambda: True)
    with pytest.raises(SetUpFailed, match="apt install python3-venv"):
        ready_python(tmp_path / ".venv")


@pytest.mark.parametrize(("system", "place"), [("win32", "Scripts/python.exe"), ("darwin", "bin/python")])
def test_each_system_keeps_the_interpreter_in_its_own_place(
    system: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert python_of(Path("env")) == Path("env", place)


def test_the_stamp_follows_the_pins_and_the_python_version() -> None:
    stamps = {stamp_of(b"a==1", "3.11.7"), stamp_of(b"a==2", "3.11.7"), stamp_of(b"a==1", "3.11.8")}
    assert len(stamps) == 3


@pytest.mark.parametrize(
    ("pip_says", "advice"),
    [
        ("Retrying after connection broken by 'NewConnectionError(...)'", "つながりませんでした"),
        ("OSError: [Errno 28] No space left on device", "空きが足りません"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "止めました"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "端末に合う部品が"),
        ("something nobody has seen yet", "something nobody has seen yet"),
    ],
)
def test_the_ending_of_pip_becomes_advice(pip_says: str, advice: str) -> None:
    assert advice in explain(pip_says)


def test_a_lost_network_is_not_taken_for_a_missing_package() -> None:
    both = "NewConnectionError ...\nERROR: No matching distribution found for cffi==2.1.1"
    assert "つながりませんでした" in explain(both)
