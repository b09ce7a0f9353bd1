import os
import subprocess
import sys
from typing import Any

import pytest

from build_spec import system_libraries
from build_spec.environment import SetUpFailed
from build_spec.system_libraries import DRAWING, WINDOWS_ON_X11, loads, missing_packages, provide


@pytest.fixture
def bare_debian(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Debian on which no library loads, seen as root; returns the apt-get calls made on it."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "loads", lambda library: False)
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_libraries.subprocess, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    return asked


@pytest.mark.usefixtures("bare_debian")
def test_drawing_needs_less_than_windows() -> None:
    assert missing_packages(windows=False) == list(DRAWING.values())
    assert missing_packages(windows=True) == [*DRAWING.values(), *WINDOWS_ON_X11.values()]


@pytest.mark.usefixtures("bare_debian")
def test_a_python_without_venv_is_completed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "venv_is_missing", lambda: True)
    assert missing_packages(windows=False)[0] == "python3-venv"


@pytest.mark.usefixtures("bare_debian")
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_need_no_packages(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert missing_packages(windows=True) == []


def test_root_on_debian_gets_the_packages_installed(bare_debian: list[list[str]]) -> None:
    provide(["libegl1", "libgl1"])
    assert [command[2] for command in bare_debian] == ["update", "install"]
    assert bare_debian[1][-2:] == ["libegl1", "libgl1"]


def test_nothing_is_asked_when_nothing_is_missing(bare_debian: list[list[str]]) -> None:
    provide([])
    assert bare_debian == []


def test_others_are_given_the_exact_command(
    bare_debian: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SetUpFailed, match="sudo apt-get install -y libegl1 libgl1\n"):
        provide(["libegl1", "libgl1"])
    assert bare_debian == []


def test_a_library_that_is_not_there_does_not_load() -> None:
    assert not loads("libbanso-is-no-library.so.1")
