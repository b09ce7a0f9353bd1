"""Words on screen: single lines with the line height of their role, paragraphs, and 1 px rules."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme

Tone = Literal["text", "sub", "primary", "danger", "warn", "ok", "info", "secret"]


class Text(QLabel):
    """One line in a type role and a tone; with `elide` it ends in 「…」 when there is no room."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: Tone = "text",
        *,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._elides = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", role.name.lower())
        self.setProperty("tone", tone)
        across = QSizePolicy.Policy.Preferred if elide else QSizePolicy.Policy.Minimum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour by meaning."""
        if tone == self.property("tone"):
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    @property
    def gives_way(self) -> bool:
        """Whether the line may be shortened at its end."""
        return self._elides

    def minimumSizeHint(self) -> QSize:
        """Room for the whole line, or for a few characters when it may give way."""
        hint = super().minimumSizeHint()
        if not self._elides:
            return hint
        return QSize(min(hint.width(), 3 * self.fontMetrics().height()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, shortened at its end when it does not fit."""
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        if not self._elides or fits:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class Paragraph(QWidget):
    """Wrapped words with the line height of their role, which QLabel does not keep."""

    def __init__(
        self, text: str, role: Role = Role.BODY, tone: Tone = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._tone = tone
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words; also what a screen reader says."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """About forty characters wide."""
        width = theme().px(self._role.size * 40)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """At least ten characters and one line."""
        return QSize(theme().px(self._role.size * 10), self._pitch())

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines when wrapped at `width` px."""
        return sum(self._count_lines(line, width) for line in self._text.split("\n")) * self._pitch()

    def _count_lines(self, text: str, width: int) -> int:
        # Layouts ask again and again, and mostly for words that fit: measuring is a tenth of laying out.
        if theme().width(text, self._role) <= width:
            return 1
        return self._layout_of(text, width).lineCount()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every line centred in its pitch."""
        painter = QPainter(self)
        color: QColor = getattr(theme().tokens, self._tone)
        painter.setPen(color)
        top = 0.0
        for layout in self._layouts(self.width()):
            layout.draw(painter, QPointF(0, top))
            top += layout.lineCount() * self._pitch()
        painter.end()

    def _pitch(self) -> int:
        return theme().px(self._role.line)

    def _layouts(self, width: int) -> list[QTextLayout]:
        return [self._layout_of(line, width) for line in self._text.split("\n")]

    def _layout_of(self, text: str, width: int) -> QTextLayout:
        layout = QTextLayout(text, theme().font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            spare = (self._pitch() - line.height()) / 2
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * self._pitch() + spare))
        layout.endLayout()
        return layout


class Rule(QFrame):
    """A line of 1 px between two parts, lying or, with `upright`, standing."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
