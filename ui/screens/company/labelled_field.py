"""One field of a form that stands in several columns: label above, problem below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph

_BELOW_FIELD = 2


class LabelledField(QWidget):
    """The label names the field for a screen reader; `beside` stands to its right on the same line."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *beside: QWidget,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        field.setAccessibleName(label)
        self._label = QLabel(f"{label} (必須)" if required else label)
        self._label.setProperty("type", "table")
        self._label.setProperty("tone", "sub")
        self._label.setBuddy(field)
        self._problem: Paragraph | None = None
        line = row(spacing=12)
        keeps_width = field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        line.addWidget(field, 0 if keeps_width else 1)
        put(line, *beside, *([None] if keeps_width else []))
        self._whole = column(self, spacing=2)
        put(self._whole, self._label, line, None)
        changed = getattr(field, "problem_changed", None)
        if changed is not None:
            changed.connect(self.show_problem)

    def show_problem(self, text: str) -> None:
        """Say below the field what is wrong with it; "" takes it back."""
        self._say(f"! {text}" if text else "")
        self.field.setAccessibleDescription(text)
        if self.field.property("problem") != bool(text):
            self.field.setProperty("problem", bool(text))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    @property
    def problem(self) -> str:
        """What is wrong, "" for nothing."""
        return self._problem.text().removeprefix("! ") if self._problem is not None else ""

    def _say(self, text: str) -> None:
        if self._problem is None:
            if not text:
                return
            self._problem = Paragraph("", Role.TABLE, "danger")
            self._whole.insertWidget(_BELOW_FIELD, self._problem)
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))
