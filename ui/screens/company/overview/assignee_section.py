"""見える人: who looks after the company, changed by ticking people of the team, and its 取扱."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.rows.companies import CompanyCard, PersonRow
from ui.screens.company.chip_button import LevelButton
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.chips import PersonDisc
from ui.widgets.fields.check_field import CheckField
from ui.widgets.layouts import column, put, row, set_measures
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import Text

_ABREAST = 2


class AssigneeSection(QObject):
    """`assigned` carries the ids of all who are ticked, `level_chosen` a 取扱."""

    assigned = Signal(list)
    level_chosen = Signal(str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._change = Button("変更", kind="link")
        self._change.clicked.connect(self._turn)
        self.level = LevelButton()
        self.level.chosen.connect(self.level_chosen)
        self._shown, self._ticks = QWidget(), QWidget()
        self._shown_grid = QGridLayout(self._shown)
        set_measures(self._shown_grid, spacing=8, margins=(0, 0, 0, 0))
        self._tick_column = column(self._ticks, spacing=0)
        self._ticks.hide()
        self._checks: dict[str, CheckField] = {}
        self._named: tuple[PersonRow, ...] | None = None
        level = row()
        put(level, Text("取扱", Role.TABLE, "sub"), self.level, None)
        panel.add_section("見える人", self._change).add(self._shown, self._ticks, level)

    def show_card(self, card: CompanyCard) -> None:
        """Show who is 担当."""
        self.level.show_value(card.confidentiality)
        chosen = {person.id for person in card.assignees}
        for person_id, check in self._checks.items():
            check.setChecked(person_id in chosen)
        if card.assignees != self._named:
            self._named = card.assignees
            self._name_anew(card.assignees)

    def _name_anew(self, assignees: Sequence[PersonRow]) -> None:
        _empty(self._shown_grid)
        for number, person in enumerate(assignees):
            self._shown_grid.addWidget(_named(person), number // _ABREAST, number % _ABREAST)
        if not assignees:
            self._shown_grid.addWidget(Text("まだ決まっていません", tone="sub"), 0, 0)

    def show_team(self, team: Sequence[PersonRow], card: CompanyCard | None) -> None:
        """Offer these people."""
        for check in self._checks.values():
            check.deleteLater()
        chosen = {person.id for person in card.assignees} if card else set()
        self._checks = {person.id: CheckField(_with_role(person)) for person in team}
        for person_id, check in self._checks.items():
            check.setChecked(person_id in chosen)
            check.clicked.connect(self._ticked)
            self._tick_column.addWidget(check)

    def _turn(self) -> None:
        opening = self._ticks.isHidden()
        self._ticks.setVisible(opening)
        self._shown.setVisible(not opening)
        self._change.set_label("閉じる" if opening else "変更")
        first = next(iter(self._checks.values()), None)
        if opening and first:
            first.setFocus()

    def _ticked(self) -> None:
        self.assigned.emit([person_id for person_id, check in self._checks.items() if check.isChecked()])


def _with_role(person: PersonRow) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _named(person: PersonRow) -> QWidget:
    named = QWidget()
    put(row(named), PersonDisc(person.name), Text(person.name, elide=True), None)
    return named


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
