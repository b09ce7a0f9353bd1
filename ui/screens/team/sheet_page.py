"""復旧シート: a new one, and the word of the other administrators for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import SheetRow, TeamOverview
from ui.models.row_list_model import ListRow
from ui.screens.screen import LineButton
from ui.screens.team.page import TeamPage
from ui.screens.team.sheet_words import SheetWords
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import put, row
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

_WHAT = (
    "管理者の端末がすべて失われても、復旧シートの24語があればチームを取り戻せます。"
    "なくしたときは作り直します。新しいシートは、管理者の全員が認めると使えるようになります。"
    "前のシートも使えるままです。"
)
_VOUCH = (
    "シートの番号を、作った人に声で確かめてから認めます。認めたシートを持つ人は、すべての企業を読めます。"
)
_LIST_HEIGHT = 120


class SheetPage(TeamPage):
    """Administrators make and vouch; everybody may use the paper."""

    title = "復旧シート"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._sheet: SheetWords | None = None
        self._list = RowList(name="認められるのを待つシート", indent=12)
        self._list.setFixedHeight(theme().px(_LIST_HEIGHT))
        self._list.show_when_empty(EmptyState("待っているシートはありません", "作り直すと、ここに出ます。"))
        self._list.opened.connect(self._vouch)
        self._build()
        self.setFocusProxy(self._use)

    def buttons(self) -> tuple[LineButton, ...]:
        """Making one, or the next step of that."""
        if self.is_busy or not self.team.is_administrator:
            return ()
        if self._sheet is None:
            return (LineButton("finish", "新しいシートを作る", primary=True),)
        word = "このシートにする" if self._sheet.is_asking else "紙に書きました"
        return (LineButton("step_back", "やめる"), LineButton("finish", word, primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Forward and back."""
        if not self.team.is_administrator:
            return {}
        return {"finish": self._next, "step_back": self._drop}

    def leave(self) -> None:
        """A sheet that was not proved is gone."""
        if not self.is_busy:
            self._drop()

    def show_team(self, team: TeamOverview) -> None:
        """Sheets that wait."""
        super().show_team(team)
        self._list.show_entries([_entry(each) for each in team.sheets])
        if team.sheets and not self._list.current_key():
            self._list.step(1)
        can_vouch = team.is_administrator and any(not each.is_vouched_here for each in team.sheets)
        self._vouch_button.setVisible(can_vouch)
        self.heading_changed.emit()

    def step_of(self, code: str) -> Callable[[], None] | None:
        """Back to the paper."""
        return self._ask_again if code == "keys.retyped_word_differs" else None

    # a new one

    def _next(self) -> None:
        if self.is_busy:
            return
        if self._sheet is None:
            self._sheet = SheetWords(self.tasks)
            self._sheet.shown_again.connect(self.heading_changed)
            self.body.insertWidget(0, self._sheet)
            self._sheet.show()
            self._show_step()
            self._sheet.setFocus()
        elif not self._sheet.is_asking:
            self._sheet.ask()
            self.heading_changed.emit()
        elif (fault := self._sheet.fault()) is not None:
            self.tell(error_message(fault))
        else:
            self.act("新しいシートを伝えています", partial(self._offered, self._sheet.words), self._told)

    def _offered(self, words: tuple[str, ...], stop: Any) -> str:
        return self.services.sharing.offer_sheet(words, stop)

    def _told(self, fault: str) -> None:
        self._drop()
        self.team_changed.emit()
        self.tell_done("新しい復旧シートを作りました。ほかの管理者が認めると使えます", fault)

    def _ask_again(self) -> None:
        if self._sheet is not None:
            self._sheet.ask_again()

    def _drop(self) -> None:
        if self._sheet is not None:
            self._sheet.forget()
            self.body.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
            self._show_step()
            self.setFocus()

    def _show_step(self) -> None:
        for card in self._cards:
            card.setVisible(self._sheet is None)
        self.heading_changed.emit()

    # somebody else's

    def _vouch_pressed(self) -> None:
        self._vouch(self._list.current_key())

    def _vouch(self, root: str) -> None:
        row_of = {each.root: each for each in self.team.sheets}
        if root in row_of and not row_of[root].is_vouched_here and self.team.is_administrator:
            self.act("認めています", partial(self._vouched, root), self._told_vouched)

    def _vouched(self, root: str, stop: Any) -> str:
        return self.services.sharing.vouch_for_sheet(root, stop)

    def _told_vouched(self, fault: str) -> None:
        self.team_changed.emit()
        self.tell_done("新しい復旧シートを認めました", fault)

    def _recover(self) -> None:
        self.open_page("recover")

    def _build(self) -> None:
        self._use = Button("この端末を、復旧シートで管理者にする")
        self._use.clicked.connect(self._recover)
        line = row()
        put(line, self._use, None)
        what = Card(spacing=12)
        what.add(Paragraph(_WHAT), line)
        self._vouch_button = Button("このシートを認める")
        self._vouch_button.clicked.connect(self._vouch_pressed)
        below = row()
        put(below, self._vouch_button, None)
        waiting = Card("認められるのを待つシート", spacing=8)
        waiting.add(Paragraph(_VOUCH, Role.BODY, "sub"), self._list, below)
        self._cards = (what, waiting)
        for card in self._cards:
            self.body.addWidget(card)
        self.body.addStretch(1)


def _entry(sheet: SheetRow) -> ListRow:
    vouched = "・".join(sheet.vouched) or "まだだれも認めていません"
    awaited = "・".join(sheet.awaited)
    return ListRow(
        sheet.root, sheet.digits, detail=f"認めた人: {vouched}  待っている人: {awaited}", icon="key"
    )
