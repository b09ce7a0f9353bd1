"""The six marks at the foot of the notes, with their keys, and what is still without a mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.actions import MARK_COMMANDS, command
from ui.theme.fonts import Role
from ui.theme.paint import MARK_HEIGHT, MARK_WIDTH, mark_word, mixed, paint_mark
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import row

HEIGHT, TOUCH_HEIGHT = 44, 60


class MarkBar(QWidget):
    """Tells which command was pressed; the focus stays in the notes."""

    pressed = Signal(str)
    """A key of `MARK_COMMANDS`."""
    next_unmarked_asked = Signal()
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self.setProperty("edge", "top")
        self._buttons = [MarkButton(command_id) for command_id in MARK_COMMANDS]
        self._unmarked = Button("", kind="link", size="small")
        self._unmarked.hide()
        self.more = IconButton("more", "行の操作")
        line = row(self, spacing=6, margins=(20, 1, 8, 0))
        for button in self._buttons:
            line.addWidget(button)
            button.clicked.connect(self._mark_pressed)
        line.addStretch(1)
        line.addWidget(self._unmarked)
        line.addWidget(self.more)
        for outside in (self._unmarked, self.more):
            outside.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unmarked.clicked.connect(self.next_unmarked_asked)
        self.more.clicked.connect(self.more_asked)
        theme().changed.connect(self._measure)
        self._measure()

    def show_unmarked(self, count: int) -> None:
        """How many lines with words have no mark; nothing is said when all have one."""
        self._unmarked.set_label(f"印なし {count}")
        self._unmarked.setAccessibleName(f"印のない行 {count}、次の行へ")
        self._unmarked.setToolTip("印のない次の行へ")
        self._unmarked.setVisible(count > 0)
        self._show_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where they have no room."""
        super().resizeEvent(event)
        self._show_keys()

    def _show_keys(self) -> None:
        others = self._unmarked.sizeHint().width() + self.more.sizeHint().width()
        wanted = sum(button.width_with_key() + theme().px(6) for button in self._buttons)
        has_room = wanted + others + theme().px(34) <= self.width()
        for button in self._buttons:
            button.show_key(on=has_room)

    def _mark_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, MarkButton):
            self.pressed.emit(button.command_id)

    def _measure(self) -> None:
        self.setFixedHeight(theme().px(TOUCH_HEIGHT if theme().metrics.for_fingers else HEIGHT))


class MarkButton(QPushButton):
    """The chip of a mark and its key."""

    def __init__(self, command_id: str) -> None:
        super().__init__()
        self.command_id = command_id
        self._mark = MARK_COMMANDS[command_id]
        self._key = command(command_id).key
        self._shows_key = True
        word = mark_word(self._mark)
        self.setAccessibleName(f"印 {word}")
        self.setToolTip(f"{word} ({self._key})")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, *, on: bool) -> None:
        """Show the key beside the chip, or the chip alone."""
        if on != self._shows_key:
            self._shows_key = on
            self.updateGeometry()
            self.update()

    def width_with_key(self) -> int:
        """Chip, gap and key."""
        words = theme().width(self._key, Role.CAPTION)
        return round(theme().px(4 + MARK_WIDTH + 7 + 8) + words)

    def sizeHint(self) -> QSize:
        """32 high at 標準."""
        width = self.width_with_key() if self._shows_key else theme().px(4 + MARK_WIDTH + 4)
        return QSize(width, theme().target(32))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, chip and key."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.divider)
        is_touched = self.isDown() or self.underMouse()
        painter.setBrush(mixed(tokens.surface, tokens.surface2, 1.0 if is_touched else 0.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        chip = QRectF(px(4), (self.height() - px(MARK_HEIGHT)) / 2, px(MARK_WIDTH), px(MARK_HEIGHT))
        paint_mark(painter, chip, self._mark)
        if self._shows_key:
            painter.setFont(theme().font(Role.CAPTION))
            painter.setPen(tokens.sub)
            rest = QRectF(chip.right() + px(7), 0, self.width(), self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._key)
        painter.end()
