"""The quiet offer of 変換前の文字: text that an unexpected stop left unconverted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.screens.support_session.left_drafts import Unconverted
from ui.widgets.buttons import Button, IconButton
from ui.widgets.message_bar import Banner


class UnconvertedOffer(Banner):
    """Hidden until there is something to offer."""

    taken = Signal(object)
    """The `Unconverted` shall go where it was."""
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.take = Button("入れる", size="small")
        decline = IconButton("close", "入れずに閉じる")
        super().__init__("", self.take, decline, kind="info", parent=parent)
        self._unconverted: Unconverted | None = None
        self.take.clicked.connect(self._take)
        decline.clicked.connect(self._decline)
        self.hide()

    def offer(self, unconverted: Unconverted) -> None:
        """Show what was left."""
        self._unconverted = unconverted
        self.set_text(f"変換前の文字が残っています:「{unconverted.text}」")
        self.show()

    def _take(self) -> None:
        self.hide()
        self.taken.emit(self._unconverted)

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()
