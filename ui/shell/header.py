"""The header: back and forward, the path, the way to everything (Ctrl+K), and the lock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.actions import command
from ui.screens.screen import Crumb
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.paint import key_cap_width, paint_key_cap
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.key_button import KeyButton
from ui.widgets.layouts import row
from ui.widgets.texts import Text

HEIGHT = 48
GO_TO_WIDTH = 280
_GO_TO_WORDS = ("企業・人・面談をさがす", "さがす")


class Header(QWidget):
    """Signals carry the id of a command, or the route of a pressed crumb."""

    commanded = Signal(str)
    crumb_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = IconButton("left", "戻る", key=command("back").key)
        self._forward = IconButton("right", "進む", key=command("forward").key)
        self._lock = IconButton("lock", "鍵をかける", key=command("lock").key)
        self._guest = IconButton("guest", command("guest").label, key=command("guest").key)
        self._go_to = _GoToBox()
        for button, command_id in (
            (self._back, "back"),
            (self._forward, "forward"),
            (self._lock, "lock"),
            (self._guest, "guest"),
            (self._go_to, "go_to"),
        ):
            button.setObjectName(command_id)
            button.clicked.connect(self._pressed)
        for button in (self._lock, self._guest):
            # Pressed in the middle of a line: the caret stays there, not on a button that locks again.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._path = _Path()
        self._path.pressed.connect(self.crumb_pressed)
        line = row(self, spacing=4, margins=(20, 0, 16, 0))
        line.addWidget(self._back)
        line.addWidget(self._forward)
        line.addSpacing(theme().px(8))
        line.addWidget(self._path, 1)
        line.addSpacing(theme().px(12))
        line.addWidget(self._go_to)
        line.addSpacing(theme().px(8))
        line.addWidget(self._guest)
        line.addSpacing(theme().px(8))
        line.addWidget(self._lock)
        theme().changed.connect(self._measure)
        self._measure()

    def show_path(self, crumbs: tuple[Crumb, ...]) -> None:
        """Show place > company > item."""
        self._path.show_crumbs(crumbs)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The path has its room first."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        least, most = self._go_to.minimumSizeHint().width(), self._go_to.sizeHint().width()
        others = self.minimumSizeHint().width() - least - self._path.minimumSizeHint().width()
        room = self.width() - others - self._path.sizeHint().width()
        self._go_to.setMaximumWidth(max(least, min(most, room)))

    def allow(self, *, back: bool, forward: bool) -> None:
        """Whether there is a way back and forward."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def show_guest(self, *, on: bool, is_offered: bool, is_bare: bool) -> None:
        """Whether 来客表示 is on and can be turned here; `is_bare` leaves the way to everything out."""
        self._guest.setVisible(is_offered)
        name = "来客表示をやめる" if on else "来客表示"
        self._guest.setAccessibleName(name)
        self._guest.setToolTip(f"{name} ({command('guest').key})")
        self._go_to.setVisible(not is_bare)

    def _pressed(self) -> None:
        self.commanded.emit(self.sender().objectName())

    def _measure(self) -> None:
        self.setFixedHeight(theme().px(HEIGHT))
        self._share_width()


class _Path(QWidget):
    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("いまいる場所")
        self._crumbs: tuple[Crumb, ...] = ()
        self._steps: list[Button | Text] = []
        self._line = row(self, spacing=8)

    def show_crumbs(self, crumbs: tuple[Crumb, ...]) -> None:
        if crumbs == self._crumbs:
            return
        before, self._crumbs = self._crumbs, crumbs
        if [crumb.route is None for crumb in crumbs] == [crumb.route is None for crumb in before]:
            self._reword()
        else:
            self._rebuild()

    def _reword(self) -> None:
        for step, crumb in zip(self._steps, self._crumbs, strict=True):
            if isinstance(step, Button):
                step.set_label(crumb.label)
            else:
                step.setText(crumb.label)

    def _rebuild(self) -> None:
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._steps = [self._step(number, crumb) for number, crumb in enumerate(self._crumbs)]
        for number, step in enumerate(self._steps):
            parts = [_Chevron()] if number else []
            for part in (*parts, step):
                self._line.addWidget(part)
                part.show()  # else it counts for nothing until the layout comes to it
        self._line.addStretch(1)

    def _step(self, number: int, crumb: Crumb) -> Button | Text:
        if crumb.route is None or number == len(self._crumbs) - 1:
            words = Text(crumb.label, Role.TABLE)  # where one is stays whole; the way there gives way
            words.ensurePolished()  # before that, it measures itself in another size
            return words
        link = Button(crumb.label, kind="link", size="small", elide=True)
        link.setObjectName(str(number))
        link.clicked.connect(self._pressed)
        return link

    def _pressed(self) -> None:
        self.pressed.emit(self._crumbs[int(self.sender().objectName())].route)


class _Chevron(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(14), theme().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, "right", QRectF(self.rect()), theme().tokens.border)
        painter.end()


class _GoToBox(KeyButton):
    """Looks like a field and opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("企業・人・面談をさがす (Ctrl+K)")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(GO_TO_WIDTH), theme().target(32))

    def minimumSizeHint(self) -> QSize:
        """Icon and key; the words go where the path needs the room."""
        return QSize(theme().px(33 + 8) + round(key_cap_width("Ctrl+K")), theme().target(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.border)
        painter.setBrush(tokens.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        middle = self.height() / 2
        paint_icon(painter, "search", QRectF(px(9), middle - px(8), px(16), px(16)), tokens.sub)
        painter.setFont(theme().font(Role.TABLE))
        painter.setPen(tokens.sub)
        width = key_cap_width("Ctrl+K")
        room = QRectF(px(33), 0, self.width() - px(33 + 8 + 8) - width, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _fitting(painter, room.width()))
        cap = QRectF(self.width() - px(8) - width, middle - px(10), width, px(20))
        paint_key_cap(painter, cap, "Ctrl+K", words=tokens.sub, line=tokens.divider)
        painter.end()


def _fitting(painter: QPainter, room: float) -> str:
    """The longest of the words that has room; none where not even the short one has."""
    advance = painter.fontMetrics().horizontalAdvance
    return next((words for words in _GO_TO_WORDS if advance(words) <= room), "")
