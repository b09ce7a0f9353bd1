"""What every projection of a record has in common, and the type of a transaction's connection."""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.types import TypeEngine

Connection = sqlalchemy.Connection
"""For signatures above, where the library itself is not imported."""

METADATA = MetaData()


def projection(name: str, *columns: Column[Any], indexed: tuple[str, ...] = ()) -> Table:
    """Declare the projection of one record type.

    `seq` is the local rowid and is never shared; `id` is the record's UUIDv7 as text; `compartment`
    is the id of the company the record belongs to, or of the team; `deleted` is 0 live, 1 deleted,
    2 deleted but changed; `conflicts` counts the cells with open conflicts. A projection carries no
    constraint beyond its id: offline devices cannot enforce one. `indexed` names the columns of its
    first index; the second one finds the few that are not live, if a query says `deleted<>0`.
    """
    table = Table(
        name,
        METADATA,
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("compartment", Text, nullable=False),
        Column("deleted", Integer, nullable=False, server_default="0"),
        Column("conflicts", Integer, nullable=False, server_default="0"),
        *columns,
    )
    if indexed:
        Index(f"{name}_by_{indexed[0]}", *(table.c[column] for column in indexed))
    Index(f"{name}_deleted", table.c.deleted, sqlite_where=text("deleted<>0"))
    return table


def column(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    """One column of a projection; empty until a change sets it."""
    return Column(name, kind)
