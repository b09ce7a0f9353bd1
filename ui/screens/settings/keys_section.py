"""設定 > 鍵: passphrase, words on paper, opening by the key ring, and locking now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError, Unavailable
from ui.screens.screen import LineButton
from ui.screens.settings.paper_card import PaperCard
from ui.screens.settings.passphrase_card import PassphraseCard
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.fields.check_field import CheckField
from ui.widgets.layouts import column
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_HOW = "この端末にログインしている間だけ、合言葉なしで開きます。鍵をかけたあとは、いつも合言葉を聞きます。"


class KeysSection(Section):
    """Of a person's own store; the practice region has none of this."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._passphrase = PassphraseCard(tasks, program.entrance.door, services.key)
        self._passphrase.changed.connect(self._passphrase_changed)
        self._paper = PaperCard(tasks, program.entrance.door, services.key)
        self._paper.changed.connect(self._paper_changed)
        self._paper.turned.connect(self._paper_turned)
        self._by_itself = CheckField("起動したとき、合言葉なしで開く")
        self._by_itself.clicked.connect(self._ring_clicked)
        self._ring_note = Paragraph(_HOW, Role.TABLE, "sub")
        self._arrange()

    def enter(self, _item_id: str) -> None:
        """See whether the key ring has the key."""
        self.tasks.run(self._read, self._show, self.refuse)

    def buttons(self) -> tuple[LineButton, ...]:
        """The window's own command, where one looks for it."""
        return (LineButton("lock", "今すぐ鍵をかける", primary=True),)

    def leave(self) -> None:
        """Leave no secret on the screen."""
        self._passphrase.forget()
        self._paper.forget()

    def _read(self, _ticket: Ticket) -> bool:
        from app.services.store_door import DoorState

        return self._program.entrance.door().state() is DoorState.OPENS_BY_ITSELF

    def _show(self, opens_by_itself: bool) -> None:
        self._by_itself.setEnabled(True)
        self._by_itself.setChecked(opens_by_itself)

    # what was done

    def _passphrase_changed(self) -> None:
        self.told.emit("合言葉を変えました。これまでの控えは、前の合言葉で開きます", None)

    def _paper_changed(self) -> None:
        self.told.emit("24語を替えました。前の紙は使えません。細かく裁って捨ててください", None)

    def _paper_turned(self, is_under_way: bool) -> None:
        """While words are written down, nothing else is on the page."""
        for card in (self._ring, self._passphrase):
            card.setVisible(not is_under_way)

    # the key ring

    def _ring_clicked(self, is_on: bool) -> None:
        self._by_itself.setEnabled(False)
        self._ring_note.set_text("鍵を預ける仕組みに聞いています" if is_on else _HOW)
        self.tasks.run(self._keep if is_on else self._take_back, self._ring_answered, self._ring_failed)

    def _keep(self, _ticket: Ticket) -> Unavailable | None:
        return self._program.entrance.door().keep_key_in_ring(self.services.key)

    def _take_back(self, _ticket: Ticket) -> None:
        self._program.entrance.door().leave_key_ring(self.services.key)

    def _ring_answered(self, absent: Unavailable | None) -> None:
        self._by_itself.setEnabled(True)
        if absent is None:
            self._ring_note.set_text(_HOW)
            return
        self._by_itself.setChecked(False)
        told = error_message(absent)
        self._ring_note.set_text(f"{told.title}。{told.detail}")

    def _ring_failed(self, fault: Exception) -> None:
        self._by_itself.setEnabled(True)
        self._ring_note.set_text(_HOW)
        self.enter("")
        self.refuse(fault) if isinstance(fault, AppError) else self.tasks.failed_unheard.emit(fault)

    # building

    def _arrange(self) -> None:
        page = ScrollPage()
        self._ring = self._ring_card()
        for card in (self._ring, self._passphrase, self._paper):
            page.body.addWidget(card)
        page.body.addStretch(1)
        column(self, spacing=0).addWidget(page)

    def _ring_card(self) -> Card:
        card = Card("開きかた")
        card.add(self._by_itself, self._ring_note)
        return card
