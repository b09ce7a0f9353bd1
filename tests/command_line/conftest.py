"""Commands run in this process on copies of one practice store and one store with a passphrase."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.paths import HOME_VARIABLE, StoreFolder
from app.services.stores import make_empty_store
from ui.command_line.running import run

PASSPHRASE = "工場のカギは三つあるはず"


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    exit_code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.out)


Banso = Callable[..., Said]


@pytest.fixture
def banso(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Banso:
    """Run a command line; `typed` is what stands on its standard input."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    # Commands run in the process of the tests, which could not take its priority back.
    monkeypatch.setattr("ui.command_line.bundles.step_back", lambda: None)

    def command(*words: str | Path, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        capsys.readouterr()
        try:
            exit_code = run([str(word) for word in words])
        except SystemExit as left:
            exit_code = int(left.code or 0)
        return Said(exit_code, *capsys.readouterr())

    return command


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "practice"
    assert run(["demo", "--no-window", "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def practice(made_practice: Path, tmp_path: Path) -> Path:
    """A practice store that the test may spoil."""
    return Path(shutil.copytree(made_practice, tmp_path / "practice"))


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "store"
    make_empty_store(StoreFolder(folder), PASSPHRASE)
    return folder


@pytest.fixture
def store(made_store: Path, tmp_path: Path) -> Path:
    """An empty store that opens with `PASSPHRASE`."""
    return Path(shutil.copytree(made_store, tmp_path / "store"))
