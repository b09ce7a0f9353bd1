"""The toolbar of 指で使う: at the foot, where thumbs are, with the screen's buttons and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.screens.screen import Heading, LineButton
from ui.shell.title_line import TitleLine
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, put, row


class TouchBar(QWidget):
    """`pressed` carries the action of a button of the screen. Hidden unless fingers use the window."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self.setProperty("edge", "top")
        keyboard = Button("キーボード", icon="keyboard")
        # The keyboard is for the field that has the focus; the button must not take it away.
        keyboard.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keyboard.clicked.connect(_show_keyboard)
        self._line = TitleLine()
        self._line.pressed.connect(self.pressed)
        across = row(self, spacing=8, margins=(16, 8, 0, 0))
        beside = column(margins=(0, 6, 0, 0))  # in the middle of the buttons of 56
        put(beside, keyboard, None)
        across.addLayout(beside)
        across.addWidget(self._line, 1)
        self.hide()

    def show_buttons(self, buttons: tuple[LineButton, ...]) -> None:
        """The buttons of the screen in front."""
        self._line.show_heading(Heading("", buttons=buttons))

    def primary_button(self) -> Button | None:
        """The one main button of the screen."""
        return self._line.primary_button()


def _show_keyboard() -> None:
    """Ask the system for its keyboard: programs of the desktop do not always get it by themselves."""
    QGuiApplication.inputMethod().show()
