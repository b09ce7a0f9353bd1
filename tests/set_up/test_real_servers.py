import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from build_spec import commands, real_servers
from build_spec.commands import run
from build_spec.environment import SetUpFailed
from build_spec.real_servers import missing_servers, provide_azurite, provide_servers


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A Debian, seen as root, without any server; returns what was installed on it."""
    asked: list[list[str]] = []

    def npm(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(real_servers.shutil, "which", lambda name: None)
    monkeypatch.setattr(real_servers, "provide", lambda packages: asked.append(list(packages)))
    monkeypatch.setattr(real_servers, "may_install", lambda: True)
    monkeypatch.setattr(real_servers, "SERVERS", tmp_path / "servers")
    monkeypatch.setattr(real_servers, "AZURITE", tmp_path / "servers" / "azurite")
    monkeypatch.setattr(real_servers.subprocess, "run", npm)
    return asked


def test_the_suite_needs_one_small_server(installed: list[list[str]]) -> None:
    provide_servers(every=False)
    assert installed == [["apache2-bin"]]


def test_every_server_comes_from_debian_or_npm(installed: list[list[str]]) -> None:
    provide_servers(every=True)
    assert installed[0] == ["apache2-bin", "ceph-mon", "ceph-osd", "radosgw", "nodejs", "npm"]
    assert installed[1][:2] == ["npm", "install"]


def test_the_suite_goes_on_without_where_nothing_may_be_installed(
    installed: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_servers, "may_install", lambda: False)
    provide_servers(every=False)
    assert installed == []


def test_the_suite_goes_on_without_what_cannot_be_fetched(
    installed: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def offline(_: object) -> None:
        raise SetUpFailed("no network")

    monkeypatch.setattr(real_servers, "provide", offline)
    provide_servers(every=False)
    assert "no network" in capsys.readouterr().err
    with pytest.raises(SetUpFailed):
        provide_servers(every=True)
    assert installed == []


def test_azurite_is_taken_once(installed: list[list[str]]) -> None:
    real_servers.AZURITE.mkdir(parents=True)
    provide_azurite()
    assert installed == []


@pytest.mark.usefixtures("installed")
def test_what_npm_says_when_it_stops_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = subprocess.CompletedProcess(["npm"], 1, "", "no such version")
    monkeypatch.setattr(real_servers.subprocess, "run", lambda *_, **__: stopped)
    with pytest.raises(SetUpFailed, match="no such version"):
        provide_azurite()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_no_packages_for_them(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert missing_servers(every=True) == []


def test_the_commands_ask_for_their_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(commands, "missing_packages", lambda **_: [])
    monkeypatch.setattr(commands, "ready_python", lambda: Path(sys.executable))
    monkeypatch.setattr(commands, "provide_servers", lambda *, every: asked.append(every))
    monkeypatch.setattr(commands, "_start", lambda *_, **__: 0)
    assert [run([name]) for name in ("test", "servers", "long")] == [0, 0, 0]
    assert asked == [False, True]
