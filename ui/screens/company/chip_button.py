"""A state or stage that is changed where it stands: a chip with a chevron that opens a short menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.domain.terms import Confidentiality, Stage
from ui.theme.icons import paint_icon
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.chips import StageMeter, StateChip
from ui.widgets.confidentiality import confidentiality_state
from ui.widgets.fields.choice_field import term_options
from ui.widgets.key_button import KeyButton
from ui.widgets.layouts import row
from ui.widgets.segmented import Option

_CHEVRON = 14


class ChipButton(KeyButton):
    """Enter, Space or a press opens the menu; `chosen` carries the value."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[Option], chip: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._name = name
        self._options = options
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip.setParent(self)
        chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(self, margins=(4, 2, _CHEVRON + 10, 2))
        line.addWidget(chip)
        self.clicked.connect(self.open_menu)

    def value(self) -> str:
        """The value shown."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show another value; subclasses change their chip."""
        if value == self._value and self.toolTip():
            return
        self._value = value
        word = next((option.label for option in self._options if option.value == value), "")
        self.setAccessibleName(f"{self._name} {word}")
        self.setToolTip(f"{self._name}を変える")
        self.updateGeometry()

    def open_menu(self) -> QMenu:
        """Show the choices below; returns the menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in self._options:
            act = QAction(option.label, menu)
            act.setData(option.value)
            act.setCheckable(True)
            act.setChecked(option.value == self._value)
            menu.addAction(act)
            if option.value == self._value:
                menu.setActiveAction(act)
        menu.triggered.connect(self._choose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        return menu

    def sizeHint(self) -> QSize:
        """Chip and chevron."""
        layout = self.layout()
        hint = layout.sizeHint() if layout else super().sizeHint()
        return hint.expandedTo(QSize(theme().target(0), theme().target(0)))

    def minimumSizeHint(self) -> QSize:
        """Never cuts its chip."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground under the pointer and the chevron; the chip draws itself."""
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.surface2)
            painter.drawRoundedRect(QRectF(self.rect()), px(6), px(6))
        side = px(_CHEVRON)
        place = QRectF(self.width() - side - px(4), (self.height() - side) / 2, side, side)
        paint_icon(painter, "down", place, tokens.sub)
        painter.end()

    def _choose(self, act: QAction) -> None:
        value = str(act.data())
        if value != self._value:
            self.show_value(value)
            self.chosen.emit(value)


class StageButton(ChipButton):
    """段階 of the support of a company."""

    def __init__(self) -> None:
        self._meter = StageMeter(Stage.ORGANISE)
        super().__init__("段階", term_options(Stage), self._meter)

    def show_value(self, value: str) -> None:
        """Show another stage."""
        self._meter.set_stage(Stage(value))
        super().show_value(value)


class LevelButton(ChipButton):
    """取扱 of an item. With `inherits` the item may also take its company's ("")."""

    def __init__(self, *, inherits: bool = False) -> None:
        own = [Option("", "企業と同じ")] if inherits else []
        self._chip = StateChip(State("flat", "企業と同じ", "link"))
        super().__init__("取扱", [*own, *term_options(Confidentiality)], self._chip)

    def show_value(self, value: str) -> None:
        """Show another level."""
        same = State("flat", "企業と同じ", "link")
        self._chip.set_state(confidentiality_state(Confidentiality(value)) if value else same)
        super().show_value(value)
