"""Where two companies differ: both values side by side, and which of them stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.rows.duplicates import Choice, DifferingCell
from ui.theme.fonts import Role
from ui.widgets.layouts import column, put, set_measures
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph, Rule, Text

_KEPT, _MERGED = Option(Choice.KEPT, "左を残す"), Option(Choice.MERGED, "右にする")
_BOTH = Option(Choice.BOTH, "両方残す")


class CellChoices(QWidget):
    """A block per field; nothing is chosen wrongly by passing through it with Tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: dict[str, Segmented] = {}
        self._whole = column(self, spacing=10)
        self._shown = QWidget()
        self._whole.addWidget(self._shown)

    def show_cells(self, cells: Sequence[DifferingCell]) -> None:
        """Show these fields with what is proposed."""
        self._choices = {}
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = QWidget()
        lines = column(self._shown, spacing=10)
        for cell in cells:
            put(lines, Rule(), self._block(cell))
        self._whole.addWidget(self._shown)

    def choices(self) -> Mapping[str, Choice]:
        """What was chosen, by the key of each field."""
        return {key: Choice(choice.value()) for key, choice in self._choices.items()}

    def _block(self, cell: DifferingCell) -> QWidget:
        options = [_KEPT, _MERGED, *([_BOTH] if cell.is_text else [])]
        choice = Segmented(options, name=f"{cell.term}はどれを残すか", small=True)
        choice.choose(cell.default)
        self._choices[cell.key] = choice
        block = QWidget()
        block.setAccessibleName(cell.term)
        grid = QGridLayout(block)
        set_measures(grid, spacing=6, margins=(0, 0, 0, 0))
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        grid.addWidget(Text(cell.term, Role.CAPTION, "sub", elide=True), 0, 0, 1, 2)
        grid.addWidget(Paragraph(cell.kept), 1, 0)
        grid.addWidget(Paragraph(cell.merged), 1, 1)
        grid.addWidget(choice, 2, 0, 1, 2)
        return block
