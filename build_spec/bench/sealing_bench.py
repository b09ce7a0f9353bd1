"""Sealing and reading segments beside their floors, in one run.

Method. A log of 100,000 changes as work makes it: note lines of eight cells each, every third save an edit of
two cells that follow what was seen; texts are clauses of the practice notes. Time is the processor's, best of
five, garbage collection off. Sealing goes from changes one by one to signed objects; reading from objects to
checked columns: hashes, signature, decryption, inflating, every index and value looked at. The floors are
what no format could avoid: MessagePack of the same rows and zlib at the same level, nothing checked; and
the bare INSERT of as many log rows into an encrypted file, one transaction. Both are run in segments as full
as they may be, as a first sync has them, and in segments of 250, as a day's work makes them.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.order_keys import seeded_from
from app.ids import record_id
from app.sharing.objects import batches as cutting
from app.sharing.objects import plaintext, segment
from app.sharing.objects.batches import LoggedChange, batches
from app.sharing.objects.container import Header, ObjectType, parse, seal
from app.sharing.objects.segment import Segment
from app.sync.clock import COUNTER_BITS
from build_spec.bench.big_store import SEED, clauses
from build_spec.bench.store_bench import KEY
from db.engine import connect

CHANGES, BEST_OF = 100_000, 5
SIZES = (cutting.MOST_CHANGES, 250)
START = datetime(2026, 4, 1, tzinfo=UTC)
DRAW = random.Random(SEED)
VAULT, DEVICE, STREAM, EPOCH, USER = (DRAW.randbytes(16) for _ in range(5))
EPOCH_KEY = DRAW.randbytes(32)
AUTHOR = Ed25519PrivateKey.from_private_bytes(DRAW.randbytes(32))
AUTHOR_KEY = AUTHOR.public_key().public_bytes_raw()


def main() -> None:
    """Print every figure with its ratio."""
    log = list(_log())
    rows = [tuple(change) for change in log]
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        inserting = _inserting(rows)
        print(f"{CHANGES:,}変更。素の書き込み（暗号化した保管ファイルに行だけ） {_rate(inserting)}")
        for size in SIZES:
            _measure(log, rows, size, inserting)
    finally:
        gc.enable()


def _measure(log: list[LoggedChange], rows: list[Any], size: int, inserting: float) -> None:
    cutting.MOST_CHANGES = size  # type: ignore[misc]
    sealing, objects = _best(lambda: list(_sealed(log)))
    packing, packed = _best(lambda: [_packed(rows[at : at + size]) for at in range(0, CHANGES, size)])
    reading, _ = _best(lambda: [_read(each) for each in objects])
    unpacking, _ = _best(lambda: [msgpack.unpackb(zlib.decompress(each)) for each in packed])
    bytes_each, floor_bytes = (sum(map(len, each)) / CHANGES for each in (objects, packed))
    print(f" 一つに{size:,}変更まで: {len(objects)}個、1変更 {bytes_each:.1f} バイト（床 {floor_bytes:.1f}）")
    print(
        f"  封をする {_rate(sealing)}（目標 20万）、床 {_rate(packing)}、時間は床の {sealing / packing:.1f}倍"
    )
    print(f"  確かめて読む {_rate(reading)}（目標 80万）、床 {_rate(unpacking)}")
    print(f"  読む時間は床の {reading / unpacking:.1f}倍、素の書き込みの {reading / inserting:.2f}倍")


def _sealed(log: list[LoggedChange]) -> Iterator[bytes]:
    for number, changes in enumerate(batches(log)):
        body = segment.encode(Segment(0, "1.2.3", 1, changes))
        header = Header(
            ObjectType.SEGMENT, VAULT, DEVICE, number.to_bytes(32), STREAM, sequence=number, epoch=EPOCH
        )
        yield seal(header, body, EPOCH_KEY, AUTHOR.sign)


def _read(data: bytes) -> Segment:
    parsed = parse(data, VAULT)
    parsed.check_signature(AUTHOR_KEY)
    return segment.decode(parsed.open_body(EPOCH_KEY))


def _packed(rows: list[Any]) -> bytes:
    return zlib.compress(msgpack.packb(rows), plaintext.LEVEL)


def _inserting(rows: list[Any]) -> float:
    numbered = [(number, number // 8, row[6], 1, row[4], row[5], None) for number, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "floor.db", KEY.raw)
        connection.execute(
            "CREATE TABLE change(id INTEGER PRIMARY KEY, cell INTEGER NOT NULL, time INTEGER NOT NULL,"
            " author INTEGER NOT NULL, kind TEXT NOT NULL, value BLOB, parent INTEGER)"
        )

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM change")
            connection.executemany("INSERT INTO change VALUES(?,?,?,?,?,?,?)", numbered)
            connection.execute("COMMIT")

        took, _ = _best(insert)
        connection.close()
    return took


def _log() -> Iterator[LoggedChange]:
    parts = clauses()
    lines: list[tuple[bytes, bytes]] = []
    left = CHANGES
    save = 0
    while left > 0:
        save += 1
        sid, at = DRAW.randbytes(8), START + timedelta(seconds=47 * save)
        is_edit = save % 3 == 0
        made = _edit(sid, at, lines, parts) if is_edit else _new_line(sid, at, parts)
        if not is_edit:
            lines.append((made[0].record, made[0].id))
        yield from made[:left]
        left -= len(made)


def _new_line(sid: bytes, at: datetime, parts: list[str]) -> list[LoggedChange]:
    record = UUID(record_id(at, DRAW.randbytes)).bytes
    cells = {
        "text": _text(parts),
        "company_id": str(UUID(int=1 << 100)),
        "support_session_id": str(UUID(int=(1 << 100) + at.day)),
        "stamped_at": int(at.timestamp() * 1000),
        "order_key": seeded_from(at),
        "mark": DRAW.choice((None, "fact", "issue", "decision")),
        "is_secret": DRAW.random() < 0.1,
        "confidentiality": None,
    }
    return [_change(sid, place, at, record, name, value) for place, (name, value) in enumerate(cells.items())]


def _edit(sid: bytes, at: datetime, lines: list[Any], parts: list[str]) -> list[LoggedChange]:
    record, first = DRAW.choice(lines[-40:])
    seen = (first[:8] + bytes(4), first[:8] + (5).to_bytes(4))
    return [
        _change(sid, 0, at, record, "text", _text(parts), (seen[0],)),
        _change(sid, 1, at, record, "mark", "homework", (seen[1],)),
    ]


def _change(
    sid: bytes,
    place: int,
    at: datetime,
    record: bytes,
    name: str,
    value: object,
    seen: tuple[bytes, ...] = (),
) -> LoggedChange:
    own, stamp = sid + place.to_bytes(4), int(at.timestamp() * 1000) << COUNTER_BITS
    return LoggedChange(own, record, "note_line", name, "set", msgpack.packb(value), stamp, USER, seen)


def _text(parts: list[str]) -> str:
    return DRAW.choice(parts) + DRAW.choice(parts)[: DRAW.randint(0, 20)]


def _best(act: Callable[[], Any]) -> tuple[float, Any]:
    took = []
    for _ in range(BEST_OF):
        start = time.process_time()
        answer = act()
        took.append(time.process_time() - start)
    return min(took), answer


def _rate(seconds: float) -> str:
    return f"毎秒 {CHANGES / seconds / 10_000:,.1f}万"
