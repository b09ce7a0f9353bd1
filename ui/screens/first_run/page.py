"""S13 はじめに: four choices, the 24 words on paper, and the first store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AppError, RetypedWordDiffers
from ui.screens.covering_page import CoveringPage
from ui.screens.first_run.choices import ChoicesPage
from ui.screens.first_run.words import WordsPage
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, put, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Rule, Text
from ui.wording import Message, error_message

if TYPE_CHECKING:
    from app.services.store_door import FirstEntries, Opened, StoreDoor
    from app.store_keys import NewKeys

_TO_PASSPHRASE = {"keys.passphrase_too_short", "keys.passphrases_differ", "keys.passphrase_published"}
_TO_PROOF = "keys.retyped_word_differs"
_IN_CLOUD = "store.in_cloud_folder"
_NARROW = 900
_PROMISE = "この端末だけで今すぐ使えます。あとから変えられます。"


class FirstRunPage(CoveringPage):
    """Covers the window until a store is there. Nothing is on disk before the paper was proved."""

    created = Signal(object, str)
    """The Opened store, and the page of チーム to go on with; "" for none."""
    practice_asked = Signal()
    text_step_chosen = Signal(int)
    own_folder_asked = Signal()
    """The folder is a cloud client's: use this device's own."""

    def __init__(
        self, tasks: TaskRunner, door: Callable[[], StoreDoor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._door = door
        self._keys: NewKeys | None = None
        self._passphrase = ""
        self._shown = Message("")
        self._differing: int | None = None
        self._build()
        theme().changed.connect(self._arrange)
        self.setFocusProxy(self._choices)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Blocks stand side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._choices.arrange(is_narrow=self.width() < theme().px(_NARROW))

    # what the program tells the page

    def wait(self, words: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self._bar.hide()
        self._promise.setText(words)
        for each in (self._go, self._return, self._stack):
            each.setEnabled(False)

    def tell(self, told: Message) -> None:
        """Show what happened, what is safe, and the step that the page can take."""
        self._show_step()
        has_step = told.code in _TO_PASSPHRASE | {_TO_PROOF, _IN_CLOUD}
        self._shown = told if has_step else replace(told, action="もう一度試す")
        self._bar.tell(self._shown)
        if self._shown.code in _TO_PASSPHRASE | {_TO_PROOF}:
            self._take_step()
        else:
            self._go.setFocus()

    # the way through

    def go_on(self) -> None:
        """Do the next step, unless one is under way."""
        if self._go.isEnabled():
            self._next()

    def _take_step(self) -> None:
        if self._shown.code in _TO_PASSPHRASE:
            self._choices.ask_passphrases_again()
        elif self._shown.code == _TO_PROOF:
            self._words.ask_again(self._differing)
        elif self._shown.code == _IN_CLOUD:
            self.own_folder_asked.emit()
        else:
            self._next()

    def _next(self) -> None:
        if self._choices.wants_practice:
            self.practice_asked.emit()
        elif self._keys is None:
            self._draw_keys()
        elif not self._words.is_asking:
            self._ask_for_proof()
        else:
            self._create(self._keys)

    def _back(self) -> None:
        if self._words.is_asking:
            self._words.show_again()
        else:
            self._keys = None
            self._replace_words()
            self._stack.setCurrentIndex(0)
            self._choices.setFocus()
        self._show_step()

    def _draw_keys(self) -> None:
        if self._choices.point_out_missing():
            return
        passphrase, repeated = self._choices.passphrases()
        self._passphrase = passphrase
        self.wait("鍵を作っています")
        self._tasks.run(partial(self._drawn_keys, passphrase, repeated), self._show_words, self._refused)

    def _drawn_keys(self, passphrase: str, repeated: str, _ticket: Ticket) -> NewKeys:
        return self._door().draw_keys(passphrase, repeated)

    def _show_words(self, keys: NewKeys) -> None:
        self._keys = keys
        self._choices.forget_passphrases()
        self._words.show_words(keys.words)
        self._stack.setCurrentIndex(1)
        self._show_step()
        self._go.setFocus()

    def _ask_for_proof(self) -> None:
        if self._words.has_asked:
            self._words.ask_again()
        else:
            self._words.ask_for(self._door().places_to_prove())
        self._show_step()

    def _create(self, keys: NewKeys) -> None:
        try:
            self._door().prove_paper(keys.words, self._words.typed())
        except RetypedWordDiffers as differs:
            self._differing = differs.position
            self._refused(differs)
            return
        self.wait("記録を作っています")
        work = partial(self._made, keys, self._passphrase, self._choices.entries())
        self._tasks.run(work, self._store_made, self._refused)

    def _made(self, keys: NewKeys, passphrase: str, entries: FirstEntries, _ticket: Ticket) -> Opened:
        return self._door().create(keys, passphrase, entries)

    def _store_made(self, opened: Opened) -> None:
        self._passphrase = ""
        self._keys = None
        self.created.emit(opened, self._choices.next_tab)

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, AppError):
            self.tell(error_message(fault))
        else:
            self._show_step()
            self._tasks.failed_unheard.emit(fault)

    def _print_words(self) -> None:
        if self._keys is not None:
            from ui.printing.recovery_sheet import print_recovery_sheet

            print_recovery_sheet(self, self._tasks, self._keys.words)

    # what the foot says

    def _show_step(self) -> None:
        for each in (self._go, self._return, self._stack):
            each.setEnabled(True)
        self._promise.setText(_PROMISE)
        self._return.setVisible(self._keys is not None)
        if self._choices.wants_practice:
            self._go.set_label("練習をはじめる")
        elif self._keys is None:
            self._go.set_label("次へ")
        else:
            self._go.set_label("はじめる" if self._words.is_asking else "紙に書きました")

    def _use_chosen(self, _value: str) -> None:
        self._show_step()

    # building

    def _build(self) -> None:
        self._choices = ChoicesPage()
        self._choices.text_step_chosen.connect(self.text_step_chosen)
        self._choices.use_chosen.connect(self._use_chosen)
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolling(self._choices))
        self._words = WordsPage()
        self._replace_words()
        self._bar = MessageBar()
        self._bar.acted.connect(self._take_step)
        self._promise = Text(_PROMISE, Role.BODY, "sub", elide=True)
        self._return = Button("戻る")
        self._return.clicked.connect(self._back)
        self._return.hide()
        self._go = Button("次へ", kind="primary")
        self._go.clicked.connect(self._next)
        head = row(spacing=12, margins=(24, 12, 24, 8))
        put(head, Text("はじめに", Role.TITLE), Text("あとで変えられます", Role.BODY, "sub"), None)
        foot = row(spacing=12, margins=(24, 8, 24, 12))
        foot.addWidget(self._promise, 1)
        put(foot, self._return, self._go)
        whole = column(self, spacing=0)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addWidget(self._stack, 1)
        whole.addWidget(Rule())
        whole.addLayout(foot)

    def _replace_words(self) -> None:
        """A fresh second page; the words of the one before are gone with it."""
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._words = WordsPage()
        self._words.print_asked.connect(self._print_words)
        self._words.shown_again.connect(self._show_step)
        self._stack.addWidget(_scrolling(self._words))


def _scrolling(page: QWidget) -> ScrollPage:
    scroll = ScrollPage()
    scroll.body.addWidget(page)
    return scroll
