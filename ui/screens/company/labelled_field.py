"""One field of a form that stands in several columns: label above, problem below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.fonts import Role
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph


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
        self._problem = Paragraph("", Role.TABLE, "danger")
        self._problem.hide()
        line = row(spacing=12)
        keeps_width = field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        line.addWidget(field, 0 if keeps_width else 1)
        put(line, *beside, *([None] if keeps_width else []))
        whole = column(self, spacing=2)
        put(whole, self._label, line, self._problem, None)
        changed = getattr(field, "problem_changed", None)
        if changed is not None:
            changed.connect(self.show_problem)

    def show_problem(self, text: str) -> None:
        """Say below the field what is wrong with it; "" takes it back."""
        self._problem.set_text(f"! {text}" if text else "")
        self._problem.setVisible(bool(text))
        self.field.setAccessibleDescription(text)
        if self.field.property("problem") != bool(text):
            self.field.setProperty("problem", bool(text))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    @property
    def problem(self) -> str:
        """What is wrong, "" for nothing."""
        return self._problem.text().removeprefix("! ")
