"""The migrations make exactly what the models say, one step whole at a time."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect
from sqlcipher3 import dbapi2

import db.models
from db import migrating
from db.base import METADATA
from db.engine import connect
from db.migrating import MigrationStopped, migrate, schema_number, statements, steps
from db.store import Store, create, prepare
from tests.db.conftest import KEY

for _module in iter_modules(db.models.__path__):
    import_module(f"db.models.{_module.name}")


def schema(engine: Engine) -> Mapping[str, Any]:
    """Every table with its columns (type, emptiness, default, key) and its indexes."""
    seen = inspect(engine)
    return {
        table: (_columns(seen, table), _indexes(engine, table)) for table in sorted(seen.get_table_names())
    }


def _columns(seen: Any, table: str) -> list[tuple[str, str, bool, object, int]]:
    return [
        (each["name"], str(each["type"]), each["nullable"], each["default"], each["primary_key"])
        for each in seen.get_columns(table)
    ]


def _indexes(engine: Engine, table: str) -> list[str]:
    found = "SELECT sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(found, (table,)).fetchall()
    return sorted(" ".join(sql.split()) for (sql,) in rows)


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    modelled = create_engine("sqlite://", module=dbapi2)
    METADATA.create_all(modelled)
    assert schema(store._reader) == schema(modelled)
    modelled.dispose()


def test_the_steps_are_numbered_from_one_without_gaps() -> None:
    assert [number for number, _ in steps()] == list(range(1, schema_number() + 1))


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Let the program know one migration more."""

    def add(script: str) -> int:
        number = schema_number() + 1
        known = (*steps(), (number, script))
        monkeypatch.setattr(migrating, "steps", lambda: known)
        return number

    return add


def schema_of(path: Path) -> tuple[int, set[str]]:
    connection = connect(path, KEY)
    try:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        return number, {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    finally:
        connection.close()


def test_a_step_runs_once_after_the_backup(tmp_path: Path, next_step: Callable[[str], int]) -> None:
    path = tmp_path / "store.db"
    create(path, KEY, {})
    number = next_step("CREATE TABLE later (seq INTEGER PRIMARY KEY);\nCREATE INDEX by_seq ON later (seq);\n")
    backed_up_at: list[int] = []
    assert prepare(path, KEY, before_migrating=lambda: backed_up_at.append(schema_of(path)[0])) == 1
    assert backed_up_at == [number - 1]
    found, names = schema_of(path)
    assert found == number
    assert {"later", "by_seq"} <= names
    assert prepare(path, KEY, before_migrating=lambda: pytest.fail("nothing to do")) == 0


def test_a_step_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, next_step: Callable[[str], int]
) -> None:
    path = tmp_path / "store.db"
    create(path, KEY, {})
    before = schema_of(path)
    next_step("CREATE TABLE later (seq INTEGER PRIMARY KEY);\nCREATE TABLE later (seq INTEGER);\n")
    with pytest.raises(MigrationStopped) as stopped:
        prepare(path, KEY, before_migrating=lambda: None)
    assert stopped.value.schema == before[0]
    assert schema_of(path) == before


def test_no_backup_no_step(tmp_path: Path, next_step: Callable[[str], int]) -> None:
    path = tmp_path / "store.db"
    create(path, KEY, {})
    before = schema_of(path)
    next_step("CREATE TABLE later (seq INTEGER PRIMARY KEY);\n")

    def refused() -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (raised above)
        prepare(path, KEY, before_migrating=refused)
    assert schema_of(path) == before


def test_a_process_that_dies_within_a_step_leaves_the_store_as_it_was(
    tmp_path: Path, next_step: Callable[[str], int]
) -> None:
    path = tmp_path / "store.db"
    create(path, KEY, {})
    before = schema_of(path)
    next_step("CREATE TABLE later (seq INTEGER PRIMARY KEY);\nCREATE TABLE latest (seq INTEGER);\n")
    copies: list[Path] = []
    connection = _CopyingConnection(connect(path, KEY), path, copies)
    migrate(connection, lambda: None)
    connection.close()
    assert len(copies) == 5
    for copy in copies[:-1]:
        assert schema_of(copy) == before
    assert schema_of(copies[-1])[0] == before[0] + 1


class _CopyingConnection:
    """Copies the files after every statement: what a process that dies there would leave behind."""

    def __init__(self, connection: Any, path: Path, copies: list[Path]) -> None:
        self._connection = connection
        self._path = path
        self._copies = copies

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str) -> Any:
        answer = self._connection.execute(statement)
        if statement.startswith(("BEGIN", "CREATE", "COMMIT", "PRAGMA user_version=")):
            copy = self._path.with_name(f"copy{len(self._copies)}.db")
            for suffix in ("", "-wal"):
                written = self._path.with_name(self._path.name + suffix).read_bytes()
                copy.with_name(copy.name + suffix).write_bytes(written)
            self._copies.append(copy)
        return answer


def test_a_script_is_split_where_statements_end() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\nDELETE FROM a;\nEND;\n"
    script = f"CREATE TABLE a (b TEXT DEFAULT ';');\n-- c;\n{trigger}"
    assert [part.split()[-1] for part in statements(script)] == ["';');", "END;"]


def test_a_script_that_stops_half_way_is_refused() -> None:
    with pytest.raises(ValueError, match="not complete"):
        list(statements("CREATE TABLE a (b TEXT);\nCREATE TABLE"))
