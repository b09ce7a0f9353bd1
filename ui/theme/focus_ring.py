"""The focus ring: 2 px with a gap of 2 px around whatever has the keyboard.

A style sheet's outline leaves no gap, so one overlay follows the focus. Lists, tables and the notes paint
their own ring; a widget says otherwise with the property `ring`: "outside", "inside" or "none".
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
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
from ui.watched import Watched

_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
)


class FocusRing(QObject):
    """Follows the focus; its overlay lies on the nearest ancestor with room and scrolls with it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._followed: list[Watched] = []
        self._overlay: _Overlay | None = None
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the focused widget when it moves, resizes or hides."""
        if event.type() in _FOLLOWED and watched in self._chain():
            self._place()
        return False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for watched in self._followed:
            watched.move_to(None)
        target = new if new is not None and _ring_of(new) != "none" else None
        self._followed = [self._watching(widget) for widget in _chain(target)]
        self._place()

    def _watching(self, widget: QWidget) -> Watched:
        watched = Watched(self)
        watched.move_to(widget)
        return watched

    def _chain(self) -> list[QWidget]:
        """The focused widget and what is around it; nothing once any of these has ended."""
        chain = [found for each in self._followed if isinstance(found := each(), QWidget)]
        return chain if len(chain) == len(self._followed) else []

    def _place(self) -> None:
        chain = self._chain()
        target = chain[0] if chain else None
        if target is None or not target.isVisible():
            if self._overlay is not None and isValid(self._overlay):
                self._overlay.hide()
            return
        reach = 0 if _ring_of(target) == "inside" else theme().px(4)
        for parent in chain[1:]:
            corner = target.mapTo(parent, QPoint(0, 0))
            place = QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach)
            if parent.rect().contains(place) or parent is chain[-1]:
                self._lie_on(parent, place)
                return

    def _lie_on(self, parent: QWidget, place: QRect) -> None:
        # The overlay goes with a closed window, so it may have to be made anew.
        if self._overlay is None or not isValid(self._overlay):
            self._overlay = _Overlay(parent)
        if self._overlay.parentWidget() is not parent:
            self._overlay.setParent(parent)
        self._overlay.setGeometry(place)
        self._overlay.raise_()
        self._overlay.show()


class _Overlay(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_focus(painter, QRectF(self.rect()), radius=theme().px(8))
        painter.end()


def _chain(target: QWidget | None) -> list[QWidget]:
    """The focused widget and its ancestors, up to what scrolls or to the window."""
    chain: list[QWidget] = []
    widget = target
    while widget is not None:
        chain.append(widget)
        above = widget.parentWidget()
        # A splitter would take the overlay for one of its panes.
        if (
            above is None
            or isinstance(above.parentWidget(), QAbstractScrollArea)
            or isinstance(above, QSplitter)
        ):
            break
        widget = above
    return chain


def _ring_of(widget: QWidget) -> str:
    asked = widget.property("ring")
    if asked:
        return str(asked)
    if widget.isWindow() or isinstance(widget.parentWidget(), QSplitter):
        return "none"
    if isinstance(widget, QLineEdit | QAbstractButton | QComboBox):
        return "outside"
    if isinstance(widget, QTextEdit):
        return "outside" if widget.property("field") else "none"
    return "none" if isinstance(widget, QAbstractScrollArea) else "outside"
