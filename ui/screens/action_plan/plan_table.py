"""計画 as a table: number, すること, だれ, 期間, 状態, 段階, もとの決定."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.rows.action_plans import ActionRow
from app.services.shared_marks import ONLY_HERE, SharedMarks
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.screens.action_plan.words import NOBODY, period_words, spoken_row, state_of
from ui.widgets.row_table import RowTable

_SOURCE = "source"


def _title(marks: SharedMarks, action: ActionRow) -> Cell:
    indent = "　" * action.depth
    carried = "前年度から" if action.is_carried_over else ""
    conflict = "確認が必要な変更" if action.has_conflict else ""
    only_here = ONLY_HERE if marks.is_only_here(action.id) else ""
    return Cell(
        f"{indent}{action.title}", conflict or only_here or carried, tone="text" if action.is_open else "sub"
    )


def _source(action: ActionRow) -> Cell:
    leads_somewhere = action.source_session_id or action.source_seed_id or action.source_issue_id
    return Cell(action.source_words, tone="primary" if leads_somewhere else "sub")


_NUMBER: Column[ActionRow] = Column(
    "number",
    "番",
    text=lambda action: str(action.number),
    sort=lambda action: action.number,
    spoken=spoken_row,
    width=48,
    right=True,
)
_COLUMNS: tuple[Column[ActionRow], ...] = (
    Column("owner", "だれ", cell=lambda action: Cell(action.owner or NOBODY, tone="sub"), width=110),
    Column(
        "period",
        "期間",
        text=period_words,
        sort=lambda action: action.due_on or action.start_on or date.max,
        width=120,
        right=True,
    ),
    Column(
        "status",
        "状態",
        cell=lambda action: Cell(state=state_of(action)),
        sort=lambda action: (not action.is_open, -action.overdue_days, str(action.status)),
        width=110,
    ),
    Column(
        "stage",
        "段階",
        cell=lambda action: Cell(action.stage.term if action.stage else "", tone="sub"),
        sort=lambda action: action.number,
        width=124,
        drop=2,
    ),
    Column(_SOURCE, "もとの決定", cell=_source, width=104, drop=1),
)


def plan_model(marks: SharedMarks) -> RowTableModel[ActionRow]:
    """The rows that 表 and 線表 share, with the marks of what is only here."""
    title = Column("title", "すること", cell=partial(_title, marks), sort=lambda action: action.title)
    columns = (_NUMBER, title, *_COLUMNS)
    return RowTableModel(columns, key=lambda action: action.id)


class PlanTable(RowTable):
    """Space turns 済, a click on もとの決定 goes there."""

    done_asked = Signal(str)
    source_opened = Signal(str)

    def __init__(self, model: RowTableModel[ActionRow]) -> None:
        super().__init__(model, name="すること")
        self._actions = model
        self.clicked.connect(self._clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is 済; everything else as in any table."""
        if event.key() == Qt.Key.Key_Space:
            self.done_asked.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._actions.columns[index.column()].key == _SOURCE:
            self.source_opened.emit(self._actions.key_at(index.row()))
