"""Searching beside a scan with the same folding, and beside tantivy, in one run on an encrypted store.

Method. Lines are two halves of clauses of the practice notes, 10 to a visit, written straight into the
projections; the index is made from them. The words, 15 of one character and 15 of two, go from the most
frequent to some that occur nowhere. Ours is the whole answer of the service: names, the newest 50 with text,
places and company. The scan reads every line of the store, folds it and looks for the word, as a program
without an index would. tantivy has the same single characters and bigrams with the moment beside them, in a
plain folder, and is asked for the numbers of its newest 50, as ours is beside it (番号だけ). Each word counts
with the best of three. A saved line is one action of the service with the index and without it, in turn.

`BANSO_BENCH_LINES=60000` measures at other numbers of lines than 60,000 and 1,000,000. tantivy is no part of
the program: `BANSO_BENCH_TANTIVY` names the site-packages of an environment that has it.
"""

from __future__ import annotations

import importlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.domain.folding import fold
from app.domain.note_sheet import Edit, Line
from app.domain.order_keys import seeded_from
from app.domain.search_hits import searched_words
from app.paths import StoreFolder
from app.rows.search import SearchQuery
from app.services.search import MOST_HITS, SearchService
from app.services.support_sessions import SupportSessionService
from app.workplace import Workplace
from build_spec.bench.big_store import SEED, clauses
from build_spec.bench.store_bench import make_place
from db.reading import Reading
from db.repositories import search as found_items
from db.repositories.search import Wanted
from db.search_index import SearchIndex
from db.search_sources import minute_at
from db.search_words import match_expression

COMPANIES, LINES_A_VISIT = 300, 10
WORDS, ABSENT, BEST_OF, SCANS, SAVES = 15, 2, 3, 3, 200
FIRST_VISIT = datetime(2006, 4, 3, 9, 0)  # noqa: DTZ001 - wall time
_NUMBERS = (
    "SELECT item.source FROM search_text CROSS JOIN search_item AS item ON item.no=search_text.rowid"
    " WHERE search_text MATCH ? ORDER BY search_text.rowid DESC LIMIT 50"
)
NEVER = {1: ("鯨", "鰐"), 2: ("鯨鯢", "鰐鮫")}


@dataclass(frozen=True)
class Corpus:
    """The lines in the order of their visits: text, and the minute of the visit."""

    texts: list[str]
    minutes: list[int]


def main() -> None:
    """Print every figure with its ratio, at each number of lines."""
    for size in os.environ.get("BANSO_BENCH_LINES", "60000,1000000").split(","):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), int(size))


def _measure(root: Path, size: int) -> None:
    place = make_place(StoreFolder(root / "store"))
    corpus = _fill(place, size)
    took = _timed(place.store.rebuild_index)
    print(f"{size:,}行: 索引を作る {took / 1000:.1f} s（1秒に {size / took * 1000:,.0f}行）")
    other = _Tantivy.of(corpus, root / "tantivy")
    service = SearchService(place)
    for length in (1, 2):
        words = _words(corpus.texts, length)
        _compare_hits(place, service, corpus, words)
        _compare_times(place, service, other, words, length)
    _saving(place)
    place.store.close()


# --- the lines


