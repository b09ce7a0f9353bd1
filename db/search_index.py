"""Filling the search index, and checking it against the projections it comes from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from db.engine import driver_calls
from db.projection import Fold
from db.search_sources import BY_KIND, DEPENDENTS, NAMED, SOURCES, Source, minute_of
from db.search_words import COMPANY, KIND, MARK, bigrams
from db.unit_of_work import Trace

LAYOUT = 1
"""Counts up when this file puts other words into the index than before."""

MINUTE_BITS, SEQ_BITS = 20, 40
"""Room for the items of one minute, and for the rows of one projection."""
_MOVING = {"support_session": "starts_at", "note_line": "support_session_id"}
"""By the type of a record: the column that decides the moment of what depends on it."""
_SEQ_MASK = (1 << SEQ_BITS) - 1
_BATCH = 2_000
_FEW = 1_000
_AS_ONE_FOLLOWED = 4
"""So many items are made anew in the time in which one is followed."""
_INSERT_ITEM = "INSERT INTO search_item(no, source) VALUES(?,?)"
_INSERT = "INSERT INTO search_text(rowid, words, filters) VALUES(?,?,?)"
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab(main, search_text, instance)"
)


class Item(NamedTuple):
    """What the index is to hold of one record."""

    source: int
    id: str
    minute: int
    words: list[str]
    filters: list[str]


def source_number(source: Source, seq: int) -> int:
    """The number of a row of a projection among all that can be found."""
    return source.number << SEQ_BITS | seq


def kind_and_seq(source: int) -> tuple[str, int]:
    """The projection and the row that such a number stands for."""
    return _KINDS[source >> SEQ_BITS], source & _SEQ_MASK


_KINDS = {source.number: source.kind for source in SOURCES}


class SearchIndex:
    """Works within the transaction of one connection."""

    def __init__(self, connection: Connection, fold: Fold) -> None:
        self._run, self._run_many = driver_calls(connection)
        self._fold = fold

    # following what was written

    def follow(self, traces: Iterable[Trace]) -> None:
        """Bring the index up to date with records that were written in this transaction."""
        waiting = {item.source: item for item in self._concerned(traces)}
        for item in sorted(waiting.values(), key=lambda each: (each.minute, each.source)):
            self._put(item)

    def _concerned(self, traces: Iterable[Trace]) -> Iterator[Item]:
        altered: dict[str, list[str]] = defaultdict(list)
        moving: dict[str, list[str]] = defaultdict(list)
        for trace in traces:
            source = BY_KIND.get(trace.record_type)
            if source and (trace.was_new or not source.deciding.isdisjoint(trace.after)):
                altered[source.kind].append(trace.id)
            if _decides_moments(trace):
                moving[trace.record_type].append(trace.id)
        for kind, ids in altered.items():
            yield from self._items(BY_KIND[kind], f"{kind}.id {NAMED}", {"ids": json.dumps(ids)})
        for record_type, ids in moving.items():
            for kind, condition in DEPENDENTS.get(record_type, {}).items():
                yield from self._items(BY_KIND[kind], condition, {"ids": json.dumps(ids)})

    def _put(self, item: Item) -> None:
        found = self._run("SELECT no FROM search_item WHERE source=?", (item.source,)).fetchone()
        if found:
            (number,) = found
            self._run("DELETE FROM search_text WHERE rowid=?", (number,))
            if number >> MINUTE_BITS == item.minute and item.words:
                self._run(_INSERT, _row(number, item))
                return
            self._run("DELETE FROM search_item WHERE no=?", (number,))
        if item.words:
            number = _next_number(item.minute, self._last_number(item.minute))
            self._run(_INSERT_ITEM, (number, item.source))
            self._run(_INSERT, _row(number, item))

    def _last_number(self, minute: int) -> int:
        """The greatest number up to a minute; 0 when there is none."""
        sql = "SELECT max(no) FROM search_item WHERE no<?"
        (last,) = self._run(sql, (first_number(minute + 1),)).fetchone()
        return last or 0

    # making it anew

    def is_quicker_anew(self, records: int) -> bool:
        """Whether making all of it again costs less than following so many records."""
        if records <= _FEW:
            return False
        sql = "SELECT 1 FROM search_item LIMIT 1 OFFSET ?"  # counting all would take longer than following
        has_more = self._run(sql, (records * (_AS_ONE_FOLLOWED - 1),)).fetchone()
        return not has_more

    def rebuild(self) -> None:
        """Empty the index and fill it from the projections."""
        self._run("DELETE FROM search_item")
        self._run("INSERT INTO search_text(search_text) VALUES('delete-all')")
        # In the order of their numbers: the index would begin a new part at every step back.
        order = sorted(self._moments())
        last = 0
        for start in range(0, len(order), _BATCH):
            batch = [source for _, source in order[start : start + _BATCH]]
            last = self._fill(self._items_of(batch), last)
        self._run("INSERT INTO search_text(search_text) VALUES('optimize')")

    def _moments(self) -> Iterator[tuple[int, int]]:
        for source in SOURCES:
            sql = f"SELECT seq, id, {source.moment} FROM {source.kind}"  # noqa: S608 - names of our own
            for seq, record_id, moment in self._run(sql):
                yield minute_of(moment, record_id), source_number(source, seq)

    def _items_of(self, numbers: Sequence[int]) -> list[Item]:
        """The items with these source numbers, in their order."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            kind, seq = kind_and_seq(number)
            wanted[kind].append(seq)
        found = {
            item.source: item
            for kind, seqs in wanted.items()
            for item in self._items(BY_KIND[kind], f"{kind}.seq IN ({','.join(map(str, seqs))})")
        }
        return [found[number] for number in numbers]

    def _fill(self, items: Iterable[Item], last: int) -> int:
        rows = []
        for item in items:
            if item.words:
                last = _next_number(item.minute, last)
                rows.append((last, item))
        if rows:
            self._run_many(_INSERT_ITEM, [(no, item.source) for no, item in rows])
            self._run_many(_INSERT, [_row(no, item) for no, item in rows])
        return last

    # checking it

    def differing(self, rest: Callable[[], None] = lambda: None) -> tuple[tuple[str, str], ...]:
        """(type, id) of the records of which the index does not hold what they are; ids may be ""."""
        numbers = {source: no for no, source in self._run("SELECT no, source FROM search_item").fetchall()}
        held = self._held(rest)
        differing = []
        for source in SOURCES:
            for item in self._items(source):
                rest()
                number = numbers.pop(item.source, None)
                expected = _sum(item) if item.words else None
                if (None if number is None else held.pop(number, 0)) != expected or (
                    number is not None and number >> MINUTE_BITS != item.minute
                ):
                    differing.append((source.kind, item.id))
        return (*differing, *[("", "")] * (len(numbers) + len(held)))

    def _held(self, rest: Callable[[], None]) -> dict[int, int]:
        """For each number a sum over the words under it, whatever the order they come in."""
        self._run(_VOCABULARY)
        held: dict[int, int] = defaultdict(int)
        for number, column, place, word in self._run("SELECT doc, col, offset, term FROM temp.search_word"):
            rest()
            held[number] ^= hash((column, place, word))
        return held

    # reading

    def _items(
        self, source: Source, condition: str = "1", parameters: Mapping[str, str] | None = None
    ) -> Iterator[Item]:
        rows = self._run(f"{source.select} WHERE {condition}", dict(parameters or {}))
        for seq, record_id, company, mark, moment, *texts in rows.fetchall():
            yield Item(
                source_number(source, seq),
                record_id,
                minute_of(moment, record_id),
                bigrams(self._fold(text) for text in texts if text),
                filters_of(source.kind, company, mark),
            )


def filters_of(kind: str, company: str | None, mark: str | None) -> list[str]:
    """The words by which an item passes a filter."""
    parts = ((KIND, kind), (COMPANY, company), (MARK, mark))
    return [f"{letter}{value}" for letter, value in parts if value]


def _decides_moments(trace: Trace) -> bool:
    """Whether other records may belong to another moment now.

    A visit was moved, a line came or went to another visit, a link was set or taken away.
    """
    column = _MOVING.get(trace.record_type)
    return trace.record_type == "link" or (
        column is not None and trace.before.get(column) != trace.after.get(column)
    )


def first_number(minute: int) -> int:
    """The smallest number that an item of a minute can have."""
    return minute << MINUTE_BITS


def _next_number(minute: int, last: int) -> int:
    """The number after `last`, or the first of a later minute."""
    return max(first_number(minute), last + 1)


def _row(number: int, item: Item) -> tuple[int, str, str]:
    return number, " ".join(item.words), " ".join(item.filters)


def _sum(item: Item) -> int:
    total = 0
    for column, words in (("words", item.words), ("filters", item.filters)):
        for place, word in enumerate(words):
            total ^= hash((column, place, word))
    return total
