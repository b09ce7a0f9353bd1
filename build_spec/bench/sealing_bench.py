"""Sealing and reading segments beside their floors, in one run.

Method. A log of 100,000 changes as work makes it (`sync_team`) lies unsent in an encrypted store. Time is
the processor's, best of five, garbage collection off. Sealing goes from the rows of the store to signed
objects; reading from objects to checked columns: hashes, signature, decryption, inflating, every index
and value looked at. The floors are what no format could avoid: MessagePack of the same rows and zlib at
the same level, nothing checked; and the bare INSERT of as many log rows into an encrypted file, one
transaction. Both are run in segments as full as they may be, as a first sync has them, and in segments of
250, as a day's work makes them.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.sharing_columns import as_travelling
from app.services.sharing_outbox import MOST_CHANGES
from app.sharing.objects import plaintext, segment
from app.sharing.objects.container import Header, ObjectType, parse, seal
from app.sharing.objects.segment import Segment
from build_spec.bench.big_store import SEED
from build_spec.bench.store_bench import KEY
from build_spec.bench.sync_team import WrittenLog, folder_of, found
from db.engine import connect
from db.store import Store
from db.unsent import take_unsent, waiting_changes

CHANGES, BEST_OF = 100_000, 5
SIZES = (MOST_CHANGES, 250)
DRAW = random.Random(SEED)
VAULT, DEVICE, EPOCH = (DRAW.randbytes(16) for _ in range(3))
EPOCH_KEY = DRAW.randbytes(32)
AUTHOR = Ed25519PrivateKey.from_private_bytes(DRAW.randbytes(32))
AUTHOR_KEY = AUTHOR.public_key().public_bytes_raw()


def main() -> None:
    """Print every figure with its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        laptop = found(root, "a", folder_of(root))
        log = WrittenLog(laptop)
        log.write(CHANGES)
        with laptop.workplace.store.reading() as connection:
            rows = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM change")]
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            inserting = _inserting(rows)
            print(f"{CHANGES:,}変更。素の書き込み（暗号化した保管ファイルに行だけ） {_rate(inserting)}")
            for size in SIZES:
                _measure(laptop.workplace.store, log, rows, size, inserting)
        finally:
            gc.enable()
            laptop.close()


def _measure(store: Store, log: WrittenLog, rows: list[Any], size: int, inserting: float) -> None:
    sealing, objects = _best(lambda: list(_sealed(store, log, size)))
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


def _sealed(store: Store, log: WrittenLog, size: int) -> Iterator[bytes]:
    with store.reading() as connection:
        waiting = waiting_changes(connection)
        for company in log.companies:
            parts = take_unsent(connection, waiting[UUID(company).bytes], size)
            for number, (_, columns) in enumerate(parts):
                body = segment.encode(Segment(0, "1.2.3", 1, as_travelling(columns)))
                stream = UUID(company).bytes
                header = Header(
                    ObjectType.SEGMENT,
                    VAULT,
                    DEVICE,
                    number.to_bytes(32),
                    stream,
                    sequence=number,
                    epoch=EPOCH,
                )
                yield seal(header, body, EPOCH_KEY, AUTHOR.sign)


def _read(data: bytes) -> Segment:
    parsed = parse(data, VAULT)
    parsed.check_signature(AUTHOR_KEY)
    return segment.decode(parsed.open_body(EPOCH_KEY))


def _packed(rows: list[Any]) -> bytes:
    return zlib.compress(msgpack.packb(rows), plaintext.LEVEL)


def _inserting(rows: list[Any]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "floor.db", KEY.raw)
        connection.execute(
            "CREATE TABLE change(id INTEGER PRIMARY KEY, cell INTEGER NOT NULL, time INTEGER NOT NULL,"
            " author INTEGER NOT NULL, kind TEXT NOT NULL, value BLOB, parent INTEGER)"
        )

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM change")
            connection.executemany("INSERT INTO change VALUES(?,?,?,?,?,?,?)", [row[:7] for row in rows])
            connection.execute("COMMIT")

        took, _ = _best(insert)
        connection.close()
    return took


def _best(act: Callable[[], Any]) -> tuple[float, Any]:
    took = []
    for _ in range(BEST_OF):
        start = time.process_time()
        answer = act()
        took.append(time.process_time() - start)
    return min(took), answer


def _rate(seconds: float) -> str:
    return f"毎秒 {CHANGES / seconds / 10_000:,.1f}万"
