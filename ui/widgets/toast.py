"""A short notice at the foot of the window, with 元に戻す for ten seconds; it never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import row
from ui.widgets.texts import Text

SHOWN_MS = 10_000
_ABOVE_FOOT = 26 + 14


class Toast(QFrame):
    """One notice at a time over its window; a newer one takes the place of the older."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._undo: Callable[[], None] | None = None
        self.setProperty("overlay", True)
        self._text = Text("", elide=True)
        self._button = Button("元に戻す", kind="quiet", icon="undo")
        self._button.clicked.connect(self._undo_pressed)
        close = IconButton("close", "閉じる")
        close.clicked.connect(self.hide)
        for button in (self._button, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = row(self, spacing=12, margins=(16, 6, 8, 6))
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
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
        """Stay at the foot when the window's size changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _undo_pressed(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        window = self.window()
        self.ensurePolished()
        width = min(self.sizeHint().width(), window.width() - theme().px(48))
        height = self.sizeHint().height()
        self.setGeometry(
            (window.width() - width) // 2, window.height() - height - theme().px(_ABOVE_FOOT), width, height
        )
