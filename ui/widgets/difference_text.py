"""How one text became another: what went is struck through, what came is underlined and bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.differences import Difference, Fate
from ui.theme.fonts import Role
from ui.theme.theme import theme

_SPOKEN = {Fate.KEPT: "{}", Fate.REMOVED: "(消えた {})", Fate.ADDED: "(入った {})"}


class DifferenceText(QWidget):
    """Wraps like a paragraph; colour comes only on top of strike and underline."""

    def __init__(
        self, pieces: Sequence[Difference], role: Role = Role.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._pieces = tuple(pieces)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("".join(_SPOKEN[piece.fate].format(piece.text) for piece in pieces))

    def sizeHint(self) -> QSize:
        """As wide as the panel it stands in."""
        width = theme().px(280)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines when wrapped at `width` px."""
        return self._layout(width).lineCount() * theme().px(self._role.line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setPen(theme().tokens.text)
        self._layout(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _layout(self, width: int) -> QTextLayout:
        # A line break inside one layout is U+2028.
        text = "".join(piece.text for piece in self._pieces).replace("\n", "\u2028")
        layout = QTextLayout(text, theme().font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        pitch = theme().px(self._role.line)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * pitch + (pitch - line.height()) / 2))
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        ranges, start = [], 0
        for piece in self._pieces:
            if piece.fate is not Fate.KEPT:
                found = QTextLayout.FormatRange()
                found.start, found.length, found.format = start, len(piece.text), _format(piece.fate)
                ranges.append(found)
            start += len(piece.text)
        return ranges


def _format(fate: Fate) -> QTextCharFormat:
    look = QTextCharFormat()
    if fate is Fate.REMOVED:
        look.setFontStrikeOut(True)
        look.setForeground(theme().tokens.danger)
    else:
        look.setFontUnderline(True)
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(theme().tokens.ok)
    return look
