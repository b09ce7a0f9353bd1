"""How far long work has come, with the way to stop it. Work of under a second shows nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.widgets.buttons import Button
from ui.widgets.layouts import row
from ui.widgets.texts import Text

_QUIET_MS = 1000


class ProgressLine(QWidget):
    """Hidden until work has taken a second. `moved` may be emitted from the thread that works."""

    stopped = Signal()
    moved = Signal(int)
    """How many of the announced steps are done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "info")
        self.setProperty("edge", "bottom")
        self._words = Text("", elide=True)
        self._work = self._unit = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = Button("やめる", size="small")
        self._stop.clicked.connect(self.stopped)
        line = row(self, spacing=12, margins=(16, 6, 16, 6))
        line.addWidget(self._words)
        line.addWidget(self._bar, 1)
        line.addWidget(self._stop)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self.show)
        self.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def begin(self, words: str, steps: int, unit: str) -> None:
        """Work begins: `words` say which, `steps` of `unit` are ahead."""
        self._words.setText(words)
        self._work, self._unit = words, unit
        self._bar.setRange(0, max(1, steps))
        self._bar.setValue(0)
        self._quiet.start()

    def end(self) -> None:
        """Work is over."""
        self._quiet.stop()
        self.hide()

    def _move(self, done: int) -> None:
        self._bar.setValue(done)
        self._words.setText(f"{self._work}　{done:,} / {self._bar.maximum():,}{self._unit}")
