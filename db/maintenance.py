"""Backups of the encrypted file and the verification of its pages."""

from __future__ import annotations

import os
from pathlib import Path

from db.engine import ONE_PASS_CACHE_KIB, StoreDamaged, connect, require_store
from db.store import plain_faults


def back_up(path: Path, raw_key: bytes, target: Path) -> None:
    """Write a compact copy under the same key to `target`, which must not exist, and verify it.

    Runs on a connection of its own beside the open store. Leaves no half-written target. Raises the
    plain faults, StoreDamaged among them when the copy fails its verification.
    """
    unfinished = target.with_suffix(".part")
    discard(unfinished)
    try:
        _copy(path, raw_key, unfinished)
        verify(unfinished, raw_key)
        _make_durable(unfinished)
        unfinished.rename(target)
    finally:
        discard(unfinished)


def discard(unfinished: Path) -> None:
    """Remove a half-written copy, and the journal that a full disk leaves beside it."""
    for path in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
        path.unlink(missing_ok=True)


def _copy(path: Path, raw_key: bytes, target: Path) -> None:
    require_store(path)
    connection = connect(path, raw_key, cache_kib=ONE_PASS_CACHE_KIB)
    try:
        with plain_faults():
            connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _make_durable(path: Path) -> None:
    """VACUUM INTO leaves its file to the system's cache; a power cut must not find it half on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def verify(path: Path, raw_key: bytes) -> None:
    """Open a file and check every page. Raises StoreDamaged and the plain faults."""
    faults = page_faults(path, raw_key)
    if faults:
        raise StoreDamaged


def page_faults(path: Path, raw_key: bytes) -> tuple[str, ...]:
    """What SQLCipher's check of every page and SQLite's of every table say; empty when all is well."""
    require_store(path)
    connection = connect(path, raw_key, cache_kib=ONE_PASS_CACHE_KIB)
    try:
        with plain_faults():
            pages = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            tables = [row[0] for row in connection.execute("PRAGMA quick_check")]
    finally:
        connection.close()
    return tuple(pages) + tuple(line for line in tables if line != "ok")
