"""Opening the encrypted file: the only place that knows it is SQLite and SQLCipher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

RAW_KEY_BYTES = 48
"""32 bytes of key and 16 of salt: with the salt at hand a damaged header is survivable."""

_FIRST_CACHE_KIB, _OTHER_CACHE_KIB = 64_000, 8_000
ONE_PASS_CACHE_KIB = 1_000
"""For a connection that goes through the file once: a larger cache would hold what is not read again."""
_PORTION = 500
"""So many values are asked for in one statement."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "temp_store=MEMORY")


class StoreFileMissing(Exception):
    """The file is absent or empty; opening it would silently make a new, empty store."""


class StoreFileUnreadable(Exception):
    """The file does not open with this key: another key, or its first page is damaged."""


class StoreBusy(Exception):
    """Another process holds the file for writing."""


class StoreFull(Exception):
    """The device has no room left; the transaction was rolled back whole."""


class StoreReadOnly(Exception):
    """The file or its folder cannot be written."""


class StoreDamaged(Exception):
    """A page of the file failed its check."""


class StoreGone(Exception):
    """The file cannot be reached any more: its medium was taken away."""


DRIVER_ERRORS = (dbapi2.Error, UnicodeDecodeError)
"""What the driver raises; the second when SQLite's message quotes the bytes of a garbled page."""


def translated(error: Exception) -> Exception:
    """The plain fault behind a driver's message, or the error itself when it is our defect."""
    if isinstance(error, UnicodeDecodeError):
        return StoreDamaged("garbled")
    text = str(getattr(error, "orig", None) or error)
    for words, fault in (
        ("disk is full", StoreFull),
        ("readonly", StoreReadOnly),
        ("locked", StoreBusy),
        ("not a database", StoreFileUnreadable),
        ("malformed", StoreDamaged),
        ("vtable constructor failed", StoreDamaged),
        ("fts5: corruption", StoreDamaged),
        ("hmac check failed", StoreDamaged),
        ("disk I/O error", StoreGone),
        ("unable to open", StoreGone),
    ):
        if words in text:
            return fault(words)
    return error


def connect(path: Path, raw_key: bytes, *, cache_kib: int = _OTHER_CACHE_KIB) -> Any:
    """One keyed connection outside any pool, in autocommit.

    Raises StoreFileUnreadable, StoreReadOnly and the other faults above.
    """
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{raw_key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
    except DRIVER_ERRORS as error:
        connection.close()
        fault = translated(error)
        # A store that is there and does not open lacks the right to keep its log beside it.
        raise (StoreReadOnly("log") if isinstance(fault, StoreGone) and path.exists() else fault) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _opener(path: Path, raw_key: bytes) -> Callable[[], Any]:
    opened = count()

    def open_one() -> Any:
        is_first = next(opened) == 0
        return connect(path, raw_key, cache_kib=_FIRST_CACHE_KIB if is_first else _OTHER_CACHE_KIB)

    return open_one


def _begin(connection: Connection) -> None:
    is_writer = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def require_store(path: Path) -> None:
    """Raise StoreFileMissing where SQLite would create an empty store."""
    if not path.exists() or path.stat().st_size == 0:
        raise StoreFileMissing


def open_engine(path: Path, raw_key: bytes) -> tuple[Engine, Engine]:
    """Return (reader, writer) over one pool of four connections.

    `raw_key` is 48 bytes. The writer begins with BEGIN IMMEDIATE, so that a read-modify-write can
    never lose an update. Raises StoreFileMissing.
    """
    if len(raw_key) != RAW_KEY_BYTES:
        raise ValueError("a raw key has 48 bytes")
    require_store(path)
    reader = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_opener(path, raw_key),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=0,
        pool_use_lifo=True,
    )
    event.listen(reader, "begin", _begin)
    return reader, reader.execution_options(write=True)


def driver_calls(connection: Connection) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The driver's own `execute` and `executemany` within the transaction of a connection.

    For the statements of every save: SQLAlchemy's way to them takes two to four times as long as they do.
    """
    driver: Any = connection.connection.dbapi_connection
    return driver.execute, driver.executemany


def rows_in(run: Callable[..., Any], select: str, wanted: Sequence[object]) -> Iterator[Any]:
    """The rows of `select`, which ends in a column, where that is one of the wanted, however many."""
    for start in range(0, len(wanted), _PORTION):
        part = wanted[start : start + _PORTION]
        yield from run(f"{select} IN ({','.join('?' * len(part))})", part)
