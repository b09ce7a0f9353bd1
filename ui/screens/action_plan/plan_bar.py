"""The bar above the plan: 段階 at the left, the panel and the three views at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.terms import Stage
from ui.screens.action_plan.stage_bar import StageBar
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Text

TABLE, GANTT, OWNERS = "table", "gantt", "owners"
_ROOM_FOR_WORDS = 900
_PANEL_WORDS = "ねらい・指標"


class PlanBar(QWidget):
    """Where it is narrow, stages are numbers and the panel's button is its icon."""

    stage_chosen = Signal(object)
    view_chosen = Signal(str)
    panel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = StageBar()
        self._panel = Button(_PANEL_WORDS, kind="quiet", icon="panel", key="Ctrl+J")
        self._small_panel = IconButton("panel", _PANEL_WORDS, key="Ctrl+J")
        self._views = Segmented(
            [
                Option(TABLE, "表", "table"),
                Option(GANTT, "線表", "gantt"),
                Option(OWNERS, "担当別", "person"),
            ],
            name="表示",
        )
        self._views.choose(GANTT)
        line = row(self, spacing=8, margins=(20, 8, 16, 8))
        put(
            line,
            Text("段階", Role.TABLE, "sub"),
            self._stages,
            None,
            self._panel,
            self._small_panel,
            self._views,
        )
        self._stages.chosen.connect(self.stage_chosen)
        self._views.chosen.connect(self.view_chosen)
        for button in (self._panel, self._small_panel):
            button.clicked.connect(self.panel_asked)

    def show_stage(self, stage: Stage | None) -> None:
        """Show where the company stands."""
        self._stages.show_stage(stage)

    def view(self) -> str:
        """TABLE, GANTT or OWNERS."""
        return self._views.value()

    def show_view(self, view: str) -> None:
        """Choose a view without telling anybody."""
        self._views.choose(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words or numbers, by the room there is."""
        super().resizeEvent(event)
        compact = self.width() < theme().px(_ROOM_FOR_WORDS)
        self._stages.set_compact(on=compact)
        self._panel.setVisible(not compact)
        self._small_panel.setVisible(compact)
