"""The size class of a company: computed while one types, and overridden by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.company_size import SizeFinding
from app.domain.terms import CompanySize
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.chips import StateChip
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph, Text

_UNKNOWN = State("off", "まだ判定できません")
_YOUNG = State("info", "設立10年未満", "check")


class SizeLine(QWidget):
    """Shows a finding with its reason; `override` and `deemed_large` are for the person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.override = ChoiceField(term_options(CompanySize), blank="計算どおり")
        self.override.setAccessibleName("会社の規模を手で選ぶ")
        self.deemed_large = CheckField("みなし大企業")
        self._chip = StateChip(_UNKNOWN)
        self._young = StateChip(_YOUNG)
        self._reason = Paragraph("", Role.TABLE, "sub")
        said = row(spacing=10)
        put(said, Text("会社の規模", Role.TABLE, "sub"), self._chip, self._young, None)
        chosen = row(spacing=12)
        put(chosen, self.override, self.deemed_large, None)
        put(column(self, spacing=6), said, self._reason, chosen)

    def show_finding(self, finding: SizeFinding, *, is_young: bool) -> None:
        """Show what the facts typed so far make of the company; `is_young` is 設立10年未満."""
        if finding.size is None:
            self._chip.set_state(_UNKNOWN)
        else:
            icon = "pencil" if finding.is_overridden else "check"
            self._chip.set_state(State("info", finding.size.term, icon))
        self._reason.set_text(finding.reason)
        self._young.setVisible(is_young)
