"""The log: a grow-only set of changes, with interned identities, and the view over its cells."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from db.base import METADATA
from db.types import UtcInstant

SAVE = Table(
    "save",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("sid", LargeBinary, nullable=False, unique=True),
)
COMPARTMENT = Table(
    "compartment",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("cid", LargeBinary, nullable=False, unique=True),
)
REC = Table(
    "rec",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("rid", LargeBinary, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("compartment", Integer, nullable=False, index=True),
)
FLD = Table(
    "fld",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)
AUTHOR = Table(
    "author",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("user", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
)
CHANGE = Table(
    "change",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("cell", Integer, nullable=False, index=True),
    Column("time", Integer, nullable=False),
    Column("author", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", LargeBinary),
    Column("parent", Integer),
    Column("segment", Integer),
)
REF = Table(
    "ref",
    METADATA,
    Column("child", Integer, primary_key=True),
    Column("what", Integer, primary_key=True),
    Column("parent", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
CELL = Table(
    "cell",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("winner", Integer),
    Column("heads", LargeBinary),
    Column("conflicts", LargeBinary),
    Column("flags", Integer, nullable=False, server_default="0"),
)
DRAFT = Table(
    "draft",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("anchor", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("preedit", Text, nullable=False, server_default=""),
    Column("caret", Integer, nullable=False, server_default="0"),
    Column("scroll", Integer, nullable=False, server_default="0"),
    Column("kept_at", UtcInstant, nullable=False),
    sqlite_with_rowid=False,
)
Index("cell_in_conflict", CELL.c.id, sqlite_where=text("conflicts IS NOT NULL"))
Index("cell_merged", CELL.c.id, sqlite_where=text("flags&2"))
MARKER = Table(
    "marker",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary),
    sqlite_with_rowid=False,
)
