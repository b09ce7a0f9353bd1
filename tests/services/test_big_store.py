"""The store that benchmarks measure on is one that the program itself could have written."""

from app.workplace import Workplace
from build_spec.bench.big_store import fill


def rows(place: Workplace, table: str) -> list[dict[str, object]]:
    with place.reading() as reading:
        found = reading.query(f"SELECT * FROM {table} ORDER BY id")
    return [{name: value for name, value in row.items() if name != "seq"} for row in found]


def test_it_holds_as_many_records_as_were_asked_for(place: Workplace) -> None:
    fill(place.store, companies=4, visits=10, lines=103)
    counts = [len(rows(place, table)) for table in ("company", "support_session", "note_line")]
    assert counts == [4, 10, 103]


def test_the_log_says_the_same_as_the_tables(place: Workplace) -> None:
    fill(place.store, companies=3, visits=9, lines=60)
    tables = ("company", "engagement", "support_session", "note_line", "ip_seed", "action_item", "link")
    written = {table: rows(place, table) for table in tables}
    place.store.rebuild()
    assert {table: rows(place, table) for table in tables} == written
