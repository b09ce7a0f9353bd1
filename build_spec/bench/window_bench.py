"""Starting and opening, beside a bare PySide6 window with one table, in one run.

Method. Each figure is the median of five fresh processes, ours and the floor in turn, offscreen. The
floor is the time from starting the interpreter to the end of the first paint of a QTableView with 300
rows. First paint of the unlock screen counts from the same start. 今日 counts from the moment the key is
known to the end of the first paint with its lists filled; a company of 100 visits from the click to the
end of the paint with its 経過. A form of ten fields counts from the save to the end of the paint of the
company's file with the new values, once what the program does by itself after its start has ended; its floor
is one durable INSERT into an encrypted file. The store has 300 companies, 6,000 visits, 60,000 lines.
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.crypto.key_slots import StoreKey
    from app.rows.forms import Form
    from app.services.directory import Services
    from ui.program import Program
    from ui.screens.screen import Heading

RUNS, SAVES = 5, 100
STARTED = "BANSO_BENCH_STARTED_NS"
FORM = {
    "name": "北国精密",
    "kana": "ホッコクセイミツ",
    "corporate_number": "89900000000",
    "products": "治具",
    "representative_name": "高橋",
    "street": "1-",
    "city": "みどり市",
    "industry_middle": "24",
    "prefecture": "新潟県",
    "founded_on": "1971",
}
LOOK_MS = 4_000
"""What a person takes to find a company in the list."""
_PASSPHRASE = "速さを測るための合言葉です"  # noqa: S105 - of a store that lives for a minute


def main() -> None:
    """Print every figure with its ratio to the floor."""
    with tempfile.TemporaryDirectory() as folder:
        make_store(Path(folder), "big", (300, 6_000, 60_000))
        make_store(Path(folder), "hundred", (1, 100, 1_500))
        found: dict[str, list[float]] = {}
        for _ in range(RUNS):
            for what in ("bare", "ours", "company", "rested"):
                for name, took in _measured(what, Path(folder)).items():
                    found.setdefault(name, []).append(took)
    middle = {name: statistics.median(times) for name, times in found.items()}
    floor = middle["bare"]
    print(f"素の窓と表 (起動から): {floor:.0f} ms")
    print(f"鍵の画面 (起動から): {middle['unlock']:.0f} ms、{middle['unlock'] / floor:.2f}倍 (目標 2 以下)")
    print(f"今日 (鍵がわかってから): {middle['today']:.0f} ms、{middle['today'] / floor:.2f}倍 (目標 5 以下)")
    for name, when in (("rested", "一覧を見てから"), ("company", "起動してすぐ")):
        print(f"100面談の企業を開く ({when}): {middle[name]:.0f} ms (目標 150 以下)")
    above = middle["saved"] - middle["commit"]
    print(
        f"10項目の保存から表示まで p99: {middle['saved']:.1f} ms、素の書き込み p99 {middle['commit']:.1f} ms"
    )
    print(f"  差 {above:.1f} ms (目標 15 以下)")


def _measured(what: str, folder: Path) -> dict[str, float]:
    environment = {**environment_in(folder), STARTED: str(time.monotonic_ns())}
    command = [sys.executable, "-m", "build_spec.bench.window_bench", what, str(folder)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=25)
    pairs = (line.split() for line in ran.stdout.splitlines())
    return {name: float(took) for name, took in pairs}


def environment_in(folder: Path) -> dict[str, str]:
    """Where a measured process lives: without a display, its files in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "BANSO_HOME": str(folder / "home")}


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
    open_program(program, store_key(folder, "big"))
    _saving(program, folder)
    program.window.close()


def open_program(program: Program, key: StoreKey) -> None:
    """Give the key, wait for 今日, and tell how long that took."""
    wait_for(lambda: program.entrance.is_asking)
    begun = time.perf_counter()
    program.entrance.open_with_key(key)
    wait_for(lambda: bool(heading_of(program).facts))
    program.window.grab()
    print("today", (time.perf_counter() - begun) * 1000)


def _company_rested(folder: Path) -> None:
    _company(folder, LOOK_MS)


