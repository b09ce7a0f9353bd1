"""A small panel that lies over the screen beside the field that opened it. Esc and leaving it close it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ui.theme.theme import theme

_EDGE = 8


class Overlay(QFrame):
    """No window of its own: an input method's candidates stay where they belong."""

    def __init__(self, owner: QWidget, name: str, width: int, height: int) -> None:
        """`width` and `height` in px at 標準; less where the owner is smaller."""
        super().__init__(owner)
        self._size = (width, height)
        self._opener: QWidget | None = None
        self.setProperty("overlay", True)
        self.setAccessibleName(name)
        owner.installEventFilter(self)
        self.hide()

    def open_below(self, opener: QWidget) -> None:
        """Open below the field that was pressed, and take the focus."""
        self._opener = opener
        self._place()
        self.show()
        self.raise_()
        self.first_field().setFocus(Qt.FocusReason.PopupFocusReason)
        _application().focusChanged.connect(self._focus_moved)

    def set_height(self, height: int) -> None:
        """Take another height, in px at 標準."""
        self._size = (self._size[0], height)

    def first_field(self) -> QWidget:
        """What takes the focus on opening."""
        return self

    def dismiss(self) -> None:
        """Close, and give the focus back to the field."""
        if not self.isVisible():
            return
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.fold_away()

    def fold_away(self) -> None:
        """Close and leave the focus where it is."""
        if self.isVisible():
            _application().focusChanged.disconnect(self._focus_moved)
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay inside the screen when its size changes; a press beside the panel closes it."""
        if watched is self.parent() and self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() == QEvent.Type.MouseButtonPress:
                self.dismiss()
        return False

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        # A dialog that the panel opened is another window.
        if now is None or now is self or now.window() is not self.window():
            return
        if not self.isAncestorOf(now):
            self.fold_away()

    def _place(self) -> None:
        owner = self.parentWidget()
        if owner is None or self._opener is None:
            return
        px = theme().px
        width = min(px(self._size[0]), owner.width() - 2 * px(_EDGE))
        height = min(px(self._size[1]), owner.height() - 2 * px(_EDGE))
        corner = self._opener.mapTo(owner, QPoint(0, self._opener.height() + px(4)))
        left = max(px(_EDGE), min(corner.x(), owner.width() - width - px(_EDGE)))
        top = max(px(_EDGE), min(corner.y(), owner.height() - height - px(_EDGE)))
        self.setGeometry(left, top, width, height)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError
    return application
