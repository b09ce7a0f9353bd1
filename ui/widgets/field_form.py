"""Rows of label and field; hints and problems stand below the field they belong to."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.fonts import Role
from ui.widgets.layouts import column, set_measures
from ui.widgets.texts import Paragraph

LabelSide = Literal["above", "left"]


class FieldForm(QWidget):
    """A form; the label names its field for the screen reader, Enter moves on, nothing submits it.

    What is said below a field has a place once there is something to say: most fields are always right.
    """

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
        self._below: dict[QWidget, QVBoxLayout] = {}
        self._problems: dict[QWidget, Paragraph] = {}
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
        self._below[field] = below
        self._rows.addRow(name, box)
        name.setBuddy(field)
        for signal, slot in (("problem_changed", self._show_problem), ("noticed", self._show_notice)):
            told = getattr(field, signal, None)
            if told is not None:
                told.connect(slot)

    def set_problem(self, field: QWidget, text: str) -> None:
        """Show or, with "", take back what is wrong with a field that has no `set_problem` itself."""
        problem = self._problems.get(field)
        if problem is None:
            if not text:
                return
            problem = self._problems[field] = Paragraph("", Role.TABLE, "danger")
            self._below[field].addWidget(problem)
        _say(problem, f"! {text}" if text else "")

    def problems(self) -> list[str]:
        """Every problem shown, from top to bottom."""
        shown = (self._problems[field].text() for field in self._below if field in self._problems)
        return [text for text in shown if text]

    def _show_notice(self, text: str) -> None:
        field = self.sender()
        if not isinstance(field, QWidget):
            return
        notice = self._notices.get(field)
        if notice is None:
            if not text:
                return
            notice = self._notices[field] = Paragraph("", Role.CAPTION, "sub")
            below = self._below[field]
            below.insertWidget(below.count() - (field in self._problems), notice)
        _say(notice, text)

    def _show_problem(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.set_problem(field, text)


def _say(note: Paragraph, text: str) -> None:
    note.set_text(text)
    note.setVisible(bool(text))
