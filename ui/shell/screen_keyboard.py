"""The system's keyboard on the screen: what is typed, and the marks, stay above it (design-ux 2.3)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from ui.theme.theme import theme
from ui.widgets.sight import bring_into_sight

_LINE_AT = 1 / 3
"""How far down what is seen the line that is typed stands."""


class ScreenKeyboard(QObject):
    """Gives the window less room while the keyboard covers its lower part, where fingers use it.

    Only there: Windows also speaks of a keyboard when no more than its conversion is open.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        method = QGuiApplication.inputMethod()
        method.keyboardRectangleChanged.connect(self._follow)
        method.visibleChanged.connect(self._follow)

    def give_way(self, keyboard: QRect) -> None:
        """Keep everything above a keyboard that lies there in the window; an empty one is put away."""
        covers = theme().metrics.for_fingers and keyboard.intersects(self._window.rect())
        below = self._window.height() - keyboard.top() if covers else 0
        if below == self._window.contentsMargins().bottom():
            return
        self._window.setContentsMargins(0, 0, 0, below)
        if (layout := self._window.layout()) is not None:
            layout.activate()
        focused = QApplication.focusWidget()
        if below and focused is not None and self._window.isAncestorOf(focused):
            _show_line(focused)

    def _follow(self) -> None:
        method = QGuiApplication.inputMethod()
        place = method.keyboardRectangle().toRect() if method.isVisible() else QRect()
        self.give_way(in_window(place, self._window))


def in_window(keyboard: QRect, window: QWidget, system: str = sys.platform) -> QRect:
    """Where a keyboard lies in the window: Qt tells so, but on Windows it tells the place on the screen."""
    if system != "win32" or keyboard.isEmpty():
        return keyboard
    ratio = window.devicePixelRatioF()
    corner = QPoint(round(keyboard.x() / ratio), round(keyboard.y() / ratio))
    size = keyboard.size() / ratio
    return QRect(window.mapFromGlobal(corner), size)


def _show_line(focused: QWidget) -> None:
    """Scroll the line with the caret to a third of what is seen of it, as far as there is to scroll."""
    if not isinstance(focused, QTextEdit):
        bring_into_sight(focused)
        return
    bar, height = focused.verticalScrollBar(), focused.viewport().height()
    bar.setValue(bar.value() + focused.cursorRect().top() - round(height * _LINE_AT))
    bring_into_sight(focused, focused.cursorRect())
