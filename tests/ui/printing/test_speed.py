"""Laying out and drawing happen off the window's thread."""

import time

from PySide6.QtCore import QObject, QTimer

from tests.ui.printing.conftest import Desk

LONGEST_BLOCK_SECONDS = 0.5


class Watchdog(QObject):
    """Notes the longest time in which the window's thread did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._before = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(5)

    def _look(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._before)
        self._before = now


def test_every_company_at_once_never_blocks_the_window(desk: Desk) -> None:
    everyone = tuple(row.id for row in desk.services.companies.list_rows())
    desk.open(company_ids=desk.supported()[:1], document="history")
    watchdog = Watchdog()
    desk.open(company_ids=everyone * 6, document="history")
    assert desk.screen._preview.images.count > 50
    assert 0 < watchdog.longest < LONGEST_BLOCK_SECONDS
