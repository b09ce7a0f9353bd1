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
        self._faces_guest = False
        self.take.clicked.connect(self._take)
        decline.clicked.connect(self._decline)
        self.hide()

    def offer(self, unconverted: Unconverted) -> None:
        """Show what was left."""
        self._unconverted = unconverted
        self.set_text(f"変換前の文字が残っています:「{unconverted.text}」")
        self.setVisible(not self._faces_guest)

    def face_guest(self, *, on: bool) -> None:
        """What was being typed may be 秘密: a guest does not see the offer."""
        self._faces_guest = on
        self.setVisible(self._unconverted is not None and not on)

    def forget(self) -> None:
        """There is nothing to offer any more."""
        self._unconverted = None
        self.hide()

    def _take(self) -> None:
        unconverted = self._unconverted
        self.forget()
        self.taken.emit(unconverted)

    def _decline(self) -> None:
        self.forget()
        self.declined.emit()
