"""招待を受けた: a file or a pasted text, a request, and 20 digits to be compared by voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.services.sharing_joining import InvitationNote, letter_in
from app.services.sharing_places import PlaceEntry
from ui.screens.screen import LineButton
from ui.screens.team.own_names import OwnNameFields
from ui.screens.team.place_asking import PlaceAskingPage
from ui.screens.team.words import until_words
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph

if TYPE_CHECKING:
    from app.services.directory import Services

_HOW = (
    "招待のファイルを開くか、届いた文をそのまま貼り付けます。加わるまで、置き場には名前と鍵しか送りません。"
)
_WHERE = "招待に書かれた置き場です。この端末から違う場所に見えるときは直せます。"


class JoinPage(PlaceAskingPage):
    """Asks once the invitation can be read and the 置き場 answers."""

    title = "招待を受けた"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._dialog: FileDialog | None = None
        self._note: InvitationNote | None = None
        self.letter = LongTextField(lines=4, most_lines=6, placeholder="BANSO1:…")
        self.letter.setAccessibleName("招待の文")
        self.letter.textChanged.connect(self._read)
        self._open = Button("招待のファイルを開く…")
        self._open.clicked.connect(self._ask_for_file)
        self._said = Paragraph("", Role.BODY, "sub")
        self._where = Card("置き場", spacing=12)
        self._where.add(Paragraph(_WHERE, Role.BODY, "sub"), self.place)
        self._names = OwnNameFields(tasks, services)
        self._arrange()
        self._show_note()

    def buttons(self) -> tuple[LineButton, ...]:
        """Asking, once there is an invitation."""
        ask = LineButton("finish", "加わりたいと伝える", primary=True)
        return (ask,) if self._note is not None and not self.is_busy else ()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ask."""
        return {"finish": self._ask} if self._note is not None else {}

    def enter(self, item_id: str) -> None:
        """Suggest names."""
        super().enter(item_id)
        self._names.suggest()

    def step_of(self, code: str) -> Callable[[], None] | None:
        """To the letter, or to the place."""
        if code.startswith("place.") or code == "invitation.other_team":
            return self.place.setFocus
        return self.letter.setFocus if code.startswith("invitation.") else None

    # the invitation

    def _ask_for_file(self) -> None:
        dialog = FileDialog(self, "招待のファイル", str(Path.home()))
        dialog.fileSelected.connect(self.open_file)
        dialog.open()
        self._dialog = dialog

    def open_file(self, path: str) -> None:
        """Read an invitation from a file."""
        self.tasks.run(partial(_content, Path(path)), self._show_file, self.refuse, side=True)

    def _show_file(self, text: str) -> None:
        self.letter.show_text(text)

    def _read(self) -> None:
        text = self.letter.text().strip()
        self._note = None
        if text:
            try:
                self._note = self.services.sharing.invitation_note(text.encode())
            except AppError as fault:
                self.tell_refusal(fault)
        self._show_note()

    def _show_note(self) -> None:
        note = self._note
        self._where.setVisible(note is not None)
        self._who.setVisible(note is not None)
        self._said.setVisible(note is not None)
        if note is not None:
            inviter = f"{note.inviter}さんからの招待です。" if note.inviter else "招待を読み取りました。"
            self._said.set_text(f"{inviter}{until_words(note.expires)}まで、1台に1回使えます。")
            self.place.show_address(note.address)
        self.heading_changed.emit()

    # asking

    def _ask(self) -> None:
        if not self.has_address():
            return
        name = self._names.name()
        if name:
            work = partial(self._asked, self.letter.text().strip().encode(), self.place.entry(), name)
            self.act("加わりたいと伝えています", work, self._waiting)

    def _asked(self, letter: bytes, entry: PlaceEntry, name: str, stop: Any) -> str:
        sharing = self.services.sharing
        return sharing.join(letter, name, sharing.keep_keys(entry), stop)

    def _waiting(self, _digits: str) -> None:
        self.letter.show_text("")
        self.place.forget()
        self.team_changed.emit()
        self.open_page()

    def _arrange(self) -> None:
        line = row(spacing=12)
        put(line, self._open, None)
        card = Card("招待", spacing=12)
        card.add(Paragraph(_HOW, Role.BODY, "sub"), line, self.letter, self._said)
        self._who = Card("チームでの名前", spacing=4)
        self._who.add(self._names)
        for each in (card, self._where, self._who):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.setFocusProxy(self.letter)


def _content(path: Path, _ticket: Ticket) -> str:
    """As text; what is no text is no invitation, which is told like any other."""
    return letter_in(path).decode("utf-8", errors="replace").strip()
