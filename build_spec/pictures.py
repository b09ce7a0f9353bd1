"""Pictures of every screen: light and dark, three window sizes, with the practice region and empty.

`dev.py pictures [FOLDER]` writes `FOLDER/<practice|empty>/<size>-<theme>/<screen>.png`; the default folder
is `build/pictures`. The clock stands still, so the same program draws the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.terms import EngagementStatus
from app.paths import StoreFolder
from app.services.directory import Services
from app.services.practice_store import make_practice_store
from app.services.store_door import FirstEntries, StoreDoor
from app.settings import Theme
from ui.application import make_application, show_theme
from ui.navigation import Place, Route
from ui.program import Program
from ui.theme.metrics import TextStep

SIZES = ((1024, 520), (1366, 688), (1920, 1000))
THEMES: tuple[Theme, ...] = ("light", "dark", "contrast")
NOON = datetime(2026, 7, 22, 4, 38, tzinfo=UTC)
"""13:38 on Wednesday 22 July 2026 in Japan."""
_PASSPHRASE = "絵を描くための合言葉です"  # noqa: S105 - of a store that lives for a minute


class StillClock:
    """Stands at one moment."""

    def now(self) -> datetime:
        """That moment."""
        return NOON


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name and the route it shows."""

    name: str
    route: Route


def main(arguments: list[str]) -> int:
    """Draw everything into the folder named, telling each file."""
    target = Path(arguments[0] if arguments else "build/pictures").absolute()
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BANSO_HOME"] = folder
        for kind, make in (("practice", make_practice), ("empty", _empty)):
            store = StoreFolder(Path(folder) / kind)
            make(store)
            _draw(store, target / kind, Path(folder))
    _draw_first_run(target / "empty")
    print(f"できました: {target}")
    return 0


def make_practice(store: StoreFolder) -> None:
    make_practice_store(store, StillClock())


def _empty(store: StoreFolder) -> None:
    door = StoreDoor(store, clock=StillClock())
    keys = door.draw_keys(_PASSPHRASE, _PASSPHRASE)
    entries = FirstEntries("北国県", 1, "鈴木 花子", "北国県産業振興財団", "補佐")
    door.close(door.create(keys, _PASSPHRASE, entries).services)


def _draw(store: StoreFolder, target: Path, home: Path) -> None:
    program = Program(store, home / "settings.json", StillClock())
    program.start()
    if not store.database.exists():
        raise SystemExit("記録がありません")
    settle(program)
    if program.services is None:
        _type_passphrase(program)
    services = program.services
    assert services is not None
    for theme in THEMES:
        for width, height in SIZES:
            show_theme(theme, TextStep.STANDARD)
            program.window.resize(width, height)
            for shot in shots(services):
                program.window.open(shot.route)
                settle(program)
                if shot.route.company_ids:
                    until(partial(_is_drawn, program))
                keep(program, target / f"{width}x{height}-{theme}" / f"{shot.name}.png")
            program.lock()
            keep(program, target / f"{width}x{height}-{theme}" / "lock.png")
            program.window.hide_lock()
    program.window.close()


def shots(services: Services) -> Iterator[Shot]:
    """Every screen that a store of this kind has."""
    yield Shot("S01-today", Route(Place.TODAY))
    yield Shot("S02-companies", Route(Place.COMPANIES))
    yield Shot("S02-new-company", Route(Place.COMPANIES, tab="new"))
    yield from _company_shots(services)
    own = "practice" if services.is_practice else "keys"
    for tab in ("team", "people", "masters", "looks", own, "backups", "trash", "about"):
        yield Shot(f"settings-{tab}", Route(Place.SETTINGS, tab=tab))


def _company_shots(services: Services) -> Iterator[Shot]:
    companies = services.companies.list_rows()
    if not companies:
        yield Shot("S10-printing", Route(Place.DOCUMENTS))
        return
    company = companies[0]
    course = services.companies.card(company.id).course
    for name, tab in (
        ("overview", None),
        ("sessions", "sessions"),
        ("intake", "intake"),
        ("history", "history"),
    ):
        yield Shot(f"S03-{name}", Route(Place.COMPANIES, company_id=company.id, tab=tab))
    session = max(course, key=lambda entry: entry.decisions + entry.homework)
    yield Shot("S04-visit", Route(Place.COMPANIES, company_id=company.id, tab="sessions", item_id=session.id))
    yield Shot("S06-analysis", Route(Place.COMPANIES, company_id=company.id, tab="analysis"))
    yield Shot("S07-plan", Route(Place.COMPANIES, company_id=company.id, tab="plan"))
    supported = tuple(each.id for each in companies if each.status is EngagementStatus.SUPPORTED)
    for document in ("history", "minutes", "plan", "visit-sheet"):
        route = Route(Place.DOCUMENTS, company_ids=supported[:1], document=document)
        yield Shot(f"S10-{document}", route)


def _draw_first_run(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Program(StoreFolder(Path(folder) / "none"), Path(folder) / "settings.json", StillClock())
        program.start()
        for theme in THEMES:
            for width, height in SIZES:
                show_theme(theme, TextStep.STANDARD)
                program.window.resize(width, height)
                keep(program, target / f"{width}x{height}-{theme}" / "S13-first-run.png")
        program.window.close()


def _type_passphrase(program: Program) -> None:
    program.entrance.open_with_passphrase(_PASSPHRASE)
    until(lambda: program.services is not None)
    settle(program)


def _is_drawn(program: Program) -> bool:
    """Whether the screen in front has all it shows: the preview of paper draws its pages by and by."""
    return bool(getattr(program.window.current_screen(), "is_shown", True))


def settle(program: Program) -> None:
    """Wait until store thread and side pool have answered, and what the answers asked for as well."""
    for _ in range(3):
        for side in (False, True):
            answered: list[bool] = []
            program.tasks.run(lambda _: True, answered.append, side=side)
            until(lambda heard=answered: bool(heard))
    _wait(30)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if is_so():
            return
        _wait(10)
    raise TimeoutError


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def keep(program: Program, path: Path) -> None:
    QApplication.sendPostedEvents()
    _wait(20)
    path.parent.mkdir(parents=True, exist_ok=True)
    program.window.grab().save(str(path))
    print(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
