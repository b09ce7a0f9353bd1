"""What is true of few records is found by an index: asking costs the same with any history behind."""

from collections.abc import Callable
from contextlib import ExitStack

from db.reading import Reading
from db.repositories import conflicts, trash
from db.store import Store
from tests.db.conftest import record_number

COMPANY, SESSION = record_number(1), record_number(2)


def write_visit(store: Store, lines: int) -> None:
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "北国精密"}, compartment=COMPANY)
        work.save("support_session", SESSION, {"company_id": COMPANY}, compartment=COMPANY)
        for number in range(lines):
            values = {"company_id": COMPANY, "support_session_id": SESSION, "text": "行"}
            work.save("note_line", record_number(100 + number), values, compartment=COMPANY)


def steps_of(store: Store, ask: Callable[[Reading], object]) -> int:
    """Instructions of SQLite's machine, in tens."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with ExitStack() as opened:
        connection = opened.enter_context(store.reading())
        raw = connection.connection.dbapi_connection
        raw.set_progress_handler(count, 10)
        opened.callback(raw.set_progress_handler, None, 0)
        ask(Reading(connection))
    return steps


def test_asking_for_the_few_takes_no_more_steps_where_there_are_many_records(
    make_store: Callable[[str], Store],
) -> None:
    few, many = make_store("few.db"), make_store("many.db")
    write_visit(few, 10)
    write_visit(many, 1000)
    asked: dict[str, Callable[[Reading], object]] = {
        "changed after deletion": lambda reading: list(conflicts.changed_after_deletion(reading)),
        "deleted with live parts": lambda reading: list(conflicts.deleted_with_live_parts(reading)),
        "put together": conflicts.merged_cells,
        "in conflict": conflicts.open_cells,
        "deleted": lambda reading: list(trash.deletions(reading, 0)),
    }
    for what, ask in asked.items():
        assert steps_of(many, ask) <= steps_of(few, ask) + 2, what
    assert steps_of(many, lambda reading: reading.records("note_line")) > 10 * steps_of(
        few, lambda reading: reading.records("note_line")
    )
