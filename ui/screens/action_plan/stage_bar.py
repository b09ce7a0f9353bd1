"""段階 of the company as four cells: those behind it ticked, its own filled; Enter moves it to another."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.domain.terms import Stage
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.layouts import row

_SIDE, _ICON, _GAP, _HEIGHT = 12, 14, 6, 28


class StageBar(QWidget):
    """`chosen` carries the stage a person moved the company to; arrows only look around."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("段階")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._cells = [_Cell(stage) for stage in Stage]
        line = row(self, spacing=2)
        for cell in self._cells:
            line.addWidget(cell)
            cell.clicked.connect(self._clicked)

    def show_stage(self, stage: Stage | None) -> None:
        """Show where the company stands; None before its support began."""
        at = stage.place if stage in list(Stage) else -1
        for number, cell in enumerate(self._cells):
            cell.show_place(number - at if at >= 0 else 1)
            cell.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if number == max(0, at) else Qt.FocusPolicy.ClickFocus
            )

    def set_compact(self, *, on: bool) -> None:
        """Name only the present stage, the others by their number."""
        for cell in self._cells:
            cell.set_compact(on=on)

    def step(self, cell: QWidget, by: int) -> None:
        """Move the focus along."""
        at = next(number for number, each in enumerate(self._cells) if each is cell)
        self._cells[max(0, min(len(self._cells) - 1, at + by))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, _Cell) and not cell.is_present:
            self.chosen.emit(cell.stage)


class _Cell(QPushButton):
    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.term)
        self.stage = stage
        self._place = 1
        self._is_compact = False
        self.setProperty("ring", "inside")
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_present(self) -> bool:
        """Whether the company stands here."""
        return self._place == 0

    def show_place(self, place: int) -> None:
        """Negative: behind the company, 0: here, positive: still to come."""
        self._place = place
        word = "いま" if place == 0 else "済み" if place < 0 else "これから"
        self.setAccessibleName(f"{self.stage.term} {word}")
        self.updateGeometry()
        self.update()

    def set_compact(self, *, on: bool) -> None:
        """Show the number instead of the word, except for the present stage."""
        self._is_compact = on
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and word, the word as wide as in bold."""
        words = theme().width(self._words(), Role.TABLE_BOLD)
        icon = theme().px(_ICON + _GAP) if self._icon() else 0
        width = max(round(words + icon + theme().px(2 * _SIDE)), theme().target(0))
        return QSize(width, theme().target(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cuts its word."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right look around, Enter and Space move the company."""
        bar = self.parentWidget()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and isinstance(bar, StageBar):
            bar.step(self, steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, shape and word."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.selection if self.is_present else tokens.surface
        painter.setBrush(tokens.surface2 if self.underMouse() and not self.is_present else ground)
        painter.setPen(tokens.primary if self.is_present else tokens.divider)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        color = tokens.text if self.is_present else tokens.ok if self._place < 0 else tokens.sub
        left = float(px(_SIDE))
        if icon := self._icon():
            side = px(_ICON)
            paint_icon(painter, icon, QRectF(left, (self.height() - side) / 2, side, side), color)
            left += side + px(_GAP)
        painter.setFont(theme().font(Role.TABLE_BOLD if self.is_present else Role.TABLE))
        painter.setPen(color)
        rest = QRectF(left, 0, self.width() - left - px(_SIDE) + 2, self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignCenter, self._words())
        painter.end()

    def _icon(self) -> str:
        return "flag" if self.is_present else "check" if self._place < 0 else ""

    def _words(self) -> str:
        number = self.stage.place + 1
        return str(number) if self._is_compact and not self.is_present else self.stage.term
