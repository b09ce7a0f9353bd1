"""Building the workplace and its services from paths, keys and a clock; tests use it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.clock import Clock, SystemClock
from app.faults import told
from app.ids import record_id, save_id
from app.log_rules import RULES
from app.masters import load_masters
from app.sync.clock import HybridClock
from app.workplace import Workplace
from db import store as db_store

STORE_NAME, KEYS_NAME = "store.db", "store.keys.json"
_TEAM, _USER, _DEVICE = "team_id", "user_id", "device_id"


def store_path(folder: Path) -> Path:
    """The encrypted file of a store folder."""
    return folder / STORE_NAME


def create_store(folder: Path, raw_key: bytes, clock: Clock) -> None:
    """Make an empty store with fresh team, user and device ids. Raises FileExistsError."""
    ids = {name: record_id(clock.now()) for name in (_TEAM, _USER, _DEVICE)}
    with told():
        db_store.create(store_path(folder), raw_key, ids)


def open_workplace(
    folder: Path,
    raw_key: bytes,
    *,
    clock: Clock | None = None,
    before_migrating: Callable[[], object] = lambda: None,
) -> Workplace:
    """Open an existing store for work, upgrading it first where needed.

    `raw_key` is 48 bytes: key and salt. `before_migrating` makes the backup that precedes an upgrade.
    """
    path = store_path(folder)
    clock = clock or SystemClock()
    with told():
        db_store.prepare(path, raw_key, before_migrating=before_migrating)
        markers = db_store.local_markers(path, raw_key)
        return Workplace(
            store=_opened(path, raw_key, markers, clock),
            clock=clock,
            masters=load_masters(),
            team_id=str(markers[_TEAM]),
            user_id=str(markers[_USER]),
        )


def _opened(path: Path, raw_key: bytes, markers: Mapping[str, object], clock: Clock) -> db_store.Store:
    def now_ms() -> int:
        return int(clock.now().timestamp() * 1000)

    last = markers.get(db_store.LAST_TIME)
    ticking = HybridClock(now_ms, last if isinstance(last, int) else 0)
    author = db_store.Author(str(markers[_USER]), str(markers[_DEVICE]))
    return db_store.Store(path, raw_key, RULES, author, tick=ticking.tick, new_save_id=save_id)
