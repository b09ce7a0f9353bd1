"""One of a list: F4 or Alt+Down opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.domain.terms import Confidentiality, Term
from ui.theme.fonts import Role
from ui.theme.icons import icon, paint_icon
from ui.theme.theme import theme
from ui.widgets.segmented import Option


class ChoiceField(QComboBox):
    """`chosen` carries the value a person chose; "" stands for the blank choice, if there is one."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[Option] = (),
        *,
        prefix: str = "",
        blank: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`prefix` is a quiet word inside (「段階 すべて」), `blank` the words of an empty first choice."""
        super().__init__(parent)
        self._prefix = prefix
        self._blank = blank
        if prefix:
            self.setAccessibleName(prefix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(16)
        # Fusion's own delegate would keep its row height and colours whatever the sheet says.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.set_options(options)
        self.activated.connect(self._tell)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other choices; the chosen value stays where it still exists."""
        value = self.value()
        self.clear()
        if self._blank:
            self.addItem(self._blank, "")
        for option in options:
            if option.icon:
                self.addItem(icon(option.icon), option.label, option.value)
            else:
                self.addItem(option.label, option.value)
        self.show_value(value)

    def value(self) -> str:
        """The chosen value; "" when nothing is chosen."""
        return self.currentData() or ""

    def show_value(self, value: str | None) -> None:
        """Choose without telling anybody; an unknown value falls back to the first choice."""
        self.setCurrentIndex(max(0, self.findData(value or "")))

    def be_short(self, *, on: bool) -> None:
        """Ask for room for three characters only, or for the longest word again."""
        policies = QComboBox.SizeAdjustPolicy
        self.setMinimumContentsLength(3 if on else 0)
        self.setSizeAdjustPolicy(
            policies.AdjustToMinimumContentsLengthWithIcon if on else policies.AdjustToContents
        )

    def sizeHint(self) -> QSize:
        """Room for the prefix as well."""
        hint = super().sizeHint()
        return QSize(hint.width() + round(self._prefix_width()), hint.height())

    def minimumSizeHint(self) -> QSize:
        """No more than it asks for: Qt remembers the least of its longest word."""
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a value by the way."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, prefix, value and a chevron."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        px, tokens = theme().px, theme().tokens
        side = px(14)
        chevron = QRectF(self.width() - px(8) - side, (self.height() - side) / 2, side, side)
        paint_icon(painter, "down", chevron, tokens.text if self.isEnabled() else tokens.border)
        left = float(px(10))
        if not option.currentIcon.isNull():
            option.currentIcon.paint(painter, round(left), (self.height() - px(16)) // 2, px(16), px(16))
            left += px(22)
        left += self._paint_prefix(painter, left)
        room = QRectF(left, 0, chevron.x() - left - px(6), self.height())
        painter.setPen(tokens.text if self.isEnabled() else tokens.sub)
        words = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_prefix(self, painter: QPainter, left: float) -> float:
        if not self._prefix:
            return 0.0
        painter.setPen(theme().tokens.sub)
        room = QRectF(left, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._prefix)
        return self._prefix_width()

    def _prefix_width(self) -> float:
        if not self._prefix:
            return 0.0
        return theme().width(self._prefix, Role.BODY) + theme().px(6)

    def _tell(self) -> None:
        self.chosen.emit(self.value())


def term_options(terms: type[Term]) -> list[Option]:
    """The members of an enum of `app.domain.terms` as options: code and word."""
    return [Option(str(term), term.term) for term in terms]


class ConfidentialityPicker(ChoiceField):
    """取扱 of a company: one of the four."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(term_options(Confidentiality), parent=parent)
        self.setAccessibleName("取扱")
