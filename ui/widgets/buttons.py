"""Buttons: one solid primary per screen, outlined secondary, quiet words, links, and icon-only ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.actions import command
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.metrics import TOUCH_FINISH
from ui.theme.paint import key_cap_width, mixed, paint_key_cap
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton

ButtonKind = Literal["primary", "secondary", "quiet", "link", "danger"]
ButtonSize = Literal["small", "normal", "large"]
_HEIGHTS = {"small": 28, "normal": 32, "large": 40}
_SIDES = {"primary": 14, "secondary": 12, "quiet": 8, "link": 0, "danger": 12}
_GAP, _ICON, _CAP = 6, 16, 20
_LEAST_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class _Colors:
    ground: QColor | None
    line: QColor | None
    words: QColor


class Button(KeyButton):
    """A button with a word, and on wish an icon before and a key cap after it."""

    def __init__(
        self,
        label: str,
        *,
        kind: ButtonKind = "secondary",
        icon: str = "",
        key: str = "",
        size: ButtonSize = "normal",
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `elide` the word ends in 「…」 where there is no room; else it is never cut."""
        super().__init__(parent=parent)
        self._kind: ButtonKind = kind
        self._elides = elide
        self._shows_key = True
        self._icon = icon
        self._key = key
        self._height = 22 if kind == "link" else _HEIGHTS[size]
        self._is_small = size == "small"
        across = QSizePolicy.Policy.Maximum if elide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Change the word; also the name that a screen reader says."""
        self._label = label
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(label)
        self.setToolTip(f"{label} ({self._key})" if self._key else "")
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Change the icon before the word; "" for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Change the key cap, where another key does the same."""
        self._key = key
        self.set_label(self._label)

    def show_key(self, *, on: bool) -> None:
        """Show the key cap, or leave it to the tooltip where there is no room."""
        if on != self._shows_key:
            self._shows_key = on
            self.updateGeometry()
            self.update()

    @property
    def is_primary(self) -> bool:
        """Whether it is the one main button of its screen."""
        return self._kind == "primary"

    def label(self) -> str:
        """The word on the button."""
        return self._label

    def sizeHint(self) -> QSize:
        """Icon, word and key cap side by side."""
        px = theme().px
        parts = [theme().width(self._label, self._role())]
        if self._icon:
            parts.append(px(_ICON))
        if self._has_cap():
            parts.append(key_cap_width(self._key))
        width = sum(parts) + px(_GAP) * (len(parts) - 1) + 2 * px(_SIDES[self._kind])
        kind_height = TOUCH_FINISH if theme().metrics.for_fingers and self.is_primary else self._height
        return QSize(max(round(width), theme().target(0)), theme().target(kind_height))

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its own word; one that may give way keeps a few characters."""
        hint = self.sizeHint()
        if not self._elides:
            return hint
        return QSize(min(hint.width(), theme().px(self._role().size * _LEAST_CHARACTERS)), hint.height())

    def _has_cap(self) -> bool:
        return bool(self._key) and self._shows_key

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, word and key cap."""
        painter = QPainter(self)
        colors = self._colors()
        self._paint_ground(painter, colors)
        px = theme().px
        left = self._content_left()
        height = float(self.height())
        if self._icon:
            side = px(_ICON)
            paint_icon(painter, self._icon, QRectF(left, (height - side) / 2, side, side), colors.words)
            left += side + px(_GAP)
        face = QFont(theme().font(self._role()))
        if self._kind == "link" and self.underMouse():
            face.setUnderline(True)
        words = self._shown_words(face)
        width = theme().width(words, self._role())
        painter.setFont(face)
        painter.setPen(colors.words)
        painter.drawText(QRectF(left, 0, width + 1, height), Qt.AlignmentFlag.AlignVCenter, words)
        if self._has_cap():
            self._paint_key(painter, left + width + px(_GAP), colors)
        painter.end()

    def _shown_words(self, face: QFont) -> str:
        short = self.sizeHint().width() - self.width()
        if not self._elides or short <= 0:
            return self._label
        metrics = QFontMetricsF(face)
        room = metrics.horizontalAdvance(self._label) - short
        return metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, room)

    def _content_left(self) -> float:
        spare = self.width() - self.sizeHint().width()
        return theme().px(_SIDES[self._kind]) + max(0, spare) / 2

    def _paint_ground(self, painter: QPainter, colors: _Colors) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.line, 1) if colors.line else Qt.PenStyle.NoPen)
        painter.setBrush(colors.ground if colors.ground else Qt.BrushStyle.NoBrush)
        inset = 0.5 if colors.line else 0
        inside = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inside, theme().px(6), theme().px(6))

    def _paint_key(self, painter: QPainter, left: float, colors: _Colors) -> None:
        tokens = theme().tokens
        height = theme().px(_CAP)
        cap = QRectF(left, (self.height() - height) / 2, key_cap_width(self._key), height)
        solid = self._kind == "primary"
        words = colors.words if solid else tokens.sub
        line = colors.words if solid and self.isEnabled() else tokens.divider
        paint_key_cap(painter, cap, self._key, words=words, line=line)

    def _role(self) -> Role:
        if self._kind == "primary":
            return Role.BODY_BOLD
        return Role.TABLE if self._is_small else Role.BODY

    def _colors(self) -> _Colors:
        tokens = theme().tokens
        if not self.isEnabled():
            return _Colors(None, None if self._kind in ("quiet", "link") else tokens.divider, tokens.sub)
        if self._kind == "primary":
            ground = mixed(tokens.primary, tokens.text, self._pressure())
            return _Colors(ground, ground, tokens.on_primary)
        if self._kind == "link":
            return _Colors(None, None, tokens.primary)
        if self._kind == "quiet":
            return _Colors(self._quiet_ground(None), None, tokens.primary)
        words = tokens.danger if self._kind == "danger" else tokens.text
        return _Colors(self._quiet_ground(tokens.surface), tokens.border, words)

    def _quiet_ground(self, resting: QColor | None) -> QColor | None:
        tokens = theme().tokens
        if self.isDown() or self.isChecked():
            return tokens.selection
        return tokens.surface2 if self.underMouse() else resting

    def _pressure(self) -> float:
        if self.isDown():
            return 0.2
        return 0.1 if self.underMouse() else 0.0


class IconButton(KeyButton):
    """A 32 x 32 button with an icon only; `name` is what a screen reader and the tooltip say."""

    def __init__(self, icon: str, name: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square as high as a control."""
        side = theme().target(32)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its icon."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, on a ground while the pointer is over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme().tokens
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.selection if self.isDown() else tokens.surface2)
            painter.drawRoundedRect(QRectF(self.rect()), theme().px(6), theme().px(6))
        side = theme().px(20)
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, place, tokens.sub if self.isEnabled() else tokens.border)
        painter.end()


def command_button(command_id: str, label: str) -> Button:
    """A button for a command of `ui.actions`, showing its key; `label` is more exact than the command's."""
    known = command(command_id)
    return Button(label, icon=known.icon, key=known.key)
