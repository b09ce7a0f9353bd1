"""The right panel of S04: what was decided, what is to be done, when one meets next, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.terms import Mark
from ui.theme.fonts import Role
from ui.theme.paint import MARK_HEIGHT
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.chips import MarkChip, PersonDisc
from ui.widgets.layouts import column, put, row
from ui.widgets.side_panel import PanelSection
from ui.widgets.texts import Paragraph, Rule, Text

_NOTHING_YET = "決定・宿題・期限の印を付けると、ここに並びます"


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A 決定, 宿題 or 期限 of the visit; `detail` is owner and date of the action `action_id`."""

    line_id: str
    mark: Mark
    text: str
    detail: str = ""
    action_id: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the overview shows. `next_words` is empty while no next visit is set."""

    items: tuple[SummaryItem, ...] = ()
    next_words: str = ""
    next_topic: str = ""
    people: tuple[str, ...] = ()

    @property
    def count_words(self) -> str:
        """「決定 1・宿題 2・期限 1」, without what there is none of."""
        counts = [
            (mark.term, sum(item.mark is mark for item in self.items))
            for mark in (Mark.DECISION, Mark.HOMEWORK, Mark.DEADLINE)
        ]
        return "・".join(f"{word} {count}" for word, count in counts if count)


class SessionOverview(QWidget):
    """Sections one below the other; pressing a row goes to its line."""

    line_asked = Signal(str)
    action_asked = Signal(str)
    details_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Summary(items=(SummaryItem("", Mark.FACT, ""),))
        self._counts = Text("", Role.TABLE, "sub")
        self._people_count = Text("", Role.TABLE, "sub")
        self._decided = PanelSection("この面談のまとめ", self._counts)
        change_next = Button("直す", kind="link")
        change_people = Button("直す", kind="link")
        self._next = PanelSection("次回", change_next)
        self._people = PanelSection("出席した人", self._people_count, change_people)
        self._items, self._next_rows, self._people_rows = column(spacing=0), column(), column(spacing=6)
        self._decided.add(self._items)
        self._next.add(self._next_rows)
        self._people.add(self._people_rows)
        for button, name in ((change_next, "次回を直す"), (change_people, "出席した人を直す")):
            button.setAccessibleName(name)
            button.clicked.connect(self.details_asked)
        whole = column(self, spacing=0)
        put(whole, self._decided, _rule(), self._next, _rule(), self._people)

    def show_summary(self, summary: Summary) -> None:
        """Show this; rows are made anew only where something differs."""
        if summary.items != self._shown.items:
            self._show_items(summary)
        if (summary.next_words, summary.next_topic) != (self._shown.next_words, self._shown.next_topic) or (
            self._next_rows.count() == 0
        ):
            self._show_next(summary)
        if summary.people != self._shown.people or self._people_rows.count() == 0:
            self._show_people(summary.people)
        self._shown = summary

    def _show_items(self, summary: Summary) -> None:
        _clear(self._items)
        self._counts.setText(summary.count_words)
        for item in summary.items:
            shown = SummaryRow(item)
            shown.line_asked.connect(self.line_asked)
            shown.action_asked.connect(self.action_asked)
            self._items.addWidget(shown)
        if not summary.items:
            self._items.addWidget(
                Paragraph("決定・宿題・期限の印を付けると、ここに並びます", Role.TABLE, "sub")
            )

    def _show_next(self, summary: Summary) -> None:
        _clear(self._next_rows)
        words = summary.next_words or "まだ決めていません"
        self._next_rows.addWidget(Text(words, Role.BODY, "text" if summary.next_words else "sub"))
        if summary.next_topic:
            self._next_rows.addWidget(Paragraph(summary.next_topic, Role.TABLE, "sub"))

    def _show_people(self, people: Sequence[str]) -> None:
        _clear(self._people_rows)
        self._people_count.setText(f"{len(people)}人" if people else "")
        for start in range(0, len(people), 2):
            line = row(spacing=8)
            for name in people[start : start + 2]:
                cell = row(spacing=8)
                put(cell, PersonDisc(name), Text(name, Role.BODY, elide=True))
                line.addLayout(cell, 1)
            if len(people[start : start + 2]) == 1:
                line.addStretch(1)
            self._people_rows.addLayout(line)
        if not people:
            self._people_rows.addWidget(Text("まだ入れていません", Role.BODY, "sub"))


class SummaryRow(QAbstractButton):
    """Chip and text; homework has its owner and date below, to be pressed by itself."""

    line_asked = Signal(str)
    action_asked = Signal(str)

    def __init__(self, item: SummaryItem) -> None:
        super().__init__()
        self._item = item
        self.setProperty("ring", "inside")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{item.mark.term} {item.text} {item.detail}".strip())
        words = column(spacing=0)
        text = Paragraph(item.text)
        words.addWidget(text)
        if item.detail:
            below = row()
            put(below, self._detail(item), None)
            words.addLayout(below)
        line = row(self, spacing=10, margins=(0, 5, 0, 5))
        chip = MarkChip(item.mark)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for shape in (chip, text):
            shape.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        chip.setMinimumHeight(theme().px(MARK_HEIGHT))
        self.clicked.connect(self._pressed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground while it is touched."""
        if self.isDown() or self.underMouse():
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme().tokens.bg)
            painter.end()

    def _detail(self, item: SummaryItem) -> QWidget:
        if not item.action_id:
            return Text(item.detail, Role.TABLE, "sub", elide=True)
        change = Button(item.detail, kind="link", size="small")
        change.setAccessibleName(f"担当と期日を直す {item.detail}")
        change.clicked.connect(self._action_pressed)
        return change

    def _pressed(self) -> None:
        self.line_asked.emit(self._item.line_id)

    def _action_pressed(self) -> None:
        self.action_asked.emit(self._item.action_id)


def _rule() -> QVBoxLayout:
    lines = column(margins=(20, 0, 20, 0))
    lines.addWidget(Rule())
    return lines


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _clear(inner)  # type: ignore[arg-type]
            inner.deleteLater()
