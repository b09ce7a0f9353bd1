"""Rows of label and field; hints and problems stand below the field they belong to."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from ui.theme.fonts import Role
from ui.widgets.layouts import column, set_measures
from ui.widgets.texts import Paragraph

LabelSide = Literal["above", "left"]


class FieldForm(QWidget):
    """A form; the label names its field for the screen reader, Enter moves on, nothing submits it."""

    def __init__(
        self, *, labels: LabelSide = "above", spacing: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = QFormLayout(self)
        above = labels == "above"
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if above else QFormLayout.RowWrapPolicy.DontWrapRows
        self._rows.setRowWrapPolicy(wrap)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        set_measures(self._rows, spacing=4 if above else spacing, margins=(0, 4, 0, 4))
        self._is_above = above
        self._notes: dict[QWidget, Paragraph] = {}
        self._notices: dict[QWidget, Paragraph] = {}

    def add(self, label: str, field: QWidget, *, hint: str = "", required: bool = False) -> None:
        """Add a row. Fields with `problem_changed` show their problem below by themselves."""
        name = QLabel(f"{label} (必須)" if required else label)
        name.setProperty("type", "table")
        name.setProperty("tone", "sub")
        name.setMinimumHeight(0)
        field.setAccessibleName(label)
        box = QWidget()
        box.setFocusProxy(field)
        below = column(box, spacing=2, margins=(0, 0, 0, 8 if self._is_above else 0))
        below.addWidget(field)
        if hint:
            below.addWidget(Paragraph(hint, Role.CAPTION, "sub"))
        notice, problem = Paragraph("", Role.CAPTION, "sub"), Paragraph("", Role.TABLE, "danger")
        for note in (notice, problem):
            note.hide()
            below.addWidget(note)
        self._notes[field], self._notices[field] = problem, notice
        self._rows.addRow(name, box)
        name.setBuddy(field)
        for signal, slot in (("problem_changed", self._show_problem), ("noticed", self._show_notice)):
            told = getattr(field, signal, None)
            if told is not None:
                told.connect(slot)

    def set_problem(self, field: QWidget, text: str) -> None:
        """Show or, with "", take back what is wrong with a field that has no `set_problem` itself."""
        note = self._notes[field]
        note.set_text(f"! {text}" if text else "")
        note.setVisible(bool(text))

    def problems(self) -> list[str]:
        """Every problem shown, from top to bottom."""
        return [note.text() for note in self._notes.values() if note.text()]

    def _show_notice(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self._notices[field].set_text(text)
            self._notices[field].setVisible(bool(text))

    def _show_problem(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.set_problem(field, text)
