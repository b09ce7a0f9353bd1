"""A tick box whose whole label is its target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.paint import paint_tick
from ui.theme.theme import theme


class CheckField(QCheckBox):
    """Signals are those of QCheckBox: `toggled(bool)`, and `clicked(bool)` for a person's act only."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label.replace("&", "&&"), parent)
        self._label = label
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Box, gap and label, as high as a control."""
        words = theme().width(self._label, Role.BODY)
        gap = theme().px(8) if self._label else 0
        width = max(round(theme().px(16) + gap + words), theme().target(0))
        return QSize(width, theme().target(28))

    def minimumSizeHint(self) -> QSize:
        """Never cuts its label."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole label counts."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and label."""
        painter = QPainter(self)
        side = theme().px(16)
        partly = self.checkState() == Qt.CheckState.PartiallyChecked
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_tick(painter, box, ticked=self.isChecked() and not partly, partly=partly)
        painter.setFont(theme().font(Role.BODY))
        painter.setPen(theme().tokens.text if self.isEnabled() else theme().tokens.sub)
        rest = QRectF(side + theme().px(8), 0, self.width(), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._label)
        painter.end()
