"""ねらい with the stage, and four counts that open the lists they were counted from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.terms import Stage
from app.rows.companies import CompanyCard
from ui.day_words import SOON_DAYS, short_day
from ui.screens.company.chip_button import StageButton
from ui.theme.fonts import Role
from ui.theme.paint import State
from ui.widgets.buttons import Button
from ui.widgets.card import Card, CountLink
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph, Rule, Text

COUNTS = (("issues", "課題"), ("seeds", "知財の種"), ("decisions", "決定"), ("homework", "宿題"))


class AimCard(Card):
    """`aim_written` carries ねらい, `stage_chosen` a stage, `count_opened` a key of COUNTS."""

    aim_written = Signal(str)
    stage_chosen = Signal(str)
    count_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padded=False, spacing=0, parent=parent)
        self.aim = AimLine()
        self.stage = StageButton()
        self._counts = {key: CountLink(key, word) for key, word in COUNTS}
        head = row()
        put(head, Text("ねらい", Role.TABLE, "sub"), self.aim.edit_link, None, self.stage)
        upper = column(spacing=0, margins=(20, 10, 14, 12))
        put(upper, head, self.aim)
        self.add(upper, Rule(), self._count_line())
        self.aim.written.connect(self.aim_written)
        self.stage.chosen.connect(self.stage_chosen)
        for count in self._counts.values():
            count.opened.connect(self.count_opened)

    def show_card(self, card: CompanyCard, today: date) -> None:
        """Show a company."""
        engagement = card.engagement
        self.aim.show_text(engagement.aim if engagement else "")
        stage = engagement.stage if engagement else None
        self.stage.show_value(stage or Stage.ORGANISE)
        self._counts["issues"].show_count(card.issue_count)
        self._counts["seeds"].show_count(card.seed_count)
        self._counts["decisions"].show_count(card.decision_count)
        self._counts["homework"].show_count(card.homework_count, _homework_state(card, today))

    def _count_line(self) -> QWidget:
        line = QWidget()
        counts = row(line, spacing=4, margins=(1, 0, 1, 1))
        for number, count in enumerate(self._counts.values()):
            if number:
                counts.addWidget(Rule(upright=True))
            counts.addWidget(count, 1)
        return line


def _homework_state(card: CompanyCard, today: date) -> State | None:
    if card.overdue_count:
        return State("danger", f"超過 {card.overdue_count}")
    due = card.next_action.due_on if card.next_action else None
    if due is not None and (due - today).days <= SOON_DAYS:
        return State("warn", short_day(due, today))
    return None


class AimLine(QStackedWidget):
    """ねらい as words; its link turns it into a field, leaving turns it back."""

    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Paragraph("", Role.SECTION)
        self.edit_link = Button("書く", kind="link")
        self.field = TextField(placeholder="例 自社ブランドで売り、下請けの割合を3年で4割に下げる")
        self.field.setAccessibleName("ねらい")
        self.addWidget(self._words)
        edited = QWidget()
        put(row(edited, margins=(0, 2, 6, 2)), self.field)
        self.addWidget(edited)
        self.edit_link.clicked.connect(self.edit)
        self.field.left.connect(self._show_words)
        self.field.left.connect(self.written)
        self.field.editingFinished.connect(self._stop)
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Show the record's ねらい; typing that it does not have yet stays."""
        if not self.field.has_changes():
            self.field.show_text(text)
            self._show_words(text)

    def edit(self) -> None:
        """Let the person write."""
        self.setCurrentIndex(1)
        self.field.setFocus()
        self.field.selectAll()

    def _stop(self) -> None:
        if not self.field.hasFocus():
            self.setCurrentIndex(0)

    def _show_words(self, text: str) -> None:
        self._words.set_text(text or "まだ書かれていません")
        self.edit_link.set_label("直す" if text else "書く")
        self.edit_link.setAccessibleName(f"ねらいを{self.edit_link.label()}")
