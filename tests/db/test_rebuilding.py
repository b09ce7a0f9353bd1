"""The records are projections: made again from the log they are the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count as counting

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from db.cells import RECORD_TYPES
from db.forms import Form
from db.store import Store
from tests.db.conftest import record_number

COMPANIES = [record_number(number) for number in range(3)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "stale save", "load", "delete", "undelete"]),
        st.integers(0, 2),
        st.sampled_from(["name", "products", "street", "confidentiality"]),
        st.sampled_from(
            ["治具を作る。図面は渡さない。", "治具を作る。", "team", "assigned", "まる。図面は渡す。", None]
        ),
    ),
    min_size=1,
    max_size=25,
)
_NAMES = counting()


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = ["cell", *(kind.name for kind in RECORD_TYPES)]
    with store.reading() as connection:
        return {table: _rows(connection, table) for table in tables}


def _rows(connection: object, table: str) -> list[tuple[object, ...]]:
    rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings().all()
    return [tuple(value for name, value in row.items() if name != "seq") for row in rows]


def play(store: Store, steps: list[tuple[str, int, str, str | None]]) -> None:
    forms: dict[str, Form] = {}
    for company in COMPANIES:
        with store.writing() as work:
            work.save("company", company, {"name": "北国"}, compartment=company)
            forms[company] = work.load("company", company)
    for act, which, column, value in steps:
        company = COMPANIES[which]
        with store.writing() as work:
            if act == "load":
                forms[company] = work.load("company", company)
            elif act in {"delete", "undelete"}:
                getattr(work, act)("company", company)
            else:
                form = forms[company] if act == "stale save" else None
                work.save("company", company, {column: value}, form)


@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_step_by_step_and_from_the_log_are_the_same(
    make_store: Callable[[str], Store], steps: list[tuple[str, int, str, str | None]]
) -> None:
    store = make_store(f"{next(_NAMES)}.db")
    play(store, steps)
    before = contents(store)
    store.rebuild()
    assert contents(store) == before
