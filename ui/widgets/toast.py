"""A short notice in the place of the status bar, with 元に戻す for ten seconds; it never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.layouts import row
from ui.widgets.texts import Text

SHOWN_MS = 10_000


class Toast(QFrame):
    """One notice at a time; a newer one takes the place of the older.

    It lies over `foot`, which only tells of states: so it never covers what one reads, types or presses.
    """

    def __init__(self, window: QWidget, foot: QWidget) -> None:
        super().__init__(window)
        self._foot = foot
        self._undo: Callable[[], None] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("overlay", True)
        self.setProperty("ground", "info")
        self._text = Text("", elide=True)
        self._button = Button("元に戻す", kind="link", icon="undo")
        self._button.clicked.connect(self.undo)
        close = Button("閉じる", kind="link", icon="close")
        close.clicked.connect(self.hide)
        for button in (self._button, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = row(self, spacing=20, margins=(20, 1, 16, 1))
        line.addWidget(self._text)
        line.addWidget(self._button)
        line.addStretch(1)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        foot.installEventFilter(self)
        self.hide()

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo`, the button 元に戻す calls it once."""
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, f"{text}。元に戻せます" if undo else text)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay over the foot when its size or place changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    def undo(self) -> None:
        """As pressing 元に戻す; nothing when that is not offered."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        corner = self._foot.mapTo(self.window(), QPoint(0, 0))
        self.setGeometry(corner.x(), corner.y(), self._foot.width(), self._foot.height())
