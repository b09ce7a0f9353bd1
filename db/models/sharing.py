"""What this device knows of sealed objects and keys. Never shared; see `build_spec/decisions/130-sharing.md`.

`object_bytes` is the mirror: the sealed bytes as they came or went. A pack has none of its own: `packed`
names the objects that it consists of, `pack` what stands before and behind them. `held_stream` is kept by
`Mirror.note`: of the segments that a device wrote into a stream how many numbers are held, the greatest
`sequence`, the `object.no` of the one with it, and of the one that was kept last. `change.segment` is the
`object.no` of the segment that carries a change; empty while it waits to be sealed (未送信).
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from db.base import METADATA
from db.models.log import CHANGE

OBJECT = Table(
    "object",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("oid", LargeBinary, nullable=False, unique=True),
    Column("short_id", LargeBinary, nullable=False, index=True),
    Column("type", Integer, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("stream", LargeBinary, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("epoch", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("place_name", Text, nullable=False),
    Column("placed", Integer),
)
OBJECT_BYTES = Table(
    "object_bytes",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
Index("object_by_stream", OBJECT.c.stream, OBJECT.c.sequence)
Index("object_by_state", OBJECT.c.state, OBJECT.c.epoch)
Index("object_beside_segments", OBJECT.c.type, OBJECT.c.device, sqlite_where=text("type<>1"))
Index("object_to_place", OBJECT.c.no, sqlite_where=text("placed=0"))
HELD_STREAM = Table(
    "held_stream",
    METADATA,
    Column("stream", LargeBinary, primary_key=True),
    Column("device", LargeBinary, primary_key=True),
    Column("held", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("newest", Integer, nullable=False),
    Column("latest", Integer, nullable=False),
    sqlite_with_rowid=False,
)
PACK = Table(
    "pack",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("head", LargeBinary, nullable=False),
    Column("tail", LargeBinary, nullable=False),
    Column("noted_ms", Integer, nullable=False),
    Column("is_tidied", Integer, nullable=False),
)
PACKED = Table(
    "packed",
    METADATA,
    Column("pack", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("object", Integer, nullable=False, index=True),
    sqlite_with_rowid=False,
)
EPOCH = Table(
    "epoch",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("compartment", LargeBinary, nullable=False),
    Column("key", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
STREAM = Table(
    "stream",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("compartment", LargeBinary, nullable=False),
    Column("next_sequence", Integer, nullable=False),
    Column("last", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
TWIN = Table(
    "twin",
    METADATA,
    Column("digest", LargeBinary, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("cell", Integer, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
CARRIED_AGAIN = Table(
    "carried_again",
    METADATA,
    Column("change", Integer, primary_key=True),
    Column("segment", Integer, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Further objects that carry a change beside its `segment`: it counts where one of them does."""
Index("change_unsent", CHANGE.c.id, sqlite_where=text("segment IS NULL"))
