"""設定 > 練習用データ: what it is, and the ways out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screens.settings.section import Section
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layouts import column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_WHAT = (
    "いま開いているのは、作りものの地域と企業です。何を書いても、消しても、本番の記録には触れません。"
    "印刷した紙には「練習用」と入ります。"
)
_AWAY = (
    "練習で書いたことも含めて、練習用データをすべて消します。次に練習を始めると、初めの状態で作り直します。"
)


class PracticeSection(Section):
    """Throwing away asks once more, because it cannot be taken back."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._question = Paragraph("元には戻せません。捨てて、本番を開きますか。", Role.BODY_BOLD)
        self._away = Button("練習用データを捨てる…", icon="trash")
        self._away.clicked.connect(self._ask)
        self._yes = Button("捨てて本番を開く", kind="danger")
        self._yes.clicked.connect(program.throw_away_practice)
        self._no = Button("やめる")
        self._no.clicked.connect(self._stop)
        self._arrange()
        self._stop()

    def leave(self) -> None:
        """The question is asked anew next time."""
        self._stop()

    def _ask(self) -> None:
        self._show_question(is_shown=True)
        self._no.setFocus()

    def _stop(self) -> None:
        self._show_question(is_shown=False)

    def _show_question(self, *, is_shown: bool) -> None:
        for each in (self._question, self._yes, self._no):
            each.setVisible(is_shown)
        self._away.setVisible(not is_shown)

    def _arrange(self) -> None:
        own = Button("本番を開く", icon="company")
        own.clicked.connect(self._program.open_own_store)
        here = row(spacing=8)
        put(here, own, None)
        what = Card("練習用データを開いています", spacing=12)
        what.add(Paragraph(_WHAT), here)
        there = row(spacing=8)
        put(there, self._away, self._no, self._yes, None)
        away = Card("練習用データを捨てる", spacing=12)
        away.add(Paragraph(_AWAY), self._question, there)
        page = ScrollPage()
        put(page.body, what, away, None)
        column(self, spacing=0).addWidget(page)
