"""One process works in a store at a time; the system lets go of the lock when that process ends, however.

Held by the window, by `import`, `restore` and upgrades. Reading beside an open window needs no lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from app.errors import StoreInUse, write_fault
from app.paths import StoreFolder


@contextmanager
def holding(folder: StoreFolder) -> Iterator[None]:
    """Hold the store. Raises StoreInUse with the other process, or what a refused write is."""
    lock = FileLock(folder.lock, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise StoreInUse(process_id=_holder(folder)) from None
    except OSError as refused:
        raise write_fault(refused) from refused
    try:
        _sign(folder)
        yield
    finally:
        with suppress(OSError):
            folder.holder.unlink(missing_ok=True)
        lock.release()


def _sign(folder: StoreFolder) -> None:
    """Say who holds the store. Only a courtesy: the lock itself is what counts."""
    with suppress(OSError):
        folder.holder.write_text(json.dumps({"process_id": os.getpid()}))


def _holder(folder: StoreFolder) -> int:
    """The process that signed, or 0."""
    try:
        signed = json.loads(folder.holder.read_bytes())["process_id"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return signed if type(signed) is int else 0
