"""役割: three, with what each may do in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.terms import TeamRole
from ui.theme.fonts import Role
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph

_MAY = {
    TeamRole.ADMINISTRATOR: "人を招き、見る企業と役割を決め、止めた端末を戻せます。",
    TeamRole.MEMBER: "見る権利のある企業を読み、書けます。なくした端末を止められます。",
    TeamRole.VIEWER: "見る権利のある企業を読めます。書いたものは送られません。",
}


class RoleChoice(QWidget):
    """`chosen` carries the TeamRole a person chose."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = Segmented([Option(each, each.term) for each in TeamRole], name="役割")
        self._roles.chosen.connect(self._told)
        self._may = Paragraph("", Role.TABLE, "sub")
        line = row()
        put(line, self._roles, None)
        put(column(self, spacing=4), line, self._may)
        self.choose(TeamRole.MEMBER)
        self.setFocusProxy(self._roles)

    def role(self) -> TeamRole:
        """The chosen one."""
        return TeamRole(self._roles.value())

    def choose(self, role: TeamRole) -> None:
        """Choose without telling anybody."""
        self._roles.choose(role)
        self._may.set_text(_MAY[role])

    def _told(self, value: str) -> None:
        self._may.set_text(_MAY[TeamRole(value)])
        self.chosen.emit(TeamRole(value))
