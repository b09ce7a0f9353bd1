"""The right panel of S04: what was decided, what is to be done, when one meets next, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.terms import Mark
from app.rows.questions import QuestionRow
from ui.models.row_list_model import ListRow
from ui.screens.support_session.question_list import QuestionList
from ui.screens.support_session.summary_list import SummaryList
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.chips import PersonDisc
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

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.action_id or f"{self.line_id}/{self.mark}"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the overview shows. `next_words` is empty while no next visit is set."""

    items: tuple[SummaryItem, ...] = ()
    next_words: str = ""
    next_topic: str = ""
    people: tuple[str, ...] = ()
    questions: tuple[QuestionRow, ...] = ()

    @property
    def asked_words(self) -> str:
        """「6/9」: how many of the questions were asked."""
        asked = sum(row.is_asked for row in self.questions)
        return f"{asked}/{len(self.questions)}" if self.questions else ""

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
        self._asked = Text("", Role.TABLE, "sub")
        self._asking = PanelSection("聞き忘れがないか", self._asked)
        self.questions = QuestionList()
        self._asking.add(self.questions)
        self._asking_rule = QWidget()
        self._asking_rule.setLayout(_rule())
        self._next = PanelSection("次回", change_next)
        self._people = PanelSection("出席者", self._people_count, change_people)
        self._list, self._nothing = SummaryList(), Paragraph(_NOTHING_YET, Role.TABLE, "sub")
        self._next_rows, self._people_rows = column(), column(spacing=6)
        self._decided.add(self._list, self._nothing)
        self._list.opened.connect(self._go_to_line)
        self._list.space_pressed.connect(self._change)
        self._next.add(self._next_rows)
        self._people.add(self._people_rows)
        for button, name in ((change_next, "次回を直す"), (change_people, "出席者を直す")):
            button.setAccessibleName(name)
            button.clicked.connect(self.details_asked)
        whole = column(self, spacing=0)
        put(whole, self._decided, self._asking_rule, self._asking, _rule(), self._next, _rule(), self._people)

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
        if summary.questions != self._shown.questions or not summary.questions:
            self._show_questions(summary)
        self._shown = summary

    def _show_questions(self, summary: Summary) -> None:
        self._asked.setText(summary.asked_words)
        self.questions.show_questions(summary.questions)
        for part in (self._asking, self._asking_rule):
            part.setVisible(bool(summary.questions))

    def _show_items(self, summary: Summary) -> None:
        self._counts.setText(summary.count_words)
        self._list.show_entries(
            [ListRow(item.key, item.text, detail=item.detail, mark=str(item.mark)) for item in summary.items]
        )
        self._list.setVisible(bool(summary.items))
        self._nothing.setVisible(not summary.items)

    def _go_to_line(self, key: str) -> None:
        self.line_asked.emit(self._item(key).line_id)

    def _change(self, key: str) -> None:
        item = self._item(key)
        if item.action_id:
            self.action_asked.emit(item.action_id)
        else:
            self.line_asked.emit(item.line_id)

    def _item(self, key: str) -> SummaryItem:
        return next(item for item in self._shown.items if item.key == key)

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
