"""Offline devices cannot enforce a constraint together, so projections carry none beyond their id."""

import re
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules

import pytest
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

import db.models
from db.base import METADATA

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_FORBIDDEN = re.compile(r"\bFOREIGN\s+KEY\b|\bREFERENCES\b|\bCHECK\s*\(|\bCREATE\s+UNIQUE\s+INDEX\b", re.I)
_UNIQUE = re.compile(r"\bUNIQUE\b\s*(?:\(\s*(?P<columns>[^)]*?)\s*\))?", re.I)


def bound_columns(table: Table) -> set[str]:
    """Name what binds a projection beyond its id; tables of the log (no `seq`) may have ids of their own."""
    told = {key.target_fullname for key in table.foreign_keys}
    for constraint in table.constraints:
        told |= {"CHECK"} if isinstance(constraint, CheckConstraint) else set()
        if isinstance(constraint, UniqueConstraint) and "seq" in table.c:
            told |= {column.name for column in constraint.columns} - {"id"}
    return told | {str(index.name) for index in table.indexes if index.unique}


def bound_statements(script: str) -> list[str]:
    """Name what binds rows in a migration: anything but a key and a unique single column."""
    text = _COMMENT.sub("", script)
    told = [found.group() for found in _FORBIDDEN.finditer(text)]
    for statement in text.split(";"):
        is_projection = re.search(r"\bseq\b", statement) is not None
        for unique in _UNIQUE.finditer(statement):
            columns = unique["columns"]
            if columns is None or "," in columns or (is_projection and columns != "id"):
                told.append(unique.group())
    return told


def test_no_projection_is_bound_to_another() -> None:
    for found in iter_modules(db.models.__path__):
        import_module(f"db.models.{found.name}")
    assert METADATA.tables
    assert {name: told for name, table in METADATA.tables.items() if (told := bound_columns(table))} == {}


def test_no_migration_binds_rows() -> None:
    scripts = {
        p.name: p.read_text(encoding="utf-8")
        for p in files("db.migrations").iterdir()
        if p.name.endswith(".sql")
    }
    assert scripts
    assert {name: told for name, script in scripts.items() if (told := bound_statements(script))} == {}


@pytest.mark.parametrize(
    "constraint",
    [Column("company_id", ForeignKey("company.id")), UniqueConstraint("name"), CheckConstraint("name <> ''")],
    ids=["foreign key", "unique", "check"],
)
def test_a_bound_projection_is_told(constraint: Column[str] | UniqueConstraint | CheckConstraint) -> None:
    assert bound_columns(visits()) == set()
    assert bound_columns(visits(constraint)) != set()


def visits(*further: Column[str] | UniqueConstraint | CheckConstraint) -> Table:
    columns = Column("seq", Integer, primary_key=True), Column("id", Text, unique=True), Column("name", Text)
    return Table("visit", MetaData(), *columns, *further)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE a (seq INTEGER, id TEXT, b TEXT, UNIQUE (id), FOREIGN KEY (b) REFERENCES b (id));",
        "CREATE TABLE a (seq INTEGER, id TEXT, b TEXT REFERENCES b(id));",
        "CREATE TABLE a (seq INTEGER, id TEXT, b TEXT, UNIQUE (b));",
        "CREATE TABLE a (seq INTEGER, id TEXT, b TEXT UNIQUE);",
        "CREATE UNIQUE INDEX a_b ON a (b);",
    ],
)
def test_a_binding_migration_is_told(script: str) -> None:
    assert bound_statements(script)


def test_a_comment_binds_nothing() -> None:
    assert not bound_statements("-- no FOREIGN KEY here\nCREATE TABLE a (seq INTEGER, id TEXT, UNIQUE (id));")
