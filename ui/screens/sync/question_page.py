"""S11 確認が必要な変更: before, mine and theirs side by side, and what a person makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.date_reading import Lean
from app.rows.conflicts import ConflictKind, ConflictPage, OwnWording
from ui.field_drafts import TextEditor
from ui.screens.sync.choice_button import ChoiceButton
from ui.screens.sync.related import Related
from ui.screens.sync.side_card import SideCard
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import PAGE_MARGINS, column, put, row
from ui.widgets.message_bar import Banner
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Rule, Text

BOTH, OWN = -1, -2
"""What may be chosen besides the number of a side."""
_SAFE = "どちらの内容も残っています。急ぎません。決めたあとも履歴から戻せます。"
_WAITS = "続きが届くのを待っています。届くと、ひとりでに片づくことがあります。いまは決めなくてかまいません。"


class QuestionPage(QWidget):
    """`decided` says that Enter was pressed where it decides; `merged_asked` leads to what needed nobody."""

    spoken_role = QAccessible.Role.Document
    decided = Signal()
    merged_asked = Signal()
    record_asked = Signal()
    related_asked = Signal(str)
    """The key of another question that hangs together with this one."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("確認が必要な変更")
        self.setProperty("ring", "none")
        self.page: ConflictPage | None = None
        self.choice: int | None = None
        self._begun = ""
        self.reason = TextField(placeholder="なくても決められます", enter_moves_on=False)
        self.reason.setAccessibleName("決めた理由")
        self.reason.returnPressed.connect(self.decided)
        self.own_text = LongTextField(lines=3, most_lines=8)
        self.own_text.setAccessibleName("自分で書く")
        self.own_day = DateField(today, Lean.FUTURE)
        self.own_day.setAccessibleName("自分で書く日")
        self._cards: list[SideCard] = []
        self._line = _Cards()
        self._both = ChoiceButton("両方残す")
        self._both.clicked.connect(self.choose_both)
        self._own = ChoiceButton("自分で書く", key="F2")
        self._own.clicked.connect(self.choose_own)
        for each in (self._both, self._own):
            each.decided.connect(self.decided)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()

    # what is shown

    def show_page(self, page: ConflictPage, merged_count: int) -> None:
        """Show a question; a choice and texts of another one are gone."""
        self._merged.set_label(f"ほかの {merged_count}項目は自動でまとまりました")
        self._merged.setVisible(merged_count > 0)
        if page == self.page:
            return
        is_another = self.page is None or self.page.row.key != page.row.key
        had_choice = self.hasFocus() or isinstance(self.focusWidget(), ChoiceButton)
        self.page = page
        self._banner.set_text(_SAFE if page.row.is_asked else _WAITS)
        self._fill_cards(page)
        self._both.setVisible(page.both is not None and page.row.is_asked)
        self._both.set_key(f"Ctrl+{len(page.sides) + 1}")
        self._own.setVisible(page.own_wording is not OwnWording.NONE and page.row.is_asked)
        for each in (self._reason_label, self.reason):
            each.setVisible(page.row.is_asked)
        self._shown.set_text(_shown_words(page))
        self._related.show_rows(page.related)
        if is_another:
            self.reason.show_text("")
            self.own_text.show_text("")
            self.own_day.show_day(None)
            self.choice = BOTH if page.first_choice is None else page.first_choice
        self._show_choice()
        if had_choice:
            self._focus_choice()

    def _focus_choice(self) -> None:
        """Enter then decides as it stands, and Tab leads on."""
        chosen = self._both if self.choice == BOTH else None
        if self.choice is not None and 0 <= self.choice < len(self._cards):
            chosen = self._cards[self.choice].button
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def own_value(self) -> str | None:
        """What was written by hand: a text, a day in its ISO form, None for an empty day."""
        if self.page is not None and self.page.own_wording is OwnWording.DAY:
            day = self.own_day.day()
            return day.isoformat() if day else None
        return self.own_text.text()

    def editors(self) -> Mapping[str, TextEditor]:
        """The fields whose typing is kept, by name."""
        return {"own": self.own_text, "reason": self.reason}

    # choosing

    def choose(self, number: int) -> None:
        """Take one of the sides, or both where there are no more sides."""
        if self.page is None or not self.page.row.is_asked:
            return
        if number < len(self.page.sides):
            self.choice = number
        elif number == len(self.page.sides) and self.page.both is not None:
            self.choice = BOTH
        self._show_choice()
        if isinstance(self.focusWidget(), ChoiceButton):
            self._focus_choice()

    def choose_both(self) -> None:
        """両方残す."""
        self.choice = BOTH
        self._show_choice()

    def choose_own(self) -> None:
        """自分で書く, beginning with what is kept of both."""
        page = self.page
        if page is None or page.own_wording is OwnWording.NONE or not page.row.is_asked:
            return
        if not self.own_text.text():
            shown = next((side for side in page.sides if side.is_shown), page.sides[0])
            self._begun = page.both or shown.words
            self.own_text.show_text(self._begun)
        self.choice = OWN
        self._show_choice()
        field = self.own_day if page.own_wording is OwnWording.DAY else self.own_text
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """A wording that was only begun with what is there holds nothing to keep."""
        if self.own_text.text() == self._begun:
            self.own_text.show_text("")

    def _show_choice(self) -> None:
        for number, card in enumerate(self._cards):
            card.show_chosen(on=number == self.choice)
        is_own = self.choice == OWN and self.page is not None
        is_day = is_own and self.page is not None and self.page.own_wording is OwnWording.DAY
        self.own_day.setVisible(is_day)
        self.own_text.setVisible(is_own and not is_day)
        self._both.show_chosen(on=self.choice == BOTH)
        self._own.show_chosen(on=self.choice == OWN)
        self._kept.setVisible(self.choice == BOTH)
        self._kept.set_text(self.page.both or "" if self.page else "")

    # building

    def _fill_cards(self, page: ConflictPage) -> None:
        for card in self._line.findChildren(SideCard):
            card.setParent(None)
            card.deleteLater()
        line = _Cards()
        if page.before is not None:
            line.add(SideCard(page.before, None, "変更前"))
        self._cards = []
        for number, side in enumerate(page.sides):
            title = _RECORD_TITLES[number] if page.row.kind is ConflictKind.DELETED else ""
            card = SideCard(side, number if page.row.is_asked else None, title)
            card.chosen.connect(self.choose)
            card.decided.connect(self.decided)
            self._cards.append(card)
            line.add(card)
        self._body.body.replaceWidget(self._line, line)
        self._line.deleteLater()
        self._line = line
        line.fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards side by side or below each other."""
        super().resizeEvent(event)
        self._line.fit(self.width())

    def _build(self) -> None:
        self._banner = Banner(_SAFE)
        self._body = ScrollPage(spacing=12, margins=PAGE_MARGINS)
        self._reason_label = Text("決めた理由", Role.BODY, "sub")
        answers = row()
        put(answers, self._both, self._own, 8, self._reason_label)
        answers.addWidget(self.reason, 1)
        self._kept = Paragraph("", Role.NOTE)
        self._merged = Button("", kind="link", icon="check")
        self._merged.clicked.connect(self.merged_asked)
        self._open = Button("この記録を開く", kind="link")
        self._open.clicked.connect(self.record_asked)
        self._shown = Paragraph("", Role.TABLE, "sub")
        self._related = Related()
        self._related.asked.connect(self.related_asked)
        foot = row()
        put(foot, self._open, 16, self._merged, None)
        answering = (self._line, answers, self.own_day, self.own_text, self._kept)
        for part in (*answering, Rule(), self._related, foot, self._shown):
            put(self._body.body, part)
        put(self._body.body, None)
        whole = column(self, spacing=0)
        whole.addWidget(self._banner)
        whole.addWidget(self._body, 1)


class _Cards(QWidget):
    """Side by side and equally high, or one below the other where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = row(self, spacing=12)

    def add(self, card: SideCard) -> None:
        """Add one at the end."""
        self._layout.addWidget(card, 1)

    def fit(self, width: int) -> None:
        """Choose by the room there is, in px."""
        abreast = width >= theme().px(_LEAST_WIDTH) * self._layout.count()
        side = QBoxLayout.Direction.LeftToRight if abreast else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(side)


_LEAST_WIDTH = 250
_RECORD_TITLES = ("残す", "消す")


def _shown_words(page: ConflictPage) -> str:
    """What the screens show until then."""
    if page.row.kind is ConflictKind.DELETED:
        return "決めるまで、消さずに出しています。"
    shown = next((side for side in page.sides if side.is_shown), None)
    words = " ".join(shown.words.split()) if shown else ""
    return f"決めるまで、? をつけて「{words}」を出しています。" if words else ""
