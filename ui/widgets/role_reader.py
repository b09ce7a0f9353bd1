"""What a widget is to a screen reader, where Qt takes it for something else: a tab, one of a choice, a page.

A widget says so with `spoken_role`, an attribute of its class.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget


@cache
def install_role_reader() -> None:
    """Let screen readers ask this module for every widget with a `spoken_role`."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    role = getattr(asked, "spoken_role", None)
    if role is None or not isinstance(asked, QWidget):
        return None
    # Qt does not keep the Python half alive.
    asked.setProperty("reader", reader := RoleReader(asked, role))
    return reader


class RoleReader(QAccessibleWidget):
    """Name and focus as of any widget; a button also says whether it is chosen, and can be pressed."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role, widget.accessibleName())
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        """The name as it is now: the accessible name, or else the word on the button."""
        if kind == QAccessible.Text.Name:
            word = self._widget.text() if isinstance(self._widget, QAbstractButton) else ""
            return self._widget.accessibleName() or word
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Also which of the choice is the chosen one."""
        state = super().state()
        if isinstance(self._widget, QAbstractButton):
            is_tab = self.role() == QAccessible.Role.PageTab
            state.selectable, state.checkable = is_tab, not is_tab
            state.selected = is_tab and self._widget.isChecked()
            state.checked = not is_tab and self._widget.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """Pressing, before what any widget can do."""
        is_button = isinstance(self._widget, QAbstractButton)
        return [*([self.pressAction()] if is_button else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press, or what any widget can do."""
        if name == self.pressAction() and isinstance(self._widget, QAbstractButton):
            self._widget.click()
        else:
            super().doAction(name)
