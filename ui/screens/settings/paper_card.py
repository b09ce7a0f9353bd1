"""New words for the paper, counted once they are proved to be on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError, RetypedWordDiffers
from app.store_keys import StoreKey
from ui.screens.first_run.words import WordsPage
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph, Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.store_door import StoreDoor

_WHY = (
    "合言葉を忘れたときに、この端末の記録を開く紙です。なくしたか、だれかに見られたら作り直します。"
    "作り直すまで、いまの紙が使えます。"
)


class PaperCard(Card):
    """Nothing changes until two words were typed back from the new paper."""

    changed = Signal()
    turned = Signal(bool)
    """Words are on the screen, or gone from it again."""

    def __init__(
        self,
        tasks: TaskRunner,
        door: Callable[[], StoreDoor],
        key: StoreKey,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("24語を作り直す", parent=parent)
        self._tasks = tasks
        self._door = door
        self._key = key
        self._words: tuple[str, ...] = ()
        self._page: WordsPage | None = None
        self._place = column(spacing=0)
        self._problem = Text("", Role.TABLE, "danger", elide=True)
        self._begin = Button("新しい24語を作る")
        self._begin.clicked.connect(self._draw)
        self._stop = Button("やめる")
        self._stop.clicked.connect(self.forget)
        self._go = Button("紙に書きました")
        self._go.clicked.connect(self._next)
        line = row(spacing=8)
        line.addWidget(self._problem, 1)
        put(line, self._begin, self._stop, self._go)
        self.add(Paragraph(_WHY, Role.TABLE, "sub"), self._place, line)
        self._show_step()

    def forget(self) -> None:
        """Take the words off the screen; the old paper stays good."""
        self._words = ()
        if self._page is not None:
            self._place.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
            self._page = None
        self._show_step()

    def _draw(self) -> None:
        self._words = self._door().draw_words()
        self._page = WordsPage()
        self._page.print_asked.connect(self._print)
        self._page.shown_again.connect(self._show_step)
        self._page.show_words(self._words)
        self._place.addWidget(self._page)
        self._page.show()
        self._show_step()
        self._go.setFocus()

    def _next(self) -> None:
        page = self._page
        if page is None:
            return
        if page.is_asking:
            self._prove(page)
        elif page.has_asked:
            page.ask_again()
        else:
            page.ask_for(self._door().places_to_prove())
        self._show_step()

    def _prove(self, page: WordsPage) -> None:
        try:
            self._door().prove_paper(self._words, page.typed())
        except RetypedWordDiffers as differs:
            told = error_message(differs)
            self._problem.setText(f"{told.title}。{told.detail}")
            page.ask_again(differs.position)
            return
        self._go.setEnabled(False)
        self._tasks.run(partial(self._renewed, self._words), self._done, self._refused)

    def _renewed(self, words: tuple[str, ...], _ticket: Ticket) -> None:
        self._door().renew_words(self._key, words)

    def _done(self, _nothing: None) -> None:
        self.forget()
        self.changed.emit()

    def _refused(self, fault: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(fault, AppError):
            told = error_message(fault)
            self._problem.setText(f"{told.title}。{told.detail}")
        else:
            self._tasks.failed_unheard.emit(fault)

    def _print(self) -> None:
        from ui.printing.recovery_sheet import print_recovery_sheet

        print_recovery_sheet(self.window(), self._tasks, self._words)

    def _show_step(self) -> None:
        is_under_way = self._page is not None
        self.turned.emit(is_under_way)
        self._begin.setVisible(not is_under_way)
        self._stop.setVisible(is_under_way)
        self._go.setVisible(is_under_way)
        self._go.setEnabled(True)
        is_asking = self._page is not None and self._page.is_asking
        self._go.set_label("この24語に替える" if is_asking else "紙に書きました")
        if not is_asking:
            self._problem.setText("")
