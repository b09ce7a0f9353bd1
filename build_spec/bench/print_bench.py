"""How fast paper is made, beside reportlab's Platypus in the same run.

Method. The contents are invented by a seeded generator. Both sides get the same values: a profile, and for
each visit a band and labelled rows, on A4 with the same margins, header, footer and fonts, embedded as
subsets. Each figure is the best of five interleaved rounds, in CPU seconds of this process
(`time.process_time`), after one run of each to load fonts. Run on an otherwise idle machine, since a busy
neighbour on the same core slows both sides unevenly:

    python -m build_spec.bench.print_bench [--companies N] [--json]

1. one company: a history of 66 records (about 30 pages), ours against Platypus. Goal: 8 times faster.
2. batch: N companies of 23 records as files of their own, on one core: pages per CPU second. Goal: 850. The
   contents are made beforehand and kept from the garbage collector, as they are read one by one in real use.
3. merged: the same in one file: pages per CPU second, and the most memory used.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock_time
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.terms import Confidentiality, Mark, PersonSide, SessionMethod
from app.reports.batch import print_each, print_merged
from app.reports.content import Company, History, Homework, Imprint, NoteLine, Person, Visit
from app.reports.layout import lay_out
from app.reports.output import write
from build_spec.bench.platypus_history import platypus_history

ROUNDS = 5
RECORDS = 66
BATCH_RECORDS = 23
JAPAN = timezone(timedelta(hours=9))
SENTENCES = (
    "治具の取り付け時間を3分の1にできることを、実機で確認した。",
    "見積りの前に図面を渡すことが慣行になっていて、値決めは先方の指値がほとんどである。",
    "加工条件（送り速度と刃先の温度の組合せ）は工場長と職長の2名だけが知っている。",
    "「下請けの仕事を断れるようになりたい」と社長は話していた。",
    "先行技術の調査では、近い構成の公報が4件見つかった（うち2件は権利が切れている）。",
    "商品名の候補は3つで、いずれもJ-PlatPatで同じ称呼の登録は見つからなかった。",
    "海外の引き合いはタイとベトナムからで、代理店を通すか直接売るかを検討している。",
    "秘密として管理する文書に表示がなく、誰でも見られる棚に置かれている。",
    "令和8年6月12日までに出願を済ませる必要があることを説明し、了解を得た。",
    "試作品の費用は120万円で、県の補助金（補助率2分の1）の公募を待つ。",
)
MARKS = (Mark.FACT, Mark.FACT, Mark.ISSUE, Mark.DECISION, None)


def main(words: Sequence[str] = ()) -> None:
    """Run all three and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--companies", type=int, default=1000)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args(words)
    figures = one_company() | batch(options.companies)
    print(json.dumps(figures, ensure_ascii=False) if options.json else told(figures))


def told(figures: dict[str, float]) -> str:
    """The figures, one to a line."""
    return "\n".join(f"{name:42} {value:12,.1f}" for name, value in figures.items())


def one_company() -> dict[str, float]:
    """Ours and Platypus on the same 66 records, by turns."""
    content = history_of(random.Random(1), 1, RECORDS)
    runs: dict[str, Callable[[], bytes]] = {
        "ours": lambda: write([lay_out(content)]),
        "Platypus": lambda: platypus_history(content),
    }
    best = {name: float("inf") for name in runs}
    for turn in range(ROUNDS + 1):
        for name, run in runs.items():
            spent = cpu_seconds(run)
            best[name] = min(best[name], spent) if turn else best[name]
    return {
        "history: pages, ours": page_count(runs["ours"]()),
        "history: pages, Platypus": page_count(runs["Platypus"]()),
        "history: CPU ms, ours": best["ours"] * 1000,
        "history: CPU ms, Platypus": best["Platypus"] * 1000,
        "history: times faster": best["Platypus"] / best["ours"],
    }


def batch(companies: int) -> dict[str, float]:
    """All companies as files, then in one file, in this process."""
    contents = [history_of(random.Random(seed), seed, BATCH_RECORDS) for seed in range(companies)]
    gc.freeze()
    with TemporaryDirectory() as folder:
        apart = cpu_seconds(partial(print_each, contents, Path(folder)))
        pages = sum(page_count(path.read_bytes()) for path in Path(folder).iterdir())
        merged = cpu_seconds(
            partial(print_merged, contents, Path(folder) / "merged.pdf", title="支援経過記録")
        )
    return {
        "batch: files": companies,
        "batch: pages": pages,
        "batch: pages per CPU second": pages / apart,
        "merged: pages per CPU second": pages / merged,
        "most memory used, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def cpu_seconds(run: Callable[[], object]) -> float:
    """CPU time of this process that one `run` takes, without the garbage that others left."""
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def page_count(pdf: bytes) -> int:
    """Pages of a file, read by PDFium."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(BytesIO(pdf)))


def history_of(chance: random.Random, number: int, records: int) -> History:
    """An invented company with `records` visits of about 400 characters."""
    company = Company(
        name=f"北国第{number}精密株式会社",
        corporate_number=f"{7000012050000 + number}",
        representative="代表取締役　北国 太郎",
        industry="金属製品製造業",
        address=f"北国県北国市工業団地3丁目{number}番地",
        employees=chance.randint(5, 200),
    )
    days = count(date(2025, 4, 1).toordinal(), 5)
    visits = tuple(visit_of(chance, place, date.fromordinal(next(days))) for place in range(1, records + 1))
    imprint = Imprint(
        confidentiality=Confidentiality.MEETING,
        team="北国県知財経営支援チーム",
        region="北国県",
        fiscal_year=2025,
        printed_by="鈴木 花子",
        printed_at=datetime(2026, 3, 10, 15, 20, tzinfo=JAPAN),
        approvals=("所長", "課長", "担当"),
    )
    return History(company, date(2025, 4, 1), date(2026, 3, 31), visits, imprint)


def visit_of(chance: random.Random, number: int, on: date) -> Visit:
    """One invented visit."""
    lines = tuple(
        NoteLine(
            "".join(chance.sample(SENTENCES, chance.randint(1, 3))),
            mark,
            homework=(Homework("調査の範囲を窓口に伝える", "鈴木", on + timedelta(days=14)),)
            if mark is Mark.DECISION
            else (),
        )
        for mark in MARKS
    )
    return Visit(
        number=number,
        on=on,
        starts=clock_time(13, 30),
        ends=clock_time(16, 0),
        method=chance.choice(list(SessionMethod)),
        location="本社工場　第2会議室",
        people=(
            Person("佐藤 健一", PersonSide.SUPPORT),
            Person("鈴木 花子", PersonSide.SUPPORT),
            Person("北国 太郎", PersonSide.COMPANY),
        ),
        purpose="図面と加工条件の扱いを確かめる。",
        lines=lines,
        next_on=on + timedelta(days=21),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
