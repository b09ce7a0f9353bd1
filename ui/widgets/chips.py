"""Small painted shapes as widgets: mark, state, stage, key cap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.terms import Stage
from ui.theme import paint
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme


class _Shape(QWidget):
    """A widget exactly as large as what it paints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the shape."""
        return self.sizeHint()


class MarkChip(_Shape):
    """The chip of a mark: a `Mark` code or `paint.SECRET_MARK`."""

    def __init__(self, mark: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self.setAccessibleName(paint.mark_word(mark))

    def sizeHint(self) -> QSize:
        """56 x 22 at 標準."""
        return QSize(theme().px(paint.MARK_WIDTH), theme().px(paint.MARK_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint.paint_mark(painter, QRectF(self.rect()), self._mark)
        painter.end()


class StateChip(_Shape):
    """A state in a word and a shape."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State("flat", "")
        self.set_state(state)

    def set_state(self, state: State) -> None:
        """Show another state."""
        if state == self._state:
            return
        self._state = state
        self.setAccessibleName(state.text)
        self.updateGeometry()
        self.update()

    def state(self) -> State:
        """The state shown."""
        return self._state

    def sizeHint(self) -> QSize:
        """As wide as its word, 20 high at 標準."""
        return QSize(round(paint.state_width(self._state) + 0.5), theme().px(paint.STATE_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint.paint_state(painter, QRectF(self.rect()), self._state)
        painter.end()


class Meter(_Shape):
    """Filled cells for a count, `word` before and `figure` after them: 「連携会議 ▰▱▱ 1/3回」."""

    def __init__(self, word: str, done: int, cells: int, figure: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._done, self._cells, self._figure = word, done, cells, figure
        self.setAccessibleName(f"{word} {figure}")

    def sizeHint(self) -> QSize:
        """Word, cells and figure on one line."""
        words = theme().width(self._word, Role.BODY) + theme().width(self._figure, Role.BODY)
        gaps = theme().px(8 if self._word else 0) + theme().px(8 if self._figure else 0)
        return QSize(round(words + gaps + self._cells_width()), theme().px(Role.BODY.line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw word, cells and figure."""
        painter = QPainter(self)
        painter.setFont(theme().font(Role.BODY))
        painter.setPen(theme().tokens.sub)
        height = float(self.height())
        left = 0.0
        if self._word:
            painter.drawText(QRectF(0, 0, self.width(), height), Qt.AlignmentFlag.AlignVCenter, self._word)
            left = theme().width(self._word, Role.BODY) + theme().px(8)
        cell = QRectF(left, (height - theme().px(8)) / 2, self._cells_width(), theme().px(8))
        paint.paint_meter(painter, cell, self._done, self._cells, cell_width=theme().px(14), role="primary")
        rest = QRectF(cell.right() + theme().px(8), 0, self.width(), height)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._figure)
        painter.end()

    def _cells_width(self) -> float:
        return paint.meter_width(self._cells, theme().px(14))


class StageMeter(_Shape):
    """The stage of an engagement as four cells and its word."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.set_stage(stage)

    def set_stage(self, stage: Stage) -> None:
        """Show another stage."""
        if stage == self._stage and self.accessibleName():
            return
        self._stage = stage
        self.setAccessibleName(f"段階 {stage.term}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Cells of 16 x 8 at 標準 and the word."""
        words = theme().width(self._stage.term, Role.TABLE)
        return QSize(round(self._cells_width() + theme().px(10) + words), theme().px(Role.TABLE.line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw cells and word."""
        painter = QPainter(self)
        height = float(self.height())
        cell = QRectF(0, (height - theme().px(8)) / 2, self._cells_width(), theme().px(8))
        done = (self._stage.place + 1) % (len(Stage) + 1)
        paint.paint_meter(painter, cell, done, cell_width=theme().px(16))
        painter.setFont(theme().font(Role.TABLE))
        painter.setPen(theme().tokens.text)
        rest = QRectF(cell.right() + theme().px(10), 0, self.width(), height)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._stage.term)
        painter.end()

    def _cells_width(self) -> float:
        return paint.meter_width(len(Stage), theme().px(16))


class KeyCap(_Shape):
    """The name of a key, such as 「Ctrl+K」."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """As wide as the key's name, 20 high at 標準."""
        return QSize(round(paint.key_cap_width(self._key) + 0.5), theme().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        tokens = theme().tokens
        paint.paint_key_cap(painter, QRectF(self.rect()), self._key, words=tokens.sub, line=tokens.divider)
        painter.end()


class PersonDisc(_Shape):
    """The first character of a person's name in a disc."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = name[:1]
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """24 x 24 at 標準."""
        return QSize(theme().px(24), theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc and character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().tokens.border)
        painter.setBrush(theme().tokens.surface2)
        inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(inside)
        painter.setFont(theme().font(Role.CAPTION))
        painter.setPen(theme().tokens.text)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()
