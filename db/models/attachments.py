"""Attached files: what everybody knows of one, and what this device has of it (design-sync 7).

`blob` and `thumbnail` are never shared. A blob is known by its 32-byte object id; `placed` as in `object`.
`is_wanted`: somebody here asked for it. A picture is small enough for a list, and nothing but a copy.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, text

from db.base import METADATA, column, projection
from db.types import UtcInstant

ATTACHMENT = projection(
    "attachment",
    column("company_id"),
    column("support_session_id"),
    column("name"),
    column("note"),
    column("blob_id"),
    column("blob_key"),
    column("size", Integer),
    column("media_type"),
    column("added_at", UtcInstant),
    column("erased_at", UtcInstant),
    column("confidentiality"),
    indexed=("company_id",),
)
Index("attachment_by_blob_id", ATTACHMENT.c.blob_id)
BLOB = Table(
    "blob",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("is_held", Integer, nullable=False),
    Column("is_wanted", Integer, nullable=False),
    Column("placed", Integer),
    sqlite_with_rowid=False,
)
Index("blob_to_place", BLOB.c.id, sqlite_where=text("placed=0"))
Index("blob_wanted", BLOB.c.id, sqlite_where=text("is_wanted=1"))
THUMBNAIL = Table(
    "thumbnail",
    METADATA,
    Column("blob", LargeBinary, primary_key=True),
    Column("picture", LargeBinary, nullable=False),
)
