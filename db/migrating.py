"""Forward-only migrations, counted by `PRAGMA user_version`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from sqlcipher3 import dbapi2

from db.engine import translated


class StoreNewerThanProgram(Exception):
    """The store was written by a later program; `found` and `known` are schema numbers."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"schema {found}, program knows {known}")
        self.found = found
        self.known = known


class MigrationStopped(Exception):
    """A step did not run and was undone; `schema` is the number that the store still has."""

    def __init__(self, schema: int) -> None:
        super().__init__(f"schema {schema}")
        self.schema = schema


def steps() -> tuple[tuple[int, str], ...]:
    """(number, SQL text) of every migration in order."""
    folder = files("db") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((int(name[:4]), (folder / name).read_text(encoding="utf-8")) for name in names)


def schema_number() -> int:
    """The schema that this program writes."""
    return steps()[-1][0]


def statements(script: str) -> Iterator[str]:
    """Split a script where SQLite says a statement is complete."""
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if dbapi2.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError("the last statement of a migration is not complete")


def migrate(connection: Any, before_first_step: Callable[[], object]) -> int:
    """Bring the store behind a raw connection to the newest schema; return how many steps ran.

    `before_first_step` is called once, before anything changes, when an existing store must move.
    Each step commits whole or not at all. Raises StoreNewerThanProgram, MigrationStopped, and the
    driver's errors of a disk that is full or takes no writes.
    """
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    known = schema_number()
    if found > known:
        raise StoreNewerThanProgram(found, known)
    waiting = [(number, script) for number, script in steps() if number > found]
    if waiting and found:
        before_first_step()
    for number, script in waiting:
        _run_step(connection, number, script)
    return len(waiting)


def _run_step(connection: Any, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    except BaseException as stopped:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(stopped, dbapi2.Error) and translated(stopped) is stopped:
            raise MigrationStopped(number - 1) from stopped
        raise
