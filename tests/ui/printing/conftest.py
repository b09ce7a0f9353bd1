import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.terms import EngagementStatus
from app.paths import StoreFolder
from app.services.directory import Services
from app.services.practice_store import make_practice_store
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.printing.screen import PrintingScreen

NOON = datetime(2026, 7, 22, 4, 38, tzinfo=UTC)
"""13:38 on Wednesday 22 July 2026 in Japan: 令和8年度."""


class StillClock:
    def now(self) -> datetime:
        return NOON


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "store"
    make_practice_store(StoreFolder(folder), StillClock())
    return folder


@dataclass
class Desk:
    """The running program on the practice region, with what was printed."""

    program: Program
    services: Services
    qtbot: QtBot
    printed: Path

    @property
    def screen(self) -> PrintingScreen:
        screen = self.program.window.current_screen()
        assert isinstance(screen, PrintingScreen)
        return screen

    def supported(self) -> tuple[str, ...]:
        rows = self.services.companies.list_rows()
        return tuple(row.id for row in rows if row.status is EngagementStatus.SUPPORTED)

    def open(self, **route: object) -> PrintingScreen:
        """Open 印刷 and wait for the pages."""
        self.go(Route(Place.DOCUMENTS, **route))  # type: ignore[arg-type]
        self.until_shown()
        return self.screen

    def go(self, route: Route) -> None:
        """Go there, and wait until the focus has come along."""
        self.program.window.open(route)
        self.until(lambda: self.focused().isVisible())

    def focused(self) -> QWidget:
        """What has the keyboard."""
        widget = self.program.window.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(self.focused(), key, modifier)

    def until_shown(self) -> None:
        self.until(lambda: not self.screen._rest.isActive() and self.screen.is_shown)

    def until(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()))

    def jobs(self) -> list[bytes]:
        """What came out of the printer, in order."""
        return [path.read_bytes() for path in sorted(self.printed.glob("job-*.pdf"))]

    def issued(self) -> list[dict[str, object]]:
        with self.services.place.reading() as reading:
            return [each for each in reading.records("issued_document") if each["issued_at"] == NOON]


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer of this device that keeps what it is given: stand-ins for CUPS's two programs."""
    programs, out = tmp_path / "bin", tmp_path / "printed"
    programs.mkdir()
    out.mkdir()
    lp = f"""#!/bin/sh
n=$(ls {out} | grep -c job)
printf '%s\\n' "$@" > {out}/args-$(printf %03d $n)
cat > {out}/job-$(printf %03d $n).pdf
"""
    lpstat = """#!/bin/sh
case "$1" in
-e) printf 'shared\\nspare\\n' ;;
-d) echo 'system default destination: shared' ;;
-l) printf 'printer %s is idle.\\n\\tDescription: 2階 共用プリンター\\n' "$3" ;;
esac
"""
    for name, text in (("lp", lp), ("lpstat", lpstat)):
        path = programs / name
        path.write_text(text, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return out


@pytest.fixture
def desk(practice: Path, printed: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    folder = tmp_path / "store"
    shutil.copytree(practice, folder)
    program = Program(StoreFolder(folder), tmp_path / "settings.json", StillClock())
    faults: list[Exception] = []
    program.tasks.failed_unheard.connect(faults.append)
    program.start()
    qtbot.waitUntil(lambda: program.services is not None)
    assert program.services is not None
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    yield Desk(program, program.services, qtbot, printed)
    program.window.close()
    # At once, as at the end of a process: the garbage collector would take the parts in any order.
    shiboken6.delete(program.window)
    shiboken6.delete(program)
    assert faults == []
