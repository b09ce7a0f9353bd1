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


class Hold:
    """The lock on one folder."""

    def __init__(self, folder: StoreFolder) -> None:
        self._folder = folder
        self._lock = FileLock(folder.lock, timeout=0, thread_local=False)

    def take(self) -> None:
        """Hold the store. Raises StoreInUse with the other process, or what a refused write is."""
        try:
            self._lock.acquire()
        except Timeout:
            raise StoreInUse(process_id=_holder(self._folder)) from None
        except OSError as refused:
            raise write_fault(refused) from refused
        _sign(self._folder)

    def take_again(self) -> None:
        """The medium was taken out and is back: what was held before lies on nothing. Raises as `take`."""
        self._lock.release(force=True)
        self.take()

    def let_go(self) -> None:
        """Others may hold the store. One that another process took meanwhile stays signed by that."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._folder.holder.unlink(missing_ok=True)
            self._lock.release()


@contextmanager
def holding(folder: StoreFolder) -> Iterator[Hold]:
    """Hold the store while the block runs. Raises as `Hold.take`."""
    hold = Hold(folder)
    hold.take()
    try:
        yield hold
    finally:
        hold.let_go()


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
