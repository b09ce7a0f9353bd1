"""A message in three parts: what happened, what is safe, what to do next, with its code."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Role
from ui.widgets.announce import announce
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import column, row
from ui.widgets.texts import Paragraph, Text
from ui.wording import Message

MessageKind = Literal["info", "warn", "danger", "ok"]


class MessageBar(QWidget):
    """Shown where the thing happened, never as a blocking window. Hidden until `tell`."""

    acted = Signal()
    acted_otherwise = Signal()
    """The second step of `tell(other=...)` was pressed."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("edge", "bottom")
        self._message = Message("")
        self._title = Paragraph("", Role.BODY_BOLD)
        self._detail = Paragraph("", Role.BODY)
        self._number = Text("", Role.CAPTION, "sub")
        self._action, self._other = Button("", kind="secondary"), Button("", kind="secondary")
        self._copy = Button("詳細を写す", kind="quiet", icon="copy", size="small")
        self._copy.setToolTip("企業名・本文は入りません")
        self._close = IconButton("close", "閉じる")
        self._action.clicked.connect(self.acted)
        self._other.clicked.connect(self.acted_otherwise)
        self._copy.clicked.connect(self._copy_details)
        self._close.clicked.connect(self._dismiss)
        self._arrange()
        self.hide()

    @property
    def message(self) -> Message:
        """What was told last."""
        return self._message

    def tell(
        self, message: Message, kind: MessageKind = "warn", *, can_close: bool = True, other: str = ""
    ) -> None:
        """Show a message; its button is there only when it names a next step, `other` names a second one."""
        self._message = message
        self._title.set_text(message.title)
        self._detail.set_text(message.detail)
        self._detail.setVisible(bool(message.detail))
        self._number.setText(message.number)
        self._action.set_label(message.action)
        self._action.setVisible(bool(message.action))
        self._other.set_label(other)
        self._other.setVisible(bool(other))
        self._copy.setVisible(bool(message.number))
        self._close.setVisible(can_close)
        self.setProperty("ground", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        announce(self, f"{message.title}。{message.detail}")

    def take_focus(self) -> None:
        """Go to the next step."""
        self._action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        words = column(spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        line = row(self, spacing=12, margins=(20, 8, 16, 8))
        line.addLayout(words, 1)
        for widget in (self._action, self._other, self._number, self._copy, self._close):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _copy_details(self) -> None:
        parts = (self._message.number, self._message.title, self._message.detail)
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()


class Banner(QWidget):
    """One line across the screen, 40 high: a fact with an icon and buttons, such as the date strip."""

    def __init__(
        self, text: str, *buttons: QWidget, kind: MessageKind = "info", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", kind)
        self.setProperty("edge", "bottom")
        self._text = Text(text, Role.BODY_BOLD, "text", elide=True)
        line = row(self, spacing=8, margins=(20, 4, 16, 4))
        line.addWidget(self._text, 1)
        for button in buttons:
            line.addWidget(button)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._text.setText(text)