def _fill(place: Workplace, size: int) -> Corpus:
    draw = random.Random(SEED)
    parts = clauses()
    texts = [_text(draw, parts) for _ in range(size)]
    visits = -(-size // LINES_A_VISIT)
    starts = [FIRST_VISIT + timedelta(minutes=number * 7_300_000 // visits) for number in range(visits)]
    with place.store.writing_raw() as connection:
        run = connection.exec_driver_sql
        run(
            "INSERT INTO company(id, compartment, name) VALUES(?,?,?)",
            [(_id(1, number),) * 2 + (f"北国{number}工業",) for number in range(COMPANIES)],
        )
        run(
            "INSERT INTO support_session(id, compartment, company_id, starts_at) VALUES(?,?,?,?)",
            [
                (_id(2, number), *(_id(1, number % COMPANIES),) * 2, starts[number].isoformat("T", "minutes"))
                for number in range(visits)
            ],
        )
        run(
            "INSERT INTO note_line(id, compartment, company_id, support_session_id, text) VALUES(?,?,?,?,?)",
            [
                (_id(3, number), *(_id(1, visit % COMPANIES),) * 2, _id(2, visit), text)
                for number, text in enumerate(texts)
                for visit in (number // LINES_A_VISIT,)
            ],
        )
    return Corpus(texts, [minute_at(starts[number // LINES_A_VISIT]) for number in range(size)])


def _text(draw: random.Random, parts: Sequence[str]) -> str:
    one, other = draw.choice(parts), draw.choice(parts)
    return one[: draw.randint(1, len(one))] + other[draw.randrange(len(other)) :]


def _id(kind: int, number: int) -> str:
    return f"0198a2b4-0000-7000-800{kind}-{number:012x}"


def _words(texts: Sequence[str], length: int) -> list[str]:
    """Words of so many characters, from the most frequent in falling steps, and some that never occur."""
    counts = Counter(
        folded[at : at + length]
        for folded in map(fold, texts[:20_000])
        for at in range(len(folded) - length + 1)
    )
    ordered = [word for word, _ in counts.most_common()]
    kept = WORDS - ABSENT
    ranks = [round(len(ordered) ** (step / (kept - 1))) - 1 for step in range(kept)]
    return [*(ordered[rank] for rank in ranks), *NEVER[length]]


# --- what is found


def _compare_hits(place: Workplace, service: SearchService, corpus: Corpus, words: Sequence[str]) -> None:
    """Raise unless the index finds what the scan finds, and the newest of it first."""
    found: dict[str, list[int]] = {word: [] for word in words}
    for number, folded in enumerate(map(fold, corpus.texts)):
        for word in words:
            if word in folded:
                found[word].append(number)
    for word, numbers in found.items():
        if service.count(SearchQuery(word)) != len(numbers):
            raise AssertionError(f"another count for {word}")
        with place.reading() as reading:
            wanted = Wanted(searched_words(word), kinds=("note_line",))
            rows = found_items.newest(reading, wanted, MOST_HITS)
        shown = [int(row["id"].rpartition("-")[2], 16) for row in rows]
        newest = sorted((corpus.minutes[number] for number in numbers), reverse=True)[:MOST_HITS]
        if not set(shown) <= set(numbers) or [corpus.minutes[number] for number in shown] != newest:
            raise AssertionError(f"other hits for {word}")


# --- how long it takes


def _compare_times(
    place: Workplace, service: SearchService, other: _Tantivy | None, words: Sequence[str], length: int
) -> None:
    ours = [_best(partial(service.find, SearchQuery(word))) for word in words]
    counts = [_timed(partial(service.count, SearchQuery(word))) for word in words]
    scans = [_timed(partial(_scan, place, word)) for word in words[:SCANS]]
    scan = statistics.median(scans)
    print(
        f"  {length}文字 {len(words)}語（走査と同じ結果）: 走査 {scan:,.0f} ms、"
        f"新しい50件の答え 中央値 {_spread(ours)} ms、走査はその {scan / statistics.median(ours):,.0f}倍"
        f"（最大の {scan / max(ours):,.0f}倍）。全件を数える 最大 {max(counts):,.0f} ms"
    )
    with place.reading() as reading:
        index = [_best(partial(_numbers, reading, word)) for word in words]
    if other is None:
        print(f"    番号だけ: 中央値 {_spread(index)} ms。tantivy を取り込めず、比べていません")
        return
    theirs = [_best(partial(other.newest, word)) for word in words]
    middle, most = statistics.median(theirs) / statistics.median(index), max(theirs) / max(index)
    print(
        f"    番号だけ: 中央値 {_spread(index)} ms、tantivy 中央値 {_spread(theirs)} ms。"
        f"tantivy は中央値で {middle:.1f}倍、最大で {most:.1f}倍"
    )


def _spread(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f}、最大 {max(times):.2f}"


def _numbers(reading: Reading, word: str) -> Sequence[Any]:
    """Which records the newest 50 are, as tantivy answers it."""
    return reading.connection.exec_driver_sql(_NUMBERS, (match_expression(searched_words(word)),)).all()


def _scan(place: Workplace, word: str) -> int:
    wanted = fold(word)
    with place.reading() as reading:
        lines = reading.connection.exec_driver_sql("SELECT text FROM note_line WHERE deleted<>1")
        return sum(wanted in fold(text) for (text,) in lines)


def _saving(place: Workplace) -> None:
    """One line more in a visit, saved as S04 does, with the index and without."""
    service = SupportSessionService(place)
    session_id = service.start(_id(1, 0))
    draw, parts = random.Random(SEED), clauses()
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * SAVES):
        is_indexed = bool(number % 2)
        at = place.now()
        line = Line(place.new_id(), _text(draw, parts), at, seeded_from(at), None, is_secret=False)
        save = partial(service.edit_lines, session_id, Edit(put=(line,)))
        if is_indexed:
            took[True].append(_timed(save))
        else:
            with patch.object(SearchIndex, "follow"):
                took[False].append(_timed(save))
    with_index, without = (statistics.quantiles(took[is_indexed], n=4)[0] for is_indexed in (True, False))
    print(
        f"  1行の保存（速い4分の1）: 索引あり {with_index:.2f} ms、なし {without:.2f} ms、"
        f"差 {with_index - without:.2f} ms（目標 0.3 以下）"
    )


def _best(act: Callable[[], object], times: int = BEST_OF) -> float:
    return min(_timed(act) for _ in range(times))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


class _Tantivy:
    """The other engine, with what our index has too."""

    def __init__(self, module: Any, folder: Path) -> None:
        builder = module.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
        builder.add_unsigned_field("moment", stored=False, fast=True)
        builder.add_unsigned_field("number", stored=True)
        folder.mkdir()
        self._module = module
        self._schema = builder.build()
        self._index = module.Index(self._schema, path=str(folder))

    @classmethod
    def of(cls, corpus: Corpus, folder: Path) -> _Tantivy | None:
        """Filled with these lines; None where it cannot be imported."""
        if more := os.environ.get("BANSO_BENCH_TANTIVY"):
            sys.path.append(more)
        try:
            module = importlib.import_module("tantivy")
        except ImportError:
            return None
        engine = cls(module, folder)
        engine.fill(corpus)
        return engine

    def fill(self, corpus: Corpus) -> None:
        """Add every line, then merge into what a rested index is."""
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for number, (text, minute) in enumerate(zip(corpus.texts, corpus.minutes, strict=True)):
            document = self._module.Document()
            document.add_text("words", " ".join(_tokens(fold(text))))
            document.add_unsigned("moment", minute)
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def newest(self, word: str) -> list[int]:
        """The numbers of its newest 50."""
        query = self._module.Query.term_query(self._schema, "words", word)
        found = self._searcher.search(query, MOST_HITS, count=False, order_by_field="moment")
        return [self._searcher.doc(address)["number"][0] for _, address in found.hits]


def _tokens(folded: str) -> Iterator[str]:
    for at in range(len(folded)):
        yield folded[at]
        yield folded[at : at + 2]
