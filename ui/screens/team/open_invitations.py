"""渡してある招待: which of them can still be used, and ending one that went astray."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.sharing import InvitedRow
from ui.models.row_list_model import ListRow
from ui.screens.team.words import until_words
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph

_LIST_HEIGHT = 104
_WHAT = "別の人に渡ったかもしれない招待は、使えなくできます。すでに加わった人には影響しません。"


class OpenInvitations(QWidget):
    """`ended` carries the id of the invitation that nobody shall come with. Hidden while there are none."""

    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowList(name="渡してある招待", indent=12)
        self._list.setFixedHeight(theme().px(_LIST_HEIGHT))
        self._list.delete_asked.connect(self.ended)
        end = Button("使えなくする")
        end.clicked.connect(self._end)
        line = row()
        put(line, end, None)
        card = Card("渡してある招待", spacing=8)
        card.add(Paragraph(_WHAT, Role.BODY, "sub"), self._list, line)
        column(self, spacing=0).addWidget(card)

    def show_rows(self, invited: Sequence[InvitedRow]) -> bool:
        """List those that can still be used; whether there are any."""
        usable = [each for each in invited if each.is_open]
        self._list.show_entries([_entry(each) for each in usable])
        if usable and not self._list.current_key():
            self._list.step(1)
        return bool(usable)

    def _end(self) -> None:
        if key := self._list.current_key():
            self.ended.emit(key)


def _entry(invited: InvitedRow) -> ListRow:
    name = invited.name or "名前を書かなかった招待"
    return ListRow(
        invited.invitation,
        name,
        quiet=invited.role.term,
        icon="key",
        right=f"{until_words(invited.expires)} まで",
    )
