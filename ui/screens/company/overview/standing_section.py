"""支援の状態: 候補, 支援中, 卒業 or 中止 in this 年度, with the reason for an end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.calendar import fiscal_year_short
from app.domain.terms import EngagementStatus
from app.rows.companies import CompanyCard
from ui.theme.fonts import Role
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import put, row
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import Text


class StandingSection(QObject):
    """`standing_set` carries the status code and the reason, which is "" until one is given."""

    standing_set = Signal(str, str)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self.status = ChoiceField(term_options(EngagementStatus))
        self.status.setAccessibleName("支援の状態")
        self.reason = LongTextField(lines=1, most_lines=5, placeholder="理由")
        self.reason.setAccessibleName("状態の理由")
        self._year = Text("", Role.TABLE, "sub")
        line = row()
        put(line, self.status, None)
        panel.add_section("支援の状態", self._year).add(line, self.reason)
        self.status.chosen.connect(self._choose)
        self.reason.left.connect(self._give_reason)

    def show_card(self, card: CompanyCard) -> None:
        """Show where the company stands."""
        engagement = card.engagement
        self.status.show_value(engagement.status if engagement else EngagementStatus.CANDIDATE)
        self._year.setText(fiscal_year_short(engagement.fiscal_year) if engagement else "")
        if not self.reason.has_changes():
            self.reason.show_text(engagement.status_reason if engagement else "")

    def _choose(self, status: str) -> None:
        # The reason belonged to the standing before.
        self.reason.show_text("")
        self.standing_set.emit(status, "")

    def _give_reason(self, reason: str) -> None:
        self.standing_set.emit(self.status.value(), reason)
