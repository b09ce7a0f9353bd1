"""The store beside its floors, in one run: saving a form, opening a company, the price of encryption.

Method. Every figure is taken in the same process, ours and its floor in turn, on files in one temporary
folder. A bare durable commit is one INSERT of 200 bytes into an encrypted file with WAL and
synchronous=FULL. Encrypted and plain are the same library, schema and pragmas, with and without a key;
each of three rounds runs both, and the best round counts.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.bootstrap import DEVICE, TEAM, USER, open_workplace
from app.clock import SystemClock
from app.crypto.key_slots import StoreKey
from app.ids import record_id
from app.paths import StoreFolder
from app.services.companies import CompanyService
from app.workplace import Workplace
from build_spec.bench.big_store import fill
from db import store as db_store
from db.engine import connect

KEY = StoreKey(bytes(range(48)))
ROUNDS, SAVES, ROWS, READS = 3, 400, 40_000, 20_000
FORM = {
    "name": "北国精密",
    "kana": "ホッコクセイミツ",
    "corporate_number": "",
    "products": "治具",
    "representative_name": "高橋",
    "street": "1-2",
    "employees_regular": 1,
    "industry_middle": "24",
    "capital_thousand_yen": 1,
    "founded_on": "1971",
}


def main() -> None:
    """Print every figure with its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        place = make_place(StoreFolder(root / "big"))
        print("店: 300社 6,000面談 60,000行 を用意しています")
        fill(place.store, companies=300, visits=6_000, lines=60_000)
        _saving(place, root)
        listed = [_timed(CompanyService(place).list_rows) for _ in range(20)]
        print(f"企業一覧 300社: 中央値 {statistics.median(listed):.1f} ms")
        place.store.close()
        _opening(root)
        _encryption(root)


def make_place(folder: StoreFolder) -> Workplace:
    """A new store at work, made without the slow derivation of a real passphrase."""
    folder.path.mkdir()
    now = SystemClock().now()
    db_store.create(folder.database, KEY.raw, {name: record_id(now) for name in (TEAM, USER, DEVICE)})
    return open_workplace(folder, KEY)


def _saving(place: Workplace, root: Path) -> None:
    companies = CompanyService(place)
    company_id = companies.list_rows()[0].id
    floor = connect(root / "floor.db", KEY.raw)
    floor.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)")
    bare, ours = [], []
    for number in range(SAVES):
        bare.append(_timed(lambda: floor.execute("INSERT INTO t(v) VALUES(?)", (os.urandom(200),))))
        form = companies.form(company_id).form
        values = {name: _varied(value, number) for name, value in FORM.items()}
        ours.append(_timed(partial(_save_and_show, companies, form, values)))
    floor.close()
    above = _p99(ours) - _p99(bare)
    print(f"10項目の保存から読み直しまで: p99 {_p99(ours):.1f} ms、素の書き込み p99 {_p99(bare):.1f} ms")
    print(f"  差 {above:.1f} ms (目標 15 以下)")


def _save_and_show(companies: CompanyService, form: Any, values: dict[str, object]) -> None:
    companies.change(form, values)
    companies.card(form.id)


def _opening(root: Path) -> None:
    place = make_place(StoreFolder(root / "hundred"))
    fill(place.store, companies=1, visits=100, lines=1_500)
    companies = CompanyService(place)
    company_id = companies.list_rows()[0].id
    times = [_timed(lambda: companies.card(company_id)) for _ in range(50)]
    print(f"企業カルテを読む (100面談): 中央値 {statistics.median(times):.1f} ms、p99 {_p99(times):.1f} ms")
    place.store.close()


def _encryption(root: Path) -> None:
    best: dict[str, dict[str, float]] = {}
    for round_number in range(ROUNDS):
        for kind in ("暗号", "平文"):
            path = root / f"{kind}{round_number}.db"
            connection = connect(path, KEY.raw, cache_kib=64_000) if kind == "暗号" else _plain(path)
            for name, took in _exercise(connection).items():
                known = best.setdefault(name, {})
                known[kind] = min(took, known.get(kind, took))
            connection.close()
    for name, took in best.items():
        ratio = took["暗号"] / took["平文"]
        print(
            f"{name}: 暗号 {took['暗号']:.0f} ms、平文 {took['平文']:.0f} ms、{ratio:.2f}倍 (目標 1.5 以下)"
        )


def _plain(path: Path) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _exercise(connection: Any) -> dict[str, float]:
    noise = random.Random(1)
    rows = [(f"id{number}", noise.randbytes(60).hex()) for number in range(ROWS)]
    wanted = [f"id{noise.randrange(ROWS)}" for _ in range(READS)]
    connection.execute("CREATE TABLE line(seq INTEGER PRIMARY KEY, id TEXT UNIQUE, text TEXT)")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO line(id, text) VALUES(?,?)", rows)
        connection.execute("COMMIT")

    def scan() -> None:
        for _ in range(5):
            connection.execute("SELECT sum(length(text)) FROM line WHERE text LIKE '%abc%'").fetchone()

    def points() -> None:
        for record in wanted:
            connection.execute("SELECT text FROM line WHERE id=?", (record,)).fetchone()

    return {"書き込み": _timed(insert), "通し読み": _timed(scan), "1件読み": _timed(points)}


def _varied(value: object, number: int) -> object:
    return number if isinstance(value, int) else f"{value}{number}"


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99) - 1]


if __name__ == "__main__":
    main()
