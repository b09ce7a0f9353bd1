"""The strip over the notes after Ctrl+5: which day was read in the line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.said_days import SaidDay
from ui.theme.paint import State
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import StateChip
from ui.widgets.message_bar import Banner

UNCONFIRMED = "未確認"


class DayStrip(Banner):
    """Quiet: it takes no focus and no key. What follows from a day in law is not said here."""

    confirmed = Signal(str)
    differed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.confirm, self.differ = Button("合っています", size="small"), Button("違う", size="small")
        close = IconButton("close", "日の帯を閉じる")
        state = StateChip(State("warn", UNCONFIRMED))
        super().__init__("", state, self.confirm, self.differ, close, kind="warn", parent=parent)
        self.line_id = ""
        self.confirm.clicked.connect(self._confirm)
        self.differ.clicked.connect(self._differ)
        close.clicked.connect(self.forget)
        self.hide()

    def show_days(self, line_id: str, days: tuple[SaidDay, ...]) -> None:
        """Show what was read in a line; nothing where no day was."""
        if not days:
            self.forget()
            return
        self.line_id = line_id
        words = "、".join(day.words for day in days)
        self.set_text(words)
        self.setAccessibleName(f"読んだ日: {words} {UNCONFIRMED}")
        self.show()

    def forget(self) -> None:
        """There is nothing to show any more."""
        self.line_id = ""
        self.hide()

    def _confirm(self) -> None:
        line_id = self.line_id
        self.forget()
        self.confirmed.emit(line_id)

    def _differ(self) -> None:
        line_id = self.line_id
        self.forget()
        self.differed.emit(line_id)
