"""Starting and opening, beside a bare PySide6 window with one table, in one run.

Method. Each figure is the median of five fresh processes, ours and the floor in turn, offscreen. The
floor is the time from starting the interpreter to the end of the first paint of a QTableView with 300
rows. First paint of the unlock screen counts from the same start. 今日 counts from the moment the key is
known to the end of the first paint with its lists filled; a company of 100 visits from the click to the
end of the paint with its 経過. The store has 300 companies, 6,000 visits, 60,000 lines.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.crypto.key_slots import StoreKey
    from ui.program import Program

RUNS = 5
STARTED = "BANSO_BENCH_STARTED_NS"
_PASSPHRASE = "速さを測るための合言葉です"  # noqa: S105 - of a store that lives for a minute


def main() -> None:
    """Print every figure with its ratio to the floor."""
    with tempfile.TemporaryDirectory() as folder:
        _make_stores(Path(folder))
        found: dict[str, list[float]] = {}
        for _ in range(RUNS):
            for what in ("bare", "ours", "company"):
                for name, took in _measured(what, Path(folder)).items():
                    found.setdefault(name, []).append(took)
    middle = {name: statistics.median(times) for name, times in found.items()}
    floor = middle["bare"]
    print(f"素の窓と表 (起動から): {floor:.0f} ms")
    print(f"鍵の画面 (起動から): {middle['unlock']:.0f} ms、{middle['unlock'] / floor:.2f}倍 (目標 2 以下)")
    print(f"今日 (鍵がわかってから): {middle['today']:.0f} ms、{middle['today'] / floor:.2f}倍 (目標 5 以下)")
    print(f"100面談の企業を開く: {middle['company']:.0f} ms (目標 150 以下)")


def _measured(what: str, folder: Path) -> dict[str, float]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "QT_QPA_PLATFORM": "offscreen",
        "BANSO_HOME": str(folder / "home"),
        STARTED: str(time.monotonic_ns()),
    }
    command = [sys.executable, "-m", "build_spec.bench.window_bench", what, str(folder)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    pairs = (line.split() for line in ran.stdout.splitlines())
    return {name: float(took) for name, took in pairs}


def _since_start() -> float:
    return (time.monotonic_ns() - int(os.environ[STARTED])) / 1e6


def _bare() -> None:
    from PySide6.QtCore import QEvent, QObject, QStringListModel
    from PySide6.QtWidgets import QApplication, QTableView

    application = QApplication([])

    class FirstPaint(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                application.quit()
            return False

    table = QTableView()
    table.setModel(QStringListModel([f"行 {number}" for number in range(300)]))
    seen = FirstPaint()
    table.viewport().installEventFilter(seen)
    table.resize(1366, 688)
    table.show()
    application.exec()
    table.grab()
    print("bare", _since_start())


def _ours(folder: Path) -> None:
    from app.paths import StoreFolder
    from ui.application import make_application
    from ui.program import Program

    application = make_application()
    program = Program(StoreFolder(folder / "big"), folder / "settings.json")
    program.start()
    application.sendPostedEvents()
    program.window.grab()
    print("unlock", _since_start())
    _open(program, _key(folder))


def _open(program: Program, key: StoreKey) -> None:
    from ui.screens.today.screen import TodayScreen

    _wait_for(lambda: program.entrance.is_asking)
    begun = time.perf_counter()
    program.entrance.open_with_key(key)
    _wait_for(partial(_is_filled, program, TodayScreen))
    program.window.grab()
    print("today", (time.perf_counter() - begun) * 1000)
    program.window.close()


def _company(folder: Path) -> None:
    from app.paths import StoreFolder
    from ui.application import make_application
    from ui.navigation import Place, Route
    from ui.program import Program
    from ui.screens.companies.view import CompaniesScreen
    from ui.screens.company.view import CompanyScreen

    make_application()
    program = Program(StoreFolder(folder / "hundred"), folder / "settings.json")
    program.start()
    _wait_for(lambda: program.entrance.is_asking)
    program.entrance.open_with_key(_key(folder))
    _wait_for(lambda: program.services is not None and not program.window.is_locked)
    assert program.services is not None
    company = program.services.companies.list_rows()[0].id
    program.window.open(Route(Place.COMPANIES))
    _wait_for(partial(_is_filled, program, CompaniesScreen))
    begun = time.perf_counter()
    program.window.open(Route(Place.COMPANIES, company_id=company))
    _wait_for(partial(_is_filled, program, CompanyScreen))
    program.window.grab()
    print("company", (time.perf_counter() - begun) * 1000)
    program.window.close()


def _is_filled(program: Program, kind: type[Any]) -> bool:
    screen = program.window.current_screen()
    return isinstance(screen, kind) and screen.is_filled


def _wait_for(is_so: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    while not is_so():
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()


def _make_stores(folder: Path) -> None:
    from app.bootstrap import create_store, open_workplace
    from app.paths import StoreFolder
    from app.store_keys import new_keys
    from build_spec.bench.big_store import fill

    keys = new_keys("00000000-0000-7000-8000-000000000001", _PASSPHRASE)
    (folder / "key").write_bytes(keys.key.raw)
    for name, size in (("big", (300, 6_000, 60_000)), ("hundred", (1, 100, 1_500))):
        store = StoreFolder(folder / name)
        create_store(store, keys)
        place = open_workplace(store, keys.key)
        companies, visits, lines = size
        fill(place.store, companies=companies, visits=visits, lines=lines)
        place.store.close()


def _key(folder: Path) -> StoreKey:
    from app.crypto.key_slots import StoreKey

    return StoreKey((folder / "key").read_bytes())


if __name__ == "__main__":
    if sys.argv[1:]:
        {"bare": lambda _: _bare(), "ours": _ours, "company": _company}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
