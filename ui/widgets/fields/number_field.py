"""A whole number, typed in full-width or half-width, with or without commas and unit."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.fields.text_field import TextField

_WHOLE_NUMBER = re.compile(r"[-+]?\d+")


def read_whole_number(text: str, unit: str = "") -> int | None:
    """「１２，０００円」 as 12000; None when the text is no whole number."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if unit:
        folded = folded.removesuffix(unicodedata.normalize("NFKC", unit)).strip()
    folded = folded.replace(",", "").replace("、", "")
    return int(folded) if _WHOLE_NUMBER.fullmatch(folded) else None


class NumberField(TextField):
    """Right-aligned, commas put in on leaving, the unit inside the field. `left` carries the tidied text."""

    def __init__(self, *, unit: str = "", least: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(tidy=self._tidied, parent=parent)
        self._unit = unit
        self._least = least
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._set_margins()
        self.left.connect(self._judge)

    def number(self) -> int | None:
        """The number typed; None when the field is blank or holds something else."""
        return read_whole_number(self.text(), self._unit)

    def show_number(self, number: int | None) -> None:
        """Show a value that comes from the record."""
        self.show_text("" if number is None else f"{number:,}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the unit at the right end."""
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setFont(theme().font(Role.BODY))
            painter.setPen(theme().tokens.sub)
            room = QRectF(self.rect()).adjusted(0, 0, -theme().px(10), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._unit)
            painter.end()

    def _tidied(self, text: str) -> str:
        number = read_whole_number(text, self._unit)
        return text.strip() if number is None else f"{number:,}"

    def _judge(self, text: str) -> None:
        number = self.number()
        if text and number is None:
            self.set_problem("数字で入れてください。例 12,000")
        elif number is not None and self._least is not None and number < self._least:
            self.set_problem(f"{self._least:,} 以上の数を入れてください")
        else:
            self.set_problem("")

    def _set_margins(self) -> None:
        unit = QFontMetricsF(theme().font(Role.BODY)).horizontalAdvance(getattr(self, "_unit", ""))
        self.setTextMargins(0, 0, round(unit + theme().px(6)) if unit else 0, 0)
