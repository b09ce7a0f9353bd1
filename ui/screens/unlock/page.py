"""Opening the store, and unlocking the window: passphrase, or the 24 words on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.screens.covering_page import CoveringPage
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import column, put, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Paragraph, Text
from ui.wording import Message

_CARD_WIDTH = 480
_CLOSED = "記録は暗号化されています。"
_PRACTICE = "練習用の合言葉は「練習用データです」です。"


class UnlockPage(CoveringPage):
    """Asks; decides nothing. `acted` is the next step of the message shown."""

    passphrase_given = Signal(str)
    words_given = Signal(str)
    acted = Signal(object)
    acted_otherwise = Signal()
    """The second step of the message was taken."""

    def __init__(
        self, *, locked_words: str = "", is_practice: bool = False, parent: QWidget | None = None
    ) -> None:
        """`locked_words` say why the window is locked; empty at the start of the program.

        The practice region has no paper with words; its passphrase is no secret.
        """
        super().__init__(parent)
        self._message = Message("")
        self._has_paper = not is_practice
        self._is_checking = False
        self._wants_on = False
        self._build(locked_words or _CLOSED, _PRACTICE if is_practice else "")
        self.setFocusProxy(self._passphrase)
        self.ask_passphrase()

    # what the program tells the page

    def wait(self, words: str) -> None:
        """Say what is being done; nothing can be entered meanwhile."""
        self._bar.hide()
        self._show_progress(words)
        self._entry.setEnabled(False)

    def check(self, words: str) -> None:
        """Say that a key is being tried; what is typed meanwhile stays in its field for the next try."""
        self._bar.hide()
        self._show_progress(words)
        self._set_checking(is_on=True)
        self.setFocus()

    def ask(self, note: str = "") -> None:
        """Let the person enter again; `note` says why that is needed.

        Where they have done so already, and pressed Enter, it goes on.
        """
        wants_on, self._wants_on = self._wants_on, False
        self._show_progress(note)
        self._entry.setEnabled(True)
        self._set_checking(is_on=False)
        self.setFocus()
        if wants_on:
            self.go_on()

    def _set_checking(self, *, is_on: bool) -> None:
        self._is_checking = is_on
        for button in (self._open, self._to_words, self._to_passphrase):
            button.setEnabled(not is_on)

    @property
    def is_asking(self) -> bool:
        """Whether something can be entered now."""
        return self._entry.isEnabled() and not self._is_checking

    def tell(self, message: Message) -> None:
        """Show what happened, what is safe and what to do."""
        self._message = message
        self._bar.tell(message, can_close=False)
        self._wants_on = False  # what it says is to be read first
        self.ask()

    def tell_only(self, message: Message, other: str = "") -> None:
        """Show what happened where no passphrase helps; `other` names a second step."""
        self._show_progress("")
        self._entry.hide()
        self._message = message
        self._bar.tell(message, can_close=False, other=other)
        self._bar.take_focus()

    def ask_words(self) -> None:
        """Ask for the paper instead of the passphrase."""
        self._show_paper(is_shown=True)

    def ask_passphrase(self) -> None:
        """Ask for the passphrase."""
        self._show_paper(is_shown=False)

    # entering

    def go_on(self) -> None:
        """Hand out what was entered. In the field of words Enter begins a line, Ctrl+Enter opens."""
        if not self.is_asking:
            self._wants_on = self._is_checking
            return
        if self._words.isVisible():
            self._words.flush()
            if self._words.text().strip():
                self.words_given.emit(self._words.text())
        elif self._passphrase.text():
            self.passphrase_given.emit(self._passphrase.text())
            self._passphrase.clear()

    def _show_paper(self, *, is_shown: bool) -> None:
        for paper in (self._words, self._words_hint, self._to_passphrase):
            paper.setVisible(is_shown)
        for entry in (self._passphrase, self._reveal):
            entry.setVisible(not is_shown)
        self._to_words.setVisible(self._has_paper and not is_shown)
        self._label.setText("紙に控えた24語" if is_shown else "合言葉")
        self._open.set_key("Ctrl+Enter" if is_shown else "Enter")
        self.setFocusProxy(self._words if is_shown else self._passphrase)
        self.setFocus()

    def _show_progress(self, words: str) -> None:
        self._progress.setText(words)
        self._progress.setVisible(bool(words))

    def _reveal_toggled(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self._passphrase.setEchoMode(mode)

    def _bar_acted(self) -> None:
        self.acted.emit(self._message)

    # building

    def _build(self, words: str, hint: str) -> None:
        self._bar = MessageBar()
        self._bar.acted.connect(self._bar_acted)
        self._bar.acted_otherwise.connect(self.acted_otherwise)
        self._label = Text("合言葉", Role.TABLE, "sub")
        self._build_fields()
        self._open = Button("開く", kind="primary", key="Enter")
        self._open.clicked.connect(self.go_on)
        self._to_words = Button("紙の24語で開く", kind="quiet")
        self._to_words.clicked.connect(self.ask_words)
        self._to_passphrase = Button("合言葉で開く", kind="quiet")
        self._to_passphrase.clicked.connect(self.ask_passphrase)
        self._progress = Text("", Role.BODY, "sub", elide=True)
        self._progress.hide()
        self._entry = self._build_entry()
        card = Card(spacing=12)
        card.add(Text("伴走カルテ", Role.TITLE), Paragraph(words + hint, Role.BODY, "sub"))
        card.add(self._entry, self._progress)
        card.setFixedWidth(theme().px(_CARD_WIDTH))
        self._arrange(card)

    def _build_fields(self) -> None:
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setAccessibleName("合言葉")
        self._passphrase.returnPressed.connect(self.go_on)
        self._reveal = CheckField("文字を見せる (変換して入力するときも)")
        self._reveal.toggled.connect(self._reveal_toggled)
        self._words = LongTextField(lines=4)
        self._words.setAccessibleName("紙に控えた24語")
        self._words_hint = Text("ひらがなのまま、空白か改行で区切ります。", Role.CAPTION, "sub")

    def _build_entry(self) -> QWidget:
        entry = QWidget()
        lines = column(entry, spacing=8)
        for widget in (self._label, self._passphrase, self._reveal, self._words, self._words_hint):
            lines.addWidget(widget)
        buttons = row(spacing=8)
        put(buttons, self._to_words, self._to_passphrase, None, self._open)
        lines.addLayout(buttons)
        return entry

    def _arrange(self, card: QWidget) -> None:
        page = ScrollPage()
        across = row(spacing=0)
        put(across, None, card, None)
        page.body.addStretch(2)
        page.body.addLayout(across)
        page.body.addStretch(3)
        whole = column(self, spacing=0)
        whole.addWidget(self._bar)
        whole.addWidget(page, 1)
