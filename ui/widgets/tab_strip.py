"""The tabs of a screen: words with counts on one line, a bar under the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.layouts import row
from ui.widgets.texts import Text


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, its word, and the count after it, if any."""

    key: str
    label: str
    count: str = ""


class TabStrip(QWidget):
    """40 high, on the page ground with a line below; `hint` names the keys at the right end."""

    spoken_role = QAccessible.Role.PageTabList
    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self.setProperty("edge", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = row(self, spacing=4, margins=(20, 0, 20, 1))
        self._tabs = {tab.key: _TabButton(tab) for tab in tabs}
        for button in self._tabs.values():
            line.addWidget(button)
            button.clicked.connect(self._clicked)
        line.addStretch(1)
        if hint:
            line.addWidget(Text(hint, Role.CAPTION, "sub"))
        self.choose(tabs[0].key)

    def key(self) -> str:
        """Key of the chosen tab."""
        return next(key for key, button in self._tabs.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling anybody. Raises KeyError when there is no such tab."""
        chosen = self._tabs[key]
        for button in self._tabs.values():
            button.setChecked(button is chosen)
            policy = Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def set_count(self, key: str, count: str) -> None:
        """Change the count behind a tab's word."""
        self._tabs[key].set_count(count)

    def step(self, by: int) -> None:
        """Choose the neighbour, stopping at the ends."""
        buttons = list(self._tabs.values())
        at = next(index for index, button in enumerate(buttons) if button.isChecked())
        target = buttons[max(0, min(len(buttons) - 1, at + by))]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if not target.isChecked():
            target.click()

    def sizeHint(self) -> QSize:
        """40 high at 標準."""
        return QSize(super().sizeHint().width(), theme().target(40) + 1)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _TabButton):
            self.choose(button.tab.key)
            self.chosen.emit(button.tab.key)


class _TabButton(KeyButton):
    spoken_role = QAccessible.Role.PageTab

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab.label)
        self.tab = tab
        self.setCheckable(True)
        self.setProperty("ring", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(tab.count)

    def set_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self.tab.label} {count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._words_width() + theme().px(24)), theme().target(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        strip = self.parentWidget()
        if event.key() in step and isinstance(strip, TabStrip):
            strip.step(step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        painter = QPainter(self)
        on = self.isChecked()
        face = theme().font(Role.BODY_BOLD if on else Role.BODY)
        painter.setFont(face)
        painter.setPen(tokens.text if on or self.underMouse() else tokens.sub)
        # Bold is wider: keep the word centred in the room that both need.
        spare = self._word_room() - QFontMetricsF(face).horizontalAdvance(self.tab.label)
        left = theme().px(12) + spare / 2
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, self.width(), self.height() - 1), middle, self.tab.label)
        if self._count:
            left = theme().px(12) + self._word_room() + theme().px(6)
            painter.setFont(theme().font(Role.CAPTION_BOLD if on else Role.CAPTION))
            painter.drawText(QRectF(left, 0, self.width(), self.height() - 1), middle, self._count)
        if on:
            bar = theme().px(3)
            inset = theme().px(8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.primary)
            painter.drawRoundedRect(QRectF(inset, self.height() - bar, self.width() - 2 * inset, bar), 2, 2)
        painter.end()

    def _word_room(self) -> float:
        return theme().width(self.tab.label, Role.BODY_BOLD)

    def _words_width(self) -> float:
        count = theme().width(self._count, Role.CAPTION_BOLD)
        return self._word_room() + (count + theme().px(6) if self._count else 0)
