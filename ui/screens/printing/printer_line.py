"""The printer with 変更, both sides, and how many copies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.printing.printers import Printer
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Text

_MOST_COPIES = 99


class PrinterLine(QWidget):
    """Which printer, how it prints."""

    change_asked = Signal()
    sides_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Text("さがしています", elide=True)
        self._change = Button("変更", kind="link")
        self._sides = CheckField("両面")
        self._copies = NumberField(unit="部")
        self._copies.setAccessibleName("部数")
        self._copies.show_number(1)
        self._change.clicked.connect(self.change_asked)
        self._sides.clicked.connect(self.sides_changed)
        self._copies.left.connect(self._tidy_copies)
        upper, lower = row(), row(spacing=16)
        put(upper, _PrinterIcon())
        upper.addWidget(self._name, 1)
        put(upper, self._change)
        put(lower, self._sides, self._copies, None)
        whole = column(self, spacing=8)
        put(whole, upper, lower)
        theme().changed.connect(self._measure)
        self._measure()

    def show_printer(self, printer: Printer | None) -> None:
        """Show the printer that will be used; None for none."""
        self._name.setText(printer.name if printer else "プリンターが見つかりません")
        self._name.setToolTip(printer.queue if printer else "")

    def show_sides(self, on_both_sides: bool) -> None:
        """Show whether both sides are printed."""
        self._sides.setChecked(on_both_sides)

    @property
    def on_both_sides(self) -> bool:
        """Whether both sides are printed."""
        return self._sides.isChecked()

    @property
    def copies(self) -> int:
        """How many copies, 1 to 99."""
        return max(1, min(self._copies.number() or 1, _MOST_COPIES))

    def _tidy_copies(self, _text: str) -> None:
        self._copies.show_number(self.copies)

    def _measure(self) -> None:
        self._copies.setFixedWidth(theme().px(84))


class _PrinterIcon(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(20), theme().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme().px(20)
        painter = QPainter(self)
        paint_icon(painter, "print", QRectF(0, (self.height() - side) / 2, side, side), theme().tokens.sub)
        painter.end()
