"""The right column for a 課題: its 経営課題, the 知財の視点 to look at it with, usual measures, 対応方針."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.masters import Prompt, perspectives_for
from app.domain.terms import Confidentiality
from app.masters import Masters
from app.rows.analysis import AnalysisSheet, IssueRow, SeedRow
from ui.screens.analysis.item_page import ItemPage
from ui.screens.analysis.tick_flow import TickFlow
from ui.theme.fonts import Role
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text


class IssuePage(ItemPage):
    """Perspectives that prompts of the chosen 経営課題 name come first."""

    perspectives_chosen = Signal(str, object)
    """Issue id, codes."""

    def __init__(self, lists: Masters, parent: QWidget | None = None) -> None:
        super().__init__("title", "課題", parent)
        self._management = ChoiceField(blank="まだ選んでいません")
        self._management_options: list[Option] = []
        self.offer(lists)
        self._explanation = Text("", Role.TABLE, "sub", elide=True)
        self._chosen_count = Text("", Role.TABLE, "sub")
        self._ordered_by = Text("よく見る順", Role.CAPTION, "sub")
        self._ticks = TickFlow("知財の視点")
        self._measures = _Measures()
        self._lay_out()
        self._management.chosen.connect(self._management_chosen)
        self._ticks.changed.connect(self._ticks_changed)

    def offer(self, lists: Masters) -> None:
        """Offer the lists as the team words them, from the next issue shown on."""
        self._issues = {each.code: each for each in lists.management_issues}
        self._perspectives = {each.code: each.word for each in lists.ip_perspectives}
        self._prompts = lists.prompts

    def show_item(self, sheet: AnalysisSheet, item: IssueRow | SeedRow, level: Confidentiality) -> None:
        """Show an issue."""
        if not isinstance(item, IssueRow):
            raise TypeError(type(item).__name__)
        super().show_item(sheet, item, level)
        code = item.management_code or ""
        self._show_management(code, item.management_term)
        # What was chosen before it went off the list is still chosen.
        chosen = dict(zip(item.perspective_codes, item.perspective_terms, strict=True))
        words = {**chosen, **self._perspectives}
        first = [each for each in perspectives_for((code,), self._prompts) if each in words]
        order = [*first, *(each for each in self._perspectives if each not in first)]
        order += [each for each in chosen if each not in order]
        self._ticks.show_options([Option(each, words[each]) for each in order], item.perspective_codes)
        self._chosen_count.setText(str(len(item.perspective_codes) or ""))
        self._explanation.setVisible(bool(code))
        self._ordered_by.setVisible(bool(first))
        self._measures.show_prompts([prompt for prompt in self._prompts if code in prompt.management_codes])

    def go_in(self) -> None:
        """Focus where one starts in this column."""
        self._management.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_management(self, code: str, term: str) -> None:
        words = {**({code: term} if code else {}), **{each.code: each.word for each in self._issues.values()}}
        options = [Option(each, words[each]) for each in words]
        if options != self._management_options:
            self._management_options = options
            self._management.set_options(options)
        self._management.show_value(code)
        known = self._issues.get(code)
        self._explanation.setText(known.explanation if known else "")

    def _lay_out(self) -> None:
        response = self.text_field("response", lines=2, placeholder="この課題にどう取り組むか")
        response.setAccessibleName("対応方針")
        self._management.setAccessibleName("経営課題")
        self.heading()
        choice = row(spacing=12)
        put(choice, Text("経営課題", Role.TABLE, "sub"), self._management, None)
        perspectives = row(spacing=8)
        put(perspectives, Text("知財の視点", Role.BODY_BOLD), self._chosen_count, None, self._ordered_by)
        put(self.body, choice, 4, self._explanation, 12, perspectives, 2, self._ticks, self._measures)
        put(self.body, 12, Text("対応方針", Role.BODY_BOLD), 4, response)
        self.links()
        form = FieldForm()
        form.add("課題", self.words)
        form.add("取扱", self._level)
        put(self.body, form, None)

    def _management_chosen(self, code: str) -> None:
        self.write({"management_code": code or None})

    def _ticks_changed(self, codes: tuple[str, ...]) -> None:
        self.perspectives_chosen.emit(self.item_id(), codes)


class _Measures(QWidget):
    """典型的な打ち手 for the chosen 経営課題: help to think with, not advice."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(spacing=8)
        whole = column(self, spacing=6, margins=(0, 12, 0, 0))
        put(whole, Text("よくある困りごとと打ち手", Role.BODY_BOLD), self._rows)

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Show the prompts; nothing at all where there are none."""
        while (item := self._rows.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.hide()
                shown.deleteLater()
        for prompt in prompts:
            block = QWidget()
            words = column(block, spacing=0)
            put(words, Paragraph(prompt.text, Role.TABLE))
            put(words, Paragraph("・".join(prompt.measures), Role.TABLE, "sub"))
            self._rows.addWidget(block)
        self.setVisible(bool(prompts))
