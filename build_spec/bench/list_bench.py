"""Scrolling a list of 100,000 rows, and the memory of the running window; each beside a bare PySide6 window.

Method. 企業一覧 with its filters, columns and delegates shows 100,000 rows, offscreen. A frame is one move of
the scroll bar to the end of its paint: 150 of three rows, 150 of a page, and 100 to places all over the list;
the floor is the same in a QTableView over a model of strings. Memory is what the process holds (resident,
Linux only) with the 60,000-line store open after 今日, 企業一覧, a company with its tabs and a visit were
shown, above the process of a bare window with a table.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from build_spec.bench.window_bench import (
    environment_in,
    heading_of,
    let_work,
    make_store,
    open_program,
    store_key,
    wait_for,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QTableView

    from app.rows.companies import CompanyListRow
    from ui.navigation import Route
    from ui.program import Program

ROWS, COLUMNS = 100_000, 7
SMALL_MOVES, PAGE_MOVES, JUMPS = 150, 150, 100


def main() -> None:
    """Print frames and memory with their floors."""
    with tempfile.TemporaryDirectory() as folder:
        make_store(Path(folder), "big", (300, 6_000, 60_000))
        held = {}
        for what in ("bare", "ours", "frames"):
            command = [sys.executable, "-m", "build_spec.bench.list_bench", what, folder]
            ran = subprocess.run(
                command, env=environment_in(Path(folder)), stdout=subprocess.PIPE, text=True, check=True
            )
            if what == "frames":
                print(ran.stdout, end="")
            else:
                held[what] = float(ran.stdout.split()[-1])
    print(f"素の窓: {held['bare']:.0f} MB、Banso: {held['ours']:.0f} MB")
    print(f"  差 {held['ours'] - held['bare']:.0f} MB (目標 130 以下)")


def _frames(_folder: Path) -> None:
    from PySide6.QtWidgets import QTableView

    from ui.application import make_application
    from ui.screens.companies.list_page import CompanyListPage

    make_application()
    bare = QTableView()
    bare.setModel(_bare_model())
    page = CompanyListPage(lambda: date(2026, 7, 22))
    page.show_rows([_listed(number) for number in range(ROWS)])
    for window in (bare, page):
        window.resize(1190, 600)
        window.show()
    let_work(200)
    floor, ours = _scrolled(bare), _scrolled(page.table)
    for name, times in (("素の QTableView", floor), ("企業一覧", ours)):
        print(f"{name} {ROWS:,}行 1コマ: 中央値 {median(times):.1f} ms、p95 {_p95(times):.1f} ms")
    print(f"  素の {_p95(ours) / _p95(floor):.2f}倍 (目標 p95 20 ms 以下)")


def _scrolled(table: QTableView) -> list[float]:
    """Milliseconds of every frame."""
    bar = table.verticalScrollBar()
    page, end = bar.pageStep(), bar.maximum()
    chance = random.Random(1)
    steps = [number * 3 * max(1, bar.singleStep()) for number in range(SMALL_MOVES)]
    steps += [number * page for number in range(PAGE_MOVES)]
    steps += [chance.randrange(end) for _ in range(JUMPS)]
    times = []
    for place in steps:
        begun = time.perf_counter()
        bar.setValue(place)
        table.viewport().repaint()
        times.append((time.perf_counter() - begun) * 1000)
        let_work()
    return times


def _bare_model() -> QAbstractItemModel:
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

    nowhere = QModelIndex()

    class Strings(QAbstractTableModel):
        def rowCount(self, _parent: object = nowhere) -> int:
            return ROWS

        def columnCount(self, _parent: object = nowhere) -> int:
            return COLUMNS

        def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            return f"行 {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None

    return Strings()


def _listed(number: int) -> CompanyListRow:
    from app.domain.terms import Confidentiality, EngagementStatus, Stage
    from app.rows.companies import CompanyListRow

    return CompanyListRow(
        id=str(number),
        name=f"北国精密{number}株式会社",
        industry_term="生産用機械器具製造業",
        status=EngagementStatus.SUPPORTED,
        stage=list(Stage)[number % 4],
        assignees=("佐藤 健", "鈴木 葵"),
        last_session_on=date(2026, 7, 1 + number % 22),
        next_action="弁理士に相談する日を決めて、図面の一覧を用意する",
        next_due_on=date(2026, 8, 1 + number % 28),
        confidentiality=Confidentiality.ASSIGNED,
        search_key=f"北国精密{number}",
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _bare(_folder: Path) -> None:
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QApplication, QTableView

    QApplication([])
    table = QTableView()
    table.setModel(QStringListModel([f"行 {number}" for number in range(300)]))
    table.resize(1366, 688)
    table.show()
    let_work(200)
    print(_resident_mb())


def _ours(folder: Path) -> None:
    from app.paths import StoreFolder
    from ui.application import make_application
    from ui.navigation import Place, Route
    from ui.program import Program

    make_application()
    program = Program(StoreFolder(folder / "big"), folder / "settings.json")
    program.start()
    open_program(program, store_key(folder, "big"))
    assert program.services is not None
    company = program.services.companies.list_rows()[0].id
    visit = program.services.companies.card(company).course[0].id
    tabs = (None, "sessions", "analysis", "plan", "history")
    _show(program, Route(Place.COMPANIES))
    for tab in tabs:
        _show(program, Route(Place.COMPANIES, company_id=company, tab=tab))
    _show(program, Route(Place.COMPANIES, company_id=company, tab="sessions", item_id=visit))
    print(_resident_mb())
    program.window.close()


def _show(program: Program, route: Route) -> None:
    program.window.open(route)
    wait_for(lambda: bool(heading_of(program).title))
    let_work(700)


def _resident_mb() -> float:
    held = Path("/proc/self/status").read_text(encoding="ascii").split("VmRSS:")[1].split()[0]
    return int(held) / 1024


if __name__ == "__main__":
    if sys.argv[1:]:
        {"frames": _frames, "bare": _bare, "ours": _ours}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
