"""つながり: other questions that hang together with the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rows.conflicts import ConflictRow
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.layouts import column
from ui.widgets.texts import Text

_MOST = 4


class Related(QWidget):
    """`asked` carries the key of the question that was pressed. Hidden where there is none."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[ConflictRow] = ()
        self._flow: Flow | None = None
        self._whole = column(self, spacing=4)
        self._whole.addWidget(Text("つながりのある、ほかの確認", Role.TABLE, "sub"))
        self.hide()

    def show_rows(self, rows: Sequence[ConflictRow]) -> None:
        """Show these, each with a button that leads to it."""
        if rows == self._rows:
            return
        self._rows = rows
        if self._flow is not None:
            self._flow.setParent(None)
            self._flow.deleteLater()
        self._flow = Flow()
        for each in rows[:_MOST]:
            button = Button(each.title, kind="link", icon="question")
            button.clicked.connect(partial(self._press, each.key))
            self._flow.add(button)
        if len(rows) > _MOST:
            self._flow.add(Text(f"ほか {len(rows) - _MOST}件", Role.TABLE, "sub"))
        self._whole.addWidget(self._flow)
        self.setVisible(bool(rows))

    def _press(self, key: str, _is_checked: object = None) -> None:
        self.asked.emit(key)
