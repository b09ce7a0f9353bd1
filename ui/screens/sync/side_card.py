"""One of the values of S11: who wrote it, when and where, and what differs from the value before."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.clock import JAPAN
from app.domain.calendar import WEEKDAYS
from app.domain.differences import Difference, Fate
from app.rows.conflicts import Side
from ui.screens.sync.choice_button import ChoiceButton
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.chips import StateChip
from ui.widgets.difference_text import DifferenceText
from ui.widgets.layouts import BLOCK_MARGINS, column, put, row
from ui.widgets.texts import Paragraph, Text

_SHORT = 14
"""A value of no more characters is shown in large type."""


class SideCard(QFrame):
    """`chosen` carries its number when its button is pressed; the value before has no button."""

    chosen = Signal(int)
    decided = Signal()
    """Enter was pressed on the card that is chosen."""

    def __init__(
        self, side: Side, number: int | None, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number = number
        self._name = title or side.who or "ほかの人"
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        body = column(self, spacing=4, margins=BLOCK_MARGINS)
        head = row()
        put(head, Text(self._name, Role.BODY_BOLD, elide=True), None)
        if side.is_here and number is not None:
            head.addWidget(StateChip(State("info", "このPC", "device")))
        body.addLayout(head)
        device = "" if side.is_here or side.where == side.who else side.where
        where = [moment_words(side.at), side.who if title else "", device]
        body.addWidget(Text("  ".join(part for part in where if part), Role.TABLE, "sub", elide=True))
        pieces = side.differences or (Difference(Fate.KEPT, side.words or "(なし)"),)
        role = Role.READ_BACK if len(side.words) <= _SHORT else Role.NOTE
        put(body, 8, DifferenceText(pieces, role))
        if side.beside:
            put(body, Paragraph(f"同じときに: {'、'.join(side.beside)}", Role.TABLE, "sub"))
        put(body, None)
        self.button: ChoiceButton | None = None
        if number is not None:
            self.button = ChoiceButton("これにする", key=f"Ctrl+{number + 1}")
            self.button.clicked.connect(self._press)
            self.button.decided.connect(self.decided)
            line = row()
            put(line, self.button, None)
            put(body, 8, line)
        self.show_chosen(on=False)

    def show_chosen(self, *, on: bool) -> None:
        """Mark it as the choice; word and shape say so too."""
        self.setProperty("chosen", on)
        self.setAccessibleName(f"{self._name} {'選んでいます' if on else ''}".strip())
        if self.button is not None:
            self.button.show_chosen(on=on)
            self.button.set_label("これにします" if on else "これにする")
        self.style().unpolish(self)
        self.style().polish(self)

    def _press(self) -> None:
        if self._number is not None:
            self.chosen.emit(self._number)


def moment_words(at: datetime) -> str:
    """「7/23(水) 09:10」."""
    local = at.astimezone(JAPAN)
    return f"{local.month}/{local.day}({WEEKDAYS[local.weekday()]}) {local:%H:%M}"
