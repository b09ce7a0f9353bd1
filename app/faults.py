"""The store's plain faults told as what a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app import errors
from db import engine
from db.forms import UnknownRecord

_CASES: tuple[tuple[type[Exception], type[errors.AppError]], ...] = (
    (engine.StoreFull, errors.DiskFull),
    (engine.StoreReadOnly, errors.FolderReadOnly),
    (engine.StoreGone, errors.FolderVanished),
    (engine.StoreDamaged, errors.StoreDamaged),
    (engine.StoreBusy, errors.StoreBusy),
    (UnknownRecord, errors.RecordMissing),
)


@contextmanager
def told() -> Iterator[None]:
    """Raise the AppError that a store fault is; let everything else pass."""
    try:
        yield
    except tuple(fault for fault, _ in _CASES) as raised:
        for fault, case in _CASES:
            if isinstance(raised, fault):
                raise case() from raised
