"""だれ: somebody of the team or the company, nobody yet, or any name written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.rows.action_plans import ActionRow
from app.rows.companies import PersonRow
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column
from ui.widgets.segmented import Option

_BY_HAND = "by-hand"


class OwnerField(QWidget):
    """`chosen` carries the columns `owner_id` and `owner_name`: of the two, the id's name is shown."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = ChoiceField(blank="担当なし")
        self._who.setAccessibleName("だれ")
        self.name = TextField(placeholder="名前")
        self.name.setAccessibleName("だれ (名前)")
        whole = column(self, spacing=4)
        for part in (self._who, self.name):
            whole.addWidget(part)
        self.setFocusProxy(self._who)
        self._who.chosen.connect(self._choose)
        self.name.left.connect(self._name_left)
        self.name.textChanged.connect(self._name_typed)

    def offer(self, people: Sequence[PersonRow]) -> None:
        """Who may be chosen; the team first."""
        options = [Option(person.id, _words(person)) for person in people]
        self._who.set_options([*options, Option(_BY_HAND, "ほかの人 (名前を書く)")])

    def show_owner(self, action: ActionRow) -> None:
        """Show the owner of an action."""
        by_hand = bool(action.owner) and self._who.findData(action.owner_id or "-") < 0
        is_typing = self.name.has_changes()
        self._who.show_value(_BY_HAND if by_hand or is_typing else action.owner_id)
        if not is_typing:
            self.name.show_text(action.owner if by_hand else "")
            self.name.setVisible(by_hand)

    def _choose(self, value: str) -> None:
        self.name.setVisible(value == _BY_HAND)
        if value == _BY_HAND:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.name.show_text("")
            self.chosen.emit({"owner_id": value or None, "owner_name": None})

    def _name_typed(self) -> None:
        """Also where a name came back that was typed before an unexpected stop."""
        if self.name.has_changes():
            self._who.show_value(_BY_HAND)
            self.name.setVisible(True)

    def _name_left(self, name: str) -> None:
        self.chosen.emit({"owner_id": None, "owner_name": name or None})


def _words(person: PersonRow) -> str:
    beside = person.role or person.body
    return f"{person.name} ({beside})" if beside else person.name
