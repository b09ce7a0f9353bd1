"""The monthly check of a store that is open: the same as `banso check`, and mending what the log explains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from app.crypto.key_slots import StoreKey
from app.errors import AppError, RecordsMended, RecordsUnreadable, StoreDamaged
from app.faults import told
from app.paths import StoreFolder
from app.services.store_reports import StoreReport, report_on
from app.workplace import Workplace
from db.store import read_marker, write_marker
from db.types import instant_ms

EVERY: Final = timedelta(days=30)
_CHECKED: Final = "self_checked_at"
"""Marker: when this device checked the store last, in milliseconds."""


class SelfCheckService:
    """`look` reads for a long time and belongs into the side pool; `settle` writes."""

    def __init__(self, place: Workplace, folder: StoreFolder, key: StoreKey) -> None:
        self._place = place
        self._folder = folder
        self._key = key

    def is_due(self) -> bool:
        """Whether the last check is a month ago; a store seen for the first time is taken as checked."""
        now = instant_ms(self._place.now())
        with self._place.reading() as reading:
            last = read_marker(reading.connection, _CHECKED)
        if not isinstance(last, int):
            self._note(now)
            return False
        return now - last >= EVERY // timedelta(milliseconds=1)

    def look(self) -> StoreReport:
        """Check every page, the log and the backups."""
        return report_on(self._folder, self._key, self._opened)

    def settle(self, report: StoreReport) -> AppError | None:
        """Mend what can be, note the day, and return what is to be told; None when all is well."""
        if report.page_faults or report.log is None:
            return StoreDamaged()
        left: tuple[tuple[str, str], ...] = ()
        if report.log.items:
            with told():
                left = self._place.store.mend(report.log.items)
                self._place.store.renew_index_later()
        self._note(instant_ms(self._place.now()))
        if left:
            return RecordsUnreadable(count=len(left), others=report.log.records - len(left))
        mended = sum(bool(record_id) for _, record_id in report.log.items)
        return RecordsMended(count=mended) if mended else None

    @contextmanager
    def _opened(self) -> Iterator[Workplace]:
        yield self._place

    def _note(self, now: int) -> None:
        with told(), self._place.store.writing_raw() as connection:
            write_marker(connection, _CHECKED, now)
