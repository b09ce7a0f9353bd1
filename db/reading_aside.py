"""Reading a store file that nobody works in, such as the copy of a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.engine import open_engine
from db.reading import Reading
from db.store import plain_faults


@contextmanager
def reading_aside(path: Path, raw_key: bytes) -> Iterator[Reading]:
    """One moment of the file, which must have this program's schema. Raises the plain faults."""
    reader, _ = open_engine(path, raw_key)
    try:
        with plain_faults(), reader.begin() as connection:
            yield Reading(connection)
    finally:
        reader.dispose()
