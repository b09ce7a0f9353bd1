"""Searching by the index finds what reading everything with the same folding finds, whatever was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count as counting
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.folding import fold
from app.domain.search_hits import searched_words
from app.log_rules import RULES
from db import store as db_store
from db.reading import Found, Reading
from db.repositories import search, secret_items
from db.repositories.search import Wanted
from db.search_index import MINUTE_BITS
from db.search_sources import SOURCES, Source, minute_of
from db.search_words import bigrams, match_expression
from db.store import Store
from db.unit_of_work import UnitOfWork
from tests.db.conftest import record_number

COMPANIES, VISITS, LINES = (
    [record_number(first + number) for number in range(size)]
    for first, size in ((100, 2), (200, 3), (300, 4))
)
ISSUE, SEED, ACTION, LINK, PERSON = (record_number(number) for number in range(400, 405))
TEXTS = st.text("特許価格契約ｶﾞがガ㈱(株)髙高ー \"'*:-1A\U00020bb7", max_size=7)
MOMENTS = st.sampled_from(["2025-07-22T13:00", "2025-07-22T13:01", "2024-01-05T09:00", "2026-02-01T10:30"])
Edit = tuple[str, str, object]


def edit(record_type: str, ids: Sequence[str], **columns: st.SearchStrategy) -> st.SearchStrategy[Edit]:
    """Writing one column of one of these records."""
    values = st.one_of(
        st.builds(lambda value, name=name: {name: value}, each) for name, each in columns.items()
    )
    return st.tuples(st.just(record_type), st.sampled_from(ids), values)


EDITS = st.one_of(
    edit("note_line", LINES, text=TEXTS, is_secret=st.booleans(), mark=st.sampled_from(["fact", None])),
    edit("note_line", LINES, text=TEXTS, support_session_id=st.sampled_from(VISITS)),
    edit("support_session", VISITS, starts_at=MOMENTS),
    edit("issue", [ISSUE], title=TEXTS, response=TEXTS),
    edit("action_item", [ACTION], title=TEXTS, note=TEXTS, source_line_id=st.sampled_from(LINES)),
    edit("link", [LINK], present=st.booleans()),
    edit("company", COMPANIES, name=TEXTS),
    st.tuples(
        st.sampled_from(["delete", "undelete"]),
        st.sampled_from([("note_line", LINES[0]), ("support_session", VISITS[0]), ("company", COMPANIES[1])]),
        st.none(),
    ),
)
_NAMES = counting()


def begin(store: Store) -> None:
    """Two companies with three visits, a line each, and what was made of the first line."""
    with store.writing() as work:
        for company in COMPANIES:
            work.save("company", company, {"name": "特許㈱"}, compartment=company)
        for visit, company in zip(VISITS, [*COMPANIES, COMPANIES[0]], strict=True):
            values = {"company_id": company, "starts_at": "2025-07-22T13:00"}
            work.save("support_session", visit, values, compartment=company)
    with store.writing() as work:
        for number, line in enumerate(LINES):
            values = {"company_id": COMPANIES[0], "support_session_id": VISITS[0], "text": f"価格{number}"}
            work.save("note_line", line, values, compartment=COMPANIES[0])
    own = {"company_id": COMPANIES[0]}
    with store.writing() as work:
        work.save("issue", ISSUE, {**own, "title": "契約"}, compartment=COMPANIES[0])
        work.save("ip_seed", SEED, {**own, "name": "特許"}, compartment=COMPANIES[0])
        work.save(
            "action_item",
            ACTION,
            {**own, "title": "価格", "source_line_id": LINES[0]},
            compartment=COMPANIES[0],
        )
        ends = {"left_id": ISSUE, "kind": "evidence", "right_id": LINES[0], "present": True}
        work.save("link", LINK, ends, compartment=COMPANIES[0])
        work.save("person", PERSON, {**own, "name": "髙橋", "kana": "たかはし"}, compartment=COMPANIES[0])


def play(store: Store, edits: Sequence[Edit]) -> None:
    """Carry out random edits, each an action of its own."""
    for act, which, values in edits:
        with store.writing() as work:
            if values is None:
                getattr(work, act)(*which)
            else:
                work.save(act, which, values)


def scan(reading: Reading, words: Sequence[str], *, with_secret: bool = True) -> list[tuple[int, str]]:
    """(minute, id) of what has all words, by folding every text there is."""
    closed = secret_items.line_ids(reading) | secret_items.derived_ids(reading)
    left_out = frozenset() if with_secret else closed
    return [
        (minute_of(moment, found["id"]), found["id"])
        for source in SOURCES
        for found, moment in shown(reading, source)
        if found["id"] not in left_out and has_all(words, [found[name] for name in source.texts])
    ]


def shown(reading: Reading, source: Source) -> Iterator[tuple[Found, str | None]]:
    """Records with their moment, without those whose company or visit lies deleted."""
    companies = {None, *(found["id"] for found in reading.records("company"))}
    visits = {found["id"] for found in reading.records("support_session")}
    moments = dict(reading.connection.exec_driver_sql(f"SELECT id, {source.moment} FROM {source.kind}").all())
    for found in reading.records(source.kind):
        is_held = source.kind != "note_line" or found["support_session_id"] in visits
        if is_held and found.get("company_id") in companies:
            yield found, moments[found["id"]]


def has_all(words: Sequence[str], texts: Sequence[str | None]) -> bool:
    folded = [fold(text) for text in texts if text]
    return all(any(word in text for text in folded) for word in words)


def by_index(reading: Reading, wanted: Wanted) -> list[tuple[int, str]]:
    # Few at a time, so that what is not shown makes it go on to the next.
    found = search.newest(reading, wanted, 1000)
    assert search.newest(reading, wanted, 3) == found[:3]
    return [(row["no"] >> MINUTE_BITS, row["id"]) for row in found]


EXAMPLES = {
    "edits": st.lists(EDITS, min_size=3, max_size=20),
    "queries": st.lists(TEXTS, min_size=3, max_size=6),
}


@given(**EXAMPLES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_finds_what_reading_everything_finds(
    make_store: Callable[[str], Store], edits: list[Edit], queries: list[str]
) -> None:
    compare(make_store(f"{next(_NAMES)}.db"), edits, queries)


@pytest.mark.long
@given(**EXAMPLES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_finds_what_reading_everything_finds_many_times(
    make_store: Callable[[str], Store], edits: list[Edit], queries: list[str]
) -> None:
    compare(make_store(f"{next(_NAMES)}.db"), edits, queries)


def compare(store: Store, edits: Sequence[Edit], queries: Sequence[str]) -> None:
    begin(store)
    play(store, edits)
    assert store.check().misindexed == ()
    asked = [searched_words(query) for query in (*queries, *"特価1", "特許", "価格", "株式会社")]
    with store.reading() as connection:
        reading = Reading(connection)
        for words, with_secret in product(filter(None, asked), (True, False)):
            wanted = Wanted(words, with_secret=with_secret)
            expected = sorted(scan(reading, words, with_secret=with_secret), reverse=True)
            found = by_index(reading, wanted)
            assert sorted(found, reverse=True) == expected
            assert [minute for minute, _ in found] == [minute for minute, _ in expected]
            assert search.count(reading, wanted) == len(expected)


def indexed(store: Store) -> dict[str, list[object]]:
    with store.reading() as connection:
        run = connection.exec_driver_sql
        sources = dict(run("SELECT no, source FROM search_item").all())
        run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.every_word USING fts5vocab(main, search_text, instance)")
        words = run("SELECT doc, col, offset, term FROM temp.every_word ORDER BY doc, col, offset").fetchall()
        minutes = {source: no >> MINUTE_BITS for no, source in sources.items()}
        return {"minutes": minutes, "words": sorted((sources[no], *rest) for no, *rest in words)}


@given(edits=EXAMPLES["edits"])
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_following_every_edit_gives_the_same_index_as_making_it_anew(
    make_store: Callable[[str], Store], edits: list[Edit]
) -> None:
    store = make_store(f"{next(_NAMES)}.db")
    begin(store)
    play(store, edits)
    followed = indexed(store)
    store.rebuild_index()
    assert indexed(store) == followed


@pytest.mark.parametrize(
    "fault",
    [
        "DELETE FROM search_text WHERE rowid=(SELECT max(no) FROM search_item)",
        "DELETE FROM search_item WHERE no=(SELECT max(no) FROM search_item)",
        "INSERT INTO search_item(no, source) VALUES(5, 5)",
        "INSERT INTO search_text(rowid, words, filters) VALUES(5, 'ab', '')",
        "UPDATE note_line SET text='別の言葉' WHERE text='価格1'",
        "UPDATE note_line SET mark='fact' WHERE text='価格1'",
        "UPDATE support_session SET starts_at='2020-01-01T10:00'",
    ],
)
def test_the_check_tells_an_index_that_differs(store: Store, fault: str) -> None:
    begin(store)
    assert store.check().misindexed == ()
    with store.writing_raw() as connection:
        connection.exec_driver_sql(fault)
    assert store.check().misindexed
    store.rebuild_index()
    assert store.check().misindexed == ()


def test_an_index_by_another_folding_is_made_anew_at_the_next_opening(
    make_store: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store("store.db")
    begin(store)
    with store.writing_raw() as connection:
        connection.exec_driver_sql("DELETE FROM search_item")
        db_store.write_marker(connection, db_store.SEARCH_VERSION, [0, RULES.fold_version])
    store.close()
    again = make_store("store.db")
    assert again.check().misindexed == ()
    with again.reading() as connection:
        assert search.count(Reading(connection), Wanted(["価格"]))


def test_a_rebuild_of_the_records_rebuilds_the_index(store: Store) -> None:
    begin(store)
    with store.writing_raw() as connection:
        connection.exec_driver_sql("DELETE FROM search_item")
    store.rebuild()
    assert store.check().misindexed == ()


def fail_after_writing(work: UnitOfWork) -> None:
    work.save("note_line", LINES[0], {"text": "商標"})
    raise RuntimeError


def test_an_action_that_fails_leaves_the_index_as_it_was(store: Store) -> None:
    begin(store)
    before = indexed(store)
    with pytest.raises(RuntimeError), store.writing() as work:
        fail_after_writing(work)
    assert indexed(store) == before


def test_bigrams_of_two_texts_do_not_meet() -> None:
    assert bigrams(["特許", "価"]) == ["特許", "許", "価"]


def test_what_a_person_types_is_never_an_operator() -> None:
    assert match_expression(['a"', "特許庁", "x"], ["kissue"]) == (
        'words : "a""" AND words : "特許 許庁" AND words : "x" * AND filters : "kissue"'
    )
