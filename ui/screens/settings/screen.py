"""設定: a list of sections at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.workplace import TEAM_SCOPE
from ui.models.row_list_model import ListRow
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Heading, Screen
from ui.screens.settings.makers import Maker, makers
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.undo_actions import UndoActions
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.segmented import Option

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_LIST_WIDTH, _NARROW = 176, 760


class SettingsScreen(Screen):
    """Sections are made when they are first entered."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__()
        self._services = services
        self._makers: Mapping[str, Maker] = makers(tasks, services, program)
        self._sections: dict[str, Section] = {}
        self._key = ""
        self._undo = UndoActions(tasks, services, self, self._scope)
        self._list = RowList(name="設定の項目", indent=16, opens_on_click=True)
        self._list.show_entries(
            [ListRow(key, each.word, icon=each.icon) for key, each in self._makers.items()]
        )
        self._list.current_changed.connect(self._chosen)
        self._choice = ChoiceField([Option(key, each.word, each.icon) for key, each in self._makers.items()])
        self._choice.setAccessibleName("設定の項目")
        self._choice.chosen.connect(self._chosen)
        self._stack = QStackedWidget()
        self._build()
        theme().changed.connect(self._measure)
        self._measure()

    # what the window asks

    def heading(self) -> Heading:
        """The section's name and buttons; a practice store says what it is."""
        section = self._section
        word = self._makers[self._key].word if self._key else "設定"
        facts = (State("warn", "練習用", "study"),) if self._services.is_practice else ()
        crumbs = (Crumb("設定", Route(Place.SETTINGS)), Crumb(word))
        return Heading(word, crumbs=crumbs, facts=facts, buttons=section.buttons() if section else ())

    def enter(self, route: Route) -> None:
        """Show the section that the route names, the first one without."""
        self._key = route.tab if route.tab and route.tab in self._makers else next(iter(self._makers))
        if self._key not in self._sections:
            self._sections[self._key] = self._made(self._makers[self._key])
        self._list.go_to(self._key)
        self._choice.show_value(self._key)
        section = self._sections[self._key]
        self._stack.setCurrentWidget(section)
        section.enter(route.item_id or "")

    def leave(self) -> None:
        """Take over what was typed."""
        super().leave()
        if self._section is not None:
            self._section.leave()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Undo of the team's settings, and what the section does."""
        own = self._section.commands() if self._section else {}
        return {"undo": self._undo.undo, "redo": self._undo.redo, **own}

    def touched(self, changes: Changes) -> None:
        """Hand on to every section made so far."""
        for section in self._sections.values():
            section.touched(changes)

    @property
    def _section(self) -> Section | None:
        return self._sections.get(self._key)

    def _scope(self) -> str:
        return TEAM_SCOPE

    # sections

    def _chosen(self, key: str) -> None:
        if key != self._key:
            self.go.emit(Route(Place.SETTINGS, tab=key))

    def _made(self, maker: Maker) -> Section:
        section = maker.make()
        section.told.connect(self.told)
        section.warned.connect(self.warned)
        section.buttons_changed.connect(self.heading_changed)
        self._stack.addWidget(section)
        return section

    # building

    def _build(self) -> None:
        self._side = QWidget()
        self._side.setProperty("edge", "right")
        column(self._side, spacing=0, margins=(0, 0, 1, 0)).addWidget(self._list)
        self._above = QWidget()
        put(row(self._above, margins=(20, 8, 16, 0)), self._choice, None)
        right = column(spacing=0)
        right.addWidget(self._above)
        right.addWidget(self._stack, 1)
        across = row(self, spacing=0)
        across.addWidget(self._side)
        across.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list becomes a choice above where there is little room."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        is_narrow = self.width() < theme().px(_NARROW)
        self._side.setFixedWidth(theme().px(_LIST_WIDTH))
        self._side.setVisible(not is_narrow)
        self._above.setVisible(is_narrow)
        self.setFocusProxy(self._choice if is_narrow else self._list)
