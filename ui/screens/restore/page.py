"""Going back to a backup when the store does not open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError
from app.services.backups import BackupRow, backups_in
from ui.screens.covering_page import CoveringPage
from ui.screens.restore.backup_entry import backup_entry
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import column, put, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text
from ui.wording import Message, error_message

if TYPE_CHECKING:
    from app.services.store_door import StoreDoor

_CARD_WIDTH, _LIST_HEIGHT = 560, 168


class RestorePage(CoveringPage):
    """Lists the backups and asks for the passphrase; what stood in the folder is kept beside it."""

    restored = Signal()
    given_up = Signal()

    def __init__(self, tasks: TaskRunner, door: StoreDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._door = door
        self._backups: Sequence[BackupRow] = backups_in(door.folder)
        self._message = Message("")
        self._build()
        self._show_paper(is_shown=False)
        self.setFocusProxy(self._list if self._backups else self._leave)

    # what the program tells the page

    def wait(self, words: str) -> None:
        """Say what is being done; nothing can be entered meanwhile."""
        self._bar.hide()
        self._progress.setText(words)
        self._entry.setEnabled(False)

    def tell(self, told: Message) -> None:
        """Show what happened, what is safe, and the field that the next try begins with."""
        self._progress.setText("")
        self._entry.setEnabled(True)
        action = told.action
        if told.code.startswith("keys.wrong_") or not action:
            action = "もう一度入れる"
        self._message = replace(told, action=action)
        self._bar.tell(self._message, can_close=False)
        self._take_step()

    # going back

    def go_on(self) -> None:
        """Go back to the chosen backup."""
        chosen = next((each for each in self._backups if each.path.name == self._list.current_key()), None)
        if chosen is None or not self._entry.isEnabled():
            return
        self._words.flush()
        words = self._words.text().strip() if self._words.isVisible() else ""
        self.wait("控えを確かめて、戻しています")
        work = partial(self._restore, chosen, self._passphrase.text(), words)
        self._tasks.run(work, self._done, self._refused)

    def _restore(self, chosen: BackupRow, passphrase: str, words: str, _ticket: Ticket) -> None:
        self._door.restore(chosen.path, passphrase=passphrase, words=words)

    def _done(self, _nothing: None) -> None:
        self.restored.emit()

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, AppError):
            self.tell(error_message(fault))
        else:
            self._tasks.failed_unheard.emit(fault)

    def _take_step(self) -> None:
        if self._message.code == "keys.passphrase_must_wait":
            self._to_paper()
        elif self._message.code.startswith("keys."):
            (self._words if self._words.isVisible() else self._passphrase).setFocus()
        else:
            self._list.setFocus()

    def _to_paper(self) -> None:
        self._show_paper(is_shown=True)
        self._words.setFocus()

    def _to_passphrase(self) -> None:
        self._show_paper(is_shown=False)
        self._passphrase.setFocus()

    def _show_paper(self, *, is_shown: bool) -> None:
        for paper in (self._words, self._by_passphrase):
            paper.setVisible(is_shown)
        for entry in (self._passphrase, self._by_paper):
            entry.setVisible(not is_shown)
        self._label.setText("紙に控えた24語" if is_shown else "合言葉")

    # building

    def _build(self) -> None:
        self._bar = MessageBar()
        self._bar.acted.connect(self._take_step)
        self._build_list()
        self._build_fields()
        self._entry = QWidget()
        self._leave = Button("やめる")
        self._leave.clicked.connect(self.given_up)
        self._go = Button("この控えに戻す", kind="primary")
        self._go.setEnabled(bool(self._backups))
        self._go.clicked.connect(self.go_on)
        self._progress = Text("", Role.BODY, "sub", elide=True)
        buttons = row(spacing=8)
        put(buttons, self._by_paper, self._by_passphrase, None, self._leave, self._go)
        lines = column(self._entry, spacing=8)
        put(lines, self._list, 4, self._label, self._passphrase, self._words, 4, buttons)
        card = Card(spacing=12)
        card.add(
            Text("控えから戻す", Role.TITLE),
            Paragraph("いまのファイルは消さずに、同じフォルダに別の名前で残します。", Role.BODY, "sub"),
            self._entry,
            self._progress,
        )
        card.setFixedWidth(theme().px(_CARD_WIDTH))
        self._arrange(card)

    def _build_list(self) -> None:
        self._list = RowList(name="控え", indent=8)
        self._list.setFixedHeight(theme().px(_LIST_HEIGHT))
        self._list.show_entries([backup_entry(each) for each in self._backups])
        self._list.step(1)
        self._list.show_when_empty(
            EmptyState("控えがありません", "この端末の別の場所に写しがないか確かめてください。")
        )

    def _build_fields(self) -> None:
        self._label = Text("", Role.TABLE, "sub")
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setAccessibleName("合言葉")
        self._passphrase.returnPressed.connect(self.go_on)
        self._words = LongTextField(lines=3)
        self._words.setAccessibleName("紙に控えた24語")
        self._by_paper = Button("紙の24語で戻す", kind="quiet")
        self._by_paper.clicked.connect(self._to_paper)
        self._by_passphrase = Button("合言葉で戻す", kind="quiet")
        self._by_passphrase.clicked.connect(self._to_passphrase)

    def _arrange(self, card: QWidget) -> None:
        page = ScrollPage()
        across = row(spacing=0)
        put(across, None, card, None)
        put(page.body, None, across, None)
        whole = column(self, spacing=0)
        whole.addWidget(self._bar)
        whole.addWidget(page, 1)