def _company(folder: Path, look_ms: int = 0) -> None:
    from app.paths import StoreFolder
    from ui.application import make_application
    from ui.navigation import Place, Route
    from ui.program import Program

    make_application()
    program = Program(StoreFolder(folder / "hundred"), folder / "settings.json")
    program.start()
    open_program(program, store_key(folder, "hundred"))
    assert program.services is not None
    company = program.services.companies.list_rows()[0].id
    program.window.open(Route(Place.COMPANIES))
    wait_for(lambda: bool(heading_of(program).facts))
    let_work(look_ms)
    begun = time.perf_counter()
    program.window.open(Route(Place.COMPANIES, company_id=company))
    wait_for(lambda: bool(heading_of(program).title))
    program.window.grab()
    print("rested" if look_ms else "company", (time.perf_counter() - begun) * 1000)
    program.window.close()


def _saving(program: Program, folder: Path) -> None:
    """Ten fields of a company saved, until its file shows them; beside a bare durable commit each time."""
    from app.services.directory import Services
    from build_spec.screens import settle
    from db.engine import connect
    from ui.navigation import Place, Route

    services = program.services
    assert isinstance(services, Services)
    company = services.companies.list_rows()[0].id
    program.window.open(Route(Place.COMPANIES, company_id=company))
    wait_for(lambda: bool(heading_of(program).title))
    let_work(LOOK_MS)
    settle(program)
    floor = connect(folder / f"floor{os.getpid()}.db", store_key(folder, "big").raw)
    floor.execute("CREATE TABLE t(v BLOB)")
    bare, ours = [], []
    for number in range(SAVES):
        begun = time.perf_counter()
        floor.execute("INSERT INTO t(v) VALUES(?)", (os.urandom(200),))
        bare.append((time.perf_counter() - begun) * 1000)
        form = services.companies.form(company).form
        values = {name: f"{word}{number}" for name, word in FORM.items()}
        begun = time.perf_counter()
        program.tasks.run(partial(_save, services, form, values))
        _wait_for_title(program, str(number))
        let_work()  # what has changed is painted before the loop comes round again
        let_work()
        ours.append((time.perf_counter() - begun) * 1000)
    floor.close()
    print("saved", p99(ours))
    print("commit", p99(bare))


def _save(services: Services, form: Form, values: dict[str, object], _ticket: object) -> None:
    services.companies.change(form, values)


def p99(times: list[float]) -> float:
    """What ninety-nine of a hundred do not exceed."""
    return sorted(times)[int(len(times) * 0.99) - 1]


def heading_of(program: Program) -> Heading:
    """What the title line of the screen in front says; nothing while the window is locked."""
    from ui.screens.screen import Heading

    screen = program.window.current_screen()
    return screen.heading() if screen is not None and not program.window.is_locked else Heading("")


def _wait_for_title(program: Program, end: str) -> None:
    """Let the window rest, as it does before a person, until the screen says that its title is another."""
    from PySide6.QtCore import QEventLoop

    screen, loop = program.window.current_screen(), QEventLoop()
    assert screen is not None

    def look() -> None:
        if screen.heading().title.endswith(end):
            loop.quit()

    screen.heading_changed.connect(look)
    loop.exec()
    screen.heading_changed.disconnect(look)


def wait_for(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not is_so():
        let_work(1)


def let_work(milliseconds: int = 0) -> None:
    """Let the window do what waits for it."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def make_store(folder: Path, name: str, size: tuple[int, int, int]) -> None:
    """A store of so many companies, visits and lines in `folder`; `store_key` gives its key."""
    from app.bootstrap import create_store, open_workplace
    from app.paths import StoreFolder
    from app.store_keys import new_keys
    from build_spec.bench.big_store import fill

    keys = new_keys("00000000-0000-7000-8000-000000000001", _PASSPHRASE)
    (folder / f"{name}.key").write_bytes(keys.key.raw)
    store = StoreFolder(folder / name)
    create_store(store, keys)
    place = open_workplace(store, keys.key)
    companies, visits, lines = size
    fill(place.store, companies=companies, visits=visits, lines=lines)
    place.store.close()


def store_key(folder: Path, name: str) -> StoreKey:
    """The key of a store that `make_store` made."""
    from app.crypto.key_slots import StoreKey

    return StoreKey((folder / f"{name}.key").read_bytes())


if __name__ == "__main__":
    if sys.argv[1:]:
        run = {"bare": lambda _: _bare(), "ours": _ours, "company": _company, "rested": _company_rested}
        run[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
