"""Cyclic garbage is collected on the window's thread only.

Python collects on whichever thread allocates. When that is a worker, the Qt objects in a cycle are handed to
the window's thread to be destroyed later, and crash the program there if their parents have ended meanwhile.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LOOK_MS = 500


class Collecting(QObject):
    """Takes over from Python's own collecting until `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._python_collected = gc.isenabled()
        gc.disable()

    def end(self) -> None:
        """Leave collecting to whom it was taken from: no worker is left."""
        self._timer.stop()
        if self._python_collected:
            gc.enable()

    def _look(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        for generation, (count, threshold) in reversed(
            [*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]
        ):
            if count > threshold:
                gc.collect(generation)
                return


def end_window(window: QWidget) -> None:
    """End a closed window with all in it, now, and collect what that leaves.

    Left to the collecting, a window would end while the Python half of what is in it is being taken apart,
    and what is told of the focus on the way would stop the program.
    """
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    gc.collect()
