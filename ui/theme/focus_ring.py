"""The focus ring: 2 px with a gap of 2 px around whatever has the keyboard.

A style sheet's outline leaves no gap, so one overlay follows the focus. Lists, tables and the notes paint
their own ring; a widget says otherwise with the property `ring`: "outside", "inside" or "none".
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QSplitter,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.theme.paint import paint_focus
from ui.theme.theme import theme

_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
)


class FocusRing(QWidget):
    """Follows the focus of the program; as a sibling of the focused widget it scrolls and clips with it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")
        self._target: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = new if new is not None and _ring_of(new) != "none" else None
        if self._target is None:
            self.hide()
            return
        self._target.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the focused widget when it moves, resizes or hides."""
        if watched is self._target and event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring along the edge; its gap is the room between the edge and the widget."""
        painter = QPainter(self)
        paint_focus(painter, QRectF(self.rect()), radius=theme().px(8))
        painter.end()

    def _place(self) -> None:
        target = self._target
        parent = target.parentWidget() if target is not None else None
        if target is None or parent is None or not target.isVisible():
            self.hide()
            return
        if self.parentWidget() is not parent:
            self.setParent(parent)
        reach = 0 if _ring_of(target) == "inside" else theme().px(4)
        self.setGeometry(target.geometry().adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()


def _ring_of(widget: QWidget) -> str:
    asked = widget.property("ring")
    if asked:
        return str(asked)
    # A splitter would take the overlay for one of its panes.
    if isinstance(widget.parentWidget(), QSplitter) or widget.parentWidget() is None:
        return "none"
    if isinstance(widget, QLineEdit | QAbstractButton | QComboBox):
        return "outside"
    if isinstance(widget, QTextEdit):
        return "outside" if widget.property("field") else "none"
    return "none" if isinstance(widget, QAbstractScrollArea) else "outside"
