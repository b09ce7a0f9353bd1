"""置き場: where it is, other keys for it, another one in its place, and telling the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.rows.sharing import TeamOverview
from app.services.sharing_joining import letter_in
from app.services.sharing_places import PlaceEntry
from ui.screens.screen import LineButton
from ui.screens.team.place_asking import PlaceAskingPage
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph
from ui.wording import Message, message

if TYPE_CHECKING:
    from app.services.directory import Services

_NOW = "いまの置き場: {address}"
_HOW = (
    "鍵（利用者名など）が変わったときは、入れ直します。別の場所にすると、この端末にある写しで新しい置き場を埋めます。"
    "前の置き場のものは消しません。"
)
_TELL = "置き場を替えたら、ほかの人に知らせを渡します。知らせは加わるための招待にはなりません。"

_MOVED = "新しい置き場に移りました。ほかの人に知らせを渡してください"
_NOT_FILLED = "新しい置き場に、まだ全部は入っていません"
_OLD_STAYS = "前の置き場のものはそのままです。全部入るまで、ほかの人に知らせを渡さないでください。"


class PlacePage(PlaceAskingPage):
    """One form for both; the address tells which."""

    title = "置き場"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._dialog: FileDialog | None = None
        self._notice = ""
        self._now = Paragraph("", Role.BODY)
        self._build()
        self.setFocusProxy(self.place)

    def buttons(self) -> tuple[LineButton, ...]:
        """Using what is entered."""
        return () if self.is_busy else (LineButton("finish", "この置き場を使う", primary=True),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Use it."""
        return {"finish": self._use}

    def enter(self, item_id: str) -> None:
        """The place that is used now."""
        super().enter(item_id)
        self.show_team(self.team)

    def show_team(self, team: TeamOverview) -> None:
        """Where it is; what was entered meanwhile stays."""
        super().show_team(team)
        self._now.set_text(_NOW.format(address=team.address))
        self.fill_in(team.address)

    def step_of(self, code: str) -> Callable[[], None] | None:
        """To the form."""
        return self.place.setFocus if code.startswith(("place.", "invitation.")) else None

    # using

    def _use(self) -> None:
        if self.has_address():
            self.act("置き場を確かめ、埋めています", partial(self._moved, self.place.entry()), self._told)

    def _moved(self, entry: PlaceEntry, stop: Any) -> tuple[bool, str]:
        """Whether it is another place than before, and the code of what keeps it from being filled."""
        sharing = self.services.sharing
        self.tried(entry, stop)
        address = sharing.keep_keys(entry)
        fault = sharing.move(address, stop)
        return address != self.team.address, fault

    def _told(self, done: tuple[bool, str]) -> None:
        is_other, fault = done
        if is_other and fault:
            why = message(fault, {"status": 0})
            self.warned.emit(Message(_NOT_FILLED, f"{why.title}。{_OLD_STAYS}", number=why.number), "warn")
        else:
            self.told.emit(_MOVED if is_other else "置き場につながりました", None)
        self.place.forget()
        self.team_changed.emit()

    # telling the others

    def _make_notice(self) -> None:
        self.act("知らせを作っています", self._made_notice, self._ask_where)

    def _made_notice(self, _stop: Any) -> str:
        return self.services.sharing.notice_of_place()

    def _ask_where(self, notice: str) -> None:
        self._notice = notice
        dialog = FileDialog(self, "知らせを保存する場所", str(Path.home()))
        dialog.save_as("置き場の知らせ", "banso")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()
        self._dialog = dialog

    def save_to(self, path: str) -> None:
        """Write the notice into a file."""
        self.save_letter(Path(path), self._notice, partial(self._saved, Path(path).name))

    def _saved(self, name: str, _nothing: None) -> None:
        self.told.emit(f"{name} に保存しました。ほかの人は「知らせを開く」で使います", None)

    def _ask_for_notice(self) -> None:
        dialog = FileDialog(self, "置き場の知らせ", str(Path.home()))
        dialog.fileSelected.connect(self.open_notice)
        dialog.open()
        self._dialog = dialog

    def open_notice(self, path: str) -> None:
        """Fill in the place that a notice names."""
        self.act("知らせを読んでいます", partial(self._read_notice, Path(path)), self.place.show_address)

    def _read_notice(self, path: Path, _stop: Any) -> str:
        return self.services.sharing.place_in_notice(letter_in(path))

    def _build(self) -> None:
        card = Card(spacing=12)
        card.add(self._now, Paragraph(_HOW, Role.BODY, "sub"), self.place)
        make, read = Button("知らせを作る…"), Button("知らせを開く…")
        make.clicked.connect(self._make_notice)
        read.clicked.connect(self._ask_for_notice)
        line = row(spacing=8)
        put(line, make, read, None)
        others = Card("ほかの人に知らせる", spacing=12)
        others.add(Paragraph(_TELL, Role.BODY, "sub"), line)
        for each in (card, others):
            self.body.addWidget(each)
        self.body.addStretch(1)
