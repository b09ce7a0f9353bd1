"""The files of a store, taken off the disk for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.errors import write_fault
from app.paths import StoreFolder


def delete_store(folder: StoreFolder) -> None:
    """Delete everything that the program made in a folder, and the folder if nothing else is there.

    The key file goes first: whatever a stop in the middle leaves, nobody can read. The store must be closed.
    Raises what a refused write is.
    """
    kept = folder.backups / folder.blobs.name
    try:
        for file in _files(folder, kept):
            file.unlink(missing_ok=True)
        buckets = [*folder.blobs.glob("??"), *kept.glob("??")]
        for place in (*buckets, folder.blobs, kept, folder.backups, folder.path):
            if place.exists() and not any(place.iterdir()):
                place.rmdir()
    except OSError as refused:
        raise write_fault(refused) from refused


def _files(folder: StoreFolder, kept: Path) -> Iterator[Path]:
    yield from (folder.keys, folder.keys_copy)
    yield from folder.backups.glob("*.keys.json")
    yield from folder.path.glob("store.*")
    yield from folder.backups.glob("*.db")
    for files in (folder.blobs, kept):
        yield from files.glob("??/*.osy")
