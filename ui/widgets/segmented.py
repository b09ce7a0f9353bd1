"""A choice among a few, all visible: one outline, the chosen segment filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.metrics import LEAST_GAP
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value that is handed out, the word shown, and on wish an icon."""

    value: str
    label: str
    icon: str = ""


class Segmented(QWidget):
    """Exactly one option is chosen; arrows move the choice, Tab leaves."""

    spoken_role = QAccessible.Role.Grouping

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[Option], *, name: str, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._segments = [
            _Segment(option, first=not index, small=small) for index, option in enumerate(options)
        ]
        for segment in self._segments:
            row.addWidget(segment)
            segment.clicked.connect(self._clicked)
        self.choose(options[0].value)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Beside each other for a mouse, apart for fingers."""
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(theme().px(LEAST_GAP) if theme().metrics.for_fingers else 0)

    def value(self) -> str:
        """Value of the chosen option."""
        return next(segment.option.value for segment in self._segments if segment.isChecked())

    def choose(self, value: str) -> None:
        """Choose without telling anybody. Raises StopIteration when there is no such value."""
        chosen = next(segment for segment in self._segments if segment.option.value == value)
        for segment in self._segments:
            segment.setChecked(segment is chosen)
            # As with radio buttons, Tab reaches the chosen one only.
            policy = Qt.FocusPolicy.StrongFocus if segment is chosen else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)

    def step(self, by: int) -> None:
        """Move the choice along, stopping at the ends."""
        at = next(i for i, segment in enumerate(self._segments) if segment.isChecked())
        target = self._segments[max(0, min(len(self._segments) - 1, at + by))]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if not target.isChecked():
            target.click()

    def _clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, _Segment):
            self.choose(segment.option.value)
            self.chosen.emit(segment.option.value)


class _Segment(KeyButton):
    spoken_role = QAccessible.Role.RadioButton

    def __init__(self, option: Option, *, first: bool, small: bool) -> None:
        super().__init__(option.label)
        self.option = option
        self._is_first = first
        self._height = 28 if small else 32
        self.setCheckable(True)
        self.setProperty("ring", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the word in bold, so that choosing moves nothing."""
        words = theme().width(self.option.label, Role.TABLE_BOLD)
        icon = theme().px(16 + 6) if self.option.icon else 0
        width = max(round(words + icon + theme().px(28)), theme().target(0))
        return QSize(width, theme().target(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never cuts its word."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        whole = self.parentWidget()
        if event.key() in step and isinstance(whole, Segmented):
            whole.step(step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw this segment's part of the common outline, its ground and its word."""
        tokens = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = self._outline()
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), tokens.selection if self.isChecked() else self._resting())
        if not self._is_first and not theme().metrics.for_fingers:
            painter.fillRect(QRectF(0, 0, 1, self.height()), tokens.divider)
        painter.restore()
        self._paint_word(painter)
        painter.setPen(tokens.border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        painter.end()

    def _paint_word(self, painter: QPainter) -> None:
        tokens = theme().tokens
        role = Role.TABLE_BOLD if self.isChecked() else Role.TABLE
        color = tokens.text if self.isChecked() else tokens.sub
        left = float(theme().px(14))
        if self.option.icon:
            side = theme().px(16)
            paint_icon(painter, self.option.icon, QRectF(left, (self.height() - side) / 2, side, side), color)
            left += side + theme().px(6)
        painter.setFont(theme().font(role))
        painter.setPen(color)
        rest = QRectF(left, 0, self.width() - left - theme().px(14), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignCenter, self.option.label)

    def _resting(self) -> QColor:
        tokens = theme().tokens
        return tokens.surface2 if self.underMouse() else tokens.surface

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        parent = self.parentWidget()
        frame = self if parent is None or theme().metrics.for_fingers else parent
        whole = QRectF(frame.rect())
        if frame is not self:
            whole.translate(-self.x(), -self.y())
        radius = theme().px(6)
        path.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return path
