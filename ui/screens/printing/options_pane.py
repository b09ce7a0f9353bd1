"""The left side of S10: what to print, what stays inside, the check before printing, and the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.date_reading import Lean
from app.domain.terms import Confidentiality
from app.rows.companies import CompanyListRow
from app.rows.printing import DocumentKind, Prepared, PrintOffer
from ui.screens.printing import words
from ui.screens.printing.choices import DAYS, Choices
from ui.screens.printing.pick_button import PickButton
from ui.screens.printing.printer_line import PrinterLine
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.chips import StateChip
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.date_field import DateField
from ui.widgets.layouts import column, put, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.side_panel import NARROW_WINDOW
from ui.widgets.texts import Paragraph, Rule, Text

WIDTH, NARROW_WIDTH = 320, 316
_MERGED, _ONE_EACH = "merged", "one_each"
_REVERSED = "終わりの日が始まりの日より前です"


class OptionsPane(ScrollPage):
    """`changed` carries the new Choices; nothing here asks the store."""

    changed = Signal(object)
    companies_asked = Signal()
    boxes_asked = Signal()
    last_use_asked = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(spacing=0, margins=(20, 14, 16, 14), parent=parent)
        for inside in self.findChildren(QWidget):
            if inside.property("ground"):
                inside.setProperty("ground", "surface")
        self._choices: Choices | None = None
        self.setProperty("edge", "right")
        self._build(today)
        self._connect()
        theme().changed.connect(self.fit)
        self.fit()

    # showing

    def show_choices(self, choices: Choices, offer: PrintOffer, *, is_as_last: bool, has_last: bool) -> None:
        """Show what is chosen among what there is."""
        self._choices = choices
        rows = [row for row in offer.companies if row.id in choices.company_ids]
        self._kind.show_value(choices.kind)
        self.companies.show_words(words.company_words(rows))
        self._period.set_options(words.period_options(choices.kind, offer))
        self._period.show_value(choices.period)
        self._days.setVisible(choices.period == DAYS)
        self._since.show_day(choices.since)
        self._until.show_day(choices.until)
        self._level.show_value(choices.level)
        self._binding.choose(_ONE_EACH if choices.one_each else _MERGED)
        self._binding_part.setVisible(len(rows) > 1)
        self._boxes.setText(words.approval_words(offer.approvals))
        self._last_use.setVisible(has_last and not is_as_last)

    def show_result(self, prepared: Prepared | None, companies: Sequence[CompanyListRow]) -> None:
        """Show what stays inside and what to look at before printing; None while nothing is laid out."""
        states = words.left_out_states(prepared.left_out) if prepared else []
        for number, chip in enumerate(self._left_out):
            chip.setVisible(number < len(states))
            if number < len(states):
                chip.set_state(states[number])
        found = words.checks(prepared, companies) if prepared else []
        self._checks.show_entries(found)
        self._checks.setVisible(bool(found))
        self._fine.setVisible(prepared is not None and not found)
        self._check_count.setText(f"{len(found)}件" if found else "")

    def fit(self) -> None:
        """Follow window width and text step."""
        is_narrow = self.window().width() < theme().px(NARROW_WINDOW)
        self.setFixedWidth(theme().px(NARROW_WIDTH if is_narrow else WIDTH))

    # being changed

    def _tell(self, choices: Choices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.changed.emit(choices)

    def _choose_kind(self, code: str) -> None:
        if self._choices is not None:
            self._tell(replace(self._choices, kind=DocumentKind(code)))

    def _choose_period(self, period: str) -> None:
        if self._choices is not None:
            self._tell(replace(self._choices, period=period))
            if period == DAYS:
                self._since.setFocus()

    def _choose_level(self, code: str) -> None:
        if self._choices is not None:
            self._tell(replace(self._choices, level=Confidentiality(code)))

    def _choose_binding(self, binding: str) -> None:
        if self._choices is not None:
            self._tell(replace(self._choices, one_each=binding == _ONE_EACH))

    def _days_left(self, _day: date | None) -> None:
        since, until = self._since.day(), self._until.day()
        is_reversed = since is not None and until is not None and until < since
        self._days_problem.set_text(_REVERSED if is_reversed else "")
        self._days_problem.setVisible(is_reversed)
        if self._choices is not None and not is_reversed:
            self._tell(replace(self._choices, since=since, until=until))

    # building

    def _build(self, today: Callable[[], date]) -> None:
        self._kind = ChoiceField(words.kind_options())
        self.companies = PickButton("企業")
        self._period = ChoiceField()
        self._since = DateField(today, Lean.NEAREST, placeholder="はじめの日")
        self._until = DateField(today, Lean.NEAREST, placeholder="おわりの日")
        self._days_problem = Paragraph("", Role.TABLE, "danger")
        self._level = ChoiceField(words.level_options())
        self._left_out = (StateChip(words.NO_STATE), StateChip(words.NO_STATE))
        self._binding = Segmented(
            [Option(_MERGED, "1つにまとめる"), Option(_ONE_EACH, "企業ごとに1つ")], name="PDF と紙"
        )
        self.printer = PrinterLine()
        self._last_use = Button("前回と同じにする", kind="quiet", icon="undo", size="small")
        self._boxes = Text("", elide=True)
        self._change_boxes = Button("変える", kind="link")
        self._build_checks()
        self._arrange()

    def _build_checks(self) -> None:
        self._checks = RowList(name="印刷前チェック", indent=0, fits=True)
        self._check_count = Text("", Role.TABLE, "warn")
        self._fine = StateChip(State("ok", "問題ありません"))

    def _arrange(self) -> None:
        days = column(spacing=6, margins=(0, 6, 0, 0))
        put(days, self._since, self._until, self._days_problem)
        self._days_problem.hide()
        self._days = _boxed(days)
        chips = column(spacing=6)
        for chip in self._left_out:
            chips.addWidget(chip)
            chip.hide()
        self._binding_part = _boxed(_labelled("PDF と紙", self._binding))
        boxes = row(margins=(0, 0, 0, 8))
        boxes.addWidget(Text("決裁欄", Role.TABLE, "sub"))
        boxes.addWidget(self._boxes, 1)
        boxes.addWidget(self._change_boxes)
        checks = row()
        put(checks, Text("印刷前チェック", Role.TABLE, "sub"), None, self._check_count, self._fine)
        put(self.body, _labelled("様式", self._kind), _labelled("企業", self.companies))
        put(self.body, _labelled("期間", self._period, self._days))
        put(self.body, _labelled("出す範囲", self._level, _boxed(chips)))
        put(self.body, self._binding_part, boxes, self._last_use, Rule(), 10)
        put(self.body, self.printer, 10, Rule(), 10, checks, 2, self._checks, None)
        for field, name in ((self._kind, "様式"), (self._period, "期間"), (self._level, "出す範囲")):
            field.setAccessibleName(name)
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._since.setAccessibleName("はじめの日")
        self._until.setAccessibleName("おわりの日")

    def _connect(self) -> None:
        self._kind.chosen.connect(self._choose_kind)
        self._period.chosen.connect(self._choose_period)
        self._level.chosen.connect(self._choose_level)
        self._binding.chosen.connect(self._choose_binding)
        self._since.day_left.connect(self._days_left)
        self._until.day_left.connect(self._days_left)
        self.companies.clicked.connect(self.companies_asked)
        self._change_boxes.clicked.connect(self.boxes_asked)
        self._last_use.clicked.connect(self.last_use_asked)


def _labelled(label: str, *parts: QWidget) -> QVBoxLayout:
    """A quiet label above its field."""
    layout = column(spacing=4, margins=(0, 0, 0, 10))
    put(layout, Text(label, Role.TABLE, "sub"), *parts)
    return layout


def _boxed(layout: QBoxLayout) -> QWidget:
    box = QWidget()
    box.setLayout(layout)
    return box
