"""次の一手: the open action that is due first."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.companies import NextAction
from ui.day_words import short_day_weekday
from ui.screens.company.words import due_state
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chips import StateChip
from ui.widgets.layouts import put, row
from ui.widgets.texts import Text


class NextActionCard(Card):
    """`plan_asked` opens the plan it stands in."""

    plan_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, parent=parent)
        self._title = Text("", Role.BODY_BOLD, elide=True)
        self._when = Text("", Role.BODY, "sub")
        self._chip = StateChip(State("flat", ""))
        plan = Button("計画を開く", kind="link")
        plan.clicked.connect(self.plan_asked)
        line = row(spacing=12, margins=(20, 10, 20, 10))
        put(line, Text("次の一手", Role.TABLE, "sub"), self._title, self._when, self._chip, None, plan)
        self.add(line)

    def show_action(self, action: NextAction | None, today: date) -> None:
        """Show it; None says that nothing is open."""
        self._title.setText(action.title if action else "まだ決まっていません")
        self._title.set_tone("text" if action else "sub")
        self._when.setText(_when_and_who(action, today) if action else "")
        self._when.setVisible(bool(self._when.text()))
        state = due_state(action.due_on, today) if action else None
        self._chip.setVisible(state is not None)
        if state:
            self._chip.set_state(state)


def _when_and_who(action: NextAction, today: date) -> str:
    when = short_day_weekday(action.due_on, today) if action.due_on else ""
    return " ".join(part for part in (when, action.owner) if part)
