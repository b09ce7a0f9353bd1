"""The whole program on the practice region and on an empty store, one window for all tests of a kind."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import StoreFolder
from build_spec import screens
from build_spec.pictures import open_program
from tests.ui.conftest import SHARED
from ui.program import Program


@pytest.fixture(scope="session")
def practice(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The practice region, which has something of everything."""
    home = tmp_path_factory.mktemp("whole")
    yield from opened(screens.make_practice, home)


@pytest.fixture(scope="session")
def empty(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A store as the first run leaves it."""
    home = tmp_path_factory.mktemp("empty")
    yield from opened(screens.make_empty, home)


def opened(make: screens.Maker, home: Path) -> Iterator[Program]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANSO_HOME", str(home))
        store = StoreFolder(home / "store")
        make(store)
        program = open_program(store, home)
        program.window.setProperty(SHARED, True)
        program.window.activateWindow()
        yield program
        screens.close(program)
        del program
        gc.collect()
