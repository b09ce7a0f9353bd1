"""The local table of drafts. Drafts never travel."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select
from sqlalchemy.dialects.sqlite import insert

from db.models.log import DRAFT
from db.reading import Found


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the order of the table's columns."""

    scope: str
    field: str
    anchor: str
    text: str
    preedit: str
    caret: int
    scroll: int
    kept_at: datetime


def put(connection: Connection, draft: Draft) -> None:
    """Write or replace the draft of one line or field."""
    values = dict(zip(DRAFT.columns.keys(), astuple(draft), strict=True))
    statement = insert(DRAFT).values(values)
    renewed = {name: statement.excluded[name] for name in values if name not in {"scope", "field"}}
    connection.execute(statement.on_conflict_do_update(index_elements=["scope", "field"], set_=renewed))


def drop(connection: Connection, scope: str, field: str) -> None:
    """Delete one draft."""
    connection.execute(delete(DRAFT).where(DRAFT.c.scope == scope, DRAFT.c.field == field))


def of(connection: Connection, scope: str) -> list[Found]:
    """The drafts of a scope, oldest first."""
    return _found(connection, select(DRAFT).where(DRAFT.c.scope == scope))


def every(connection: Connection) -> list[Found]:
    """All drafts, oldest first."""
    return _found(connection, select(DRAFT))


def _found(connection: Connection, statement: Select[Any]) -> list[Found]:
    rows = connection.execute(statement.order_by(DRAFT.c.kept_at)).mappings()
    return [dict(found) for found in rows]
