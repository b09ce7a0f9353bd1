"""A QR code on the screen: black on white in every theme, because readers want it so."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.qr_codes import QrSquares
from ui.theme.theme import theme
from ui.theme.tokens import Tokens, load_tokens

_SIDE, _QUIET = 232, 4


@cache
def _paper() -> Tokens:
    """The light theme's colours, in the dark one too."""
    return load_tokens("light")


class QrView(QWidget):
    """Shows one code."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._squares: QrSquares = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_squares(self, squares: QrSquares = ()) -> None:
        """Show a code, or nothing."""
        self._squares = squares
        self.update()

    def sizeHint(self) -> QSize:
        """A square that a phone reads at arm's length."""
        side = theme().px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw whole pixels, with the quiet zone around."""
        if not self._squares:
            return
        painter = QPainter(self)
        count = len(self._squares) + 2 * _QUIET
        step = max(1, min(self.width(), self.height()) // count)
        left = (self.width() - step * count) // 2
        top = (self.height() - step * count) // 2
        painter.fillRect(QRectF(left, top, step * count, step * count), _paper().surface)
        for number, line in enumerate(self._squares):
            for at, is_dark in enumerate(line):
                if is_dark:
                    x, y = left + (at + _QUIET) * step, top + (number + _QUIET) * step
                    painter.fillRect(QRectF(x, y, step, step), _paper().text)
        painter.end()
