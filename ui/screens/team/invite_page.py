"""人を招く: for whom, as what, with which companies; then a file, a text or a QR code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from app.rows.sharing import TeamOverview
from app.services.qr_codes import QrSquares, qr_squares
from app.services.sharing_invitations import Invited
from ui.screens.screen import LineButton
from ui.screens.team.company_ticks import CompanyTicks
from ui.screens.team.open_invitations import OpenInvitations
from ui.screens.team.page import TeamPage
from ui.screens.team.qr_view import QrView
from ui.screens.team.role_choice import RoleChoice
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import column, put, row
from ui.widgets.texts import Paragraph

if TYPE_CHECKING:
    from app.services.directory import Services

_NONE_YET = "何も選ばなければ、企業は一つも見えません。あとから渡せます。"
_GIVE = (
    "招待を渡してください。7日のうちに、1台だけが使えます。置き場とは別の道（手渡し、メール）がおすすめです。\n"
    "相手が加わりたいと伝えてくると、「加わりたい人」に出ます。20桁を声で比べてから加えます。"
    "招待だけでは、だれも何も読めません。"
)


class InvitePage(TeamPage):
    """What is ticked here is proposed when the person comes, and counts only then."""

    title = "人を招く"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._dialog: FileDialog | None = None
        self._letter = ""
        self._has_open = False
        self._name = TextField(limit=60, placeholder="例: 林 次郎（INPIT）")
        self.role = RoleChoice()
        self.companies = CompanyTicks(tasks, services)
        self._build_asked()
        self._build_given()
        self.body.addWidget(self._asked)
        self.body.addWidget(self._given)
        self._open = OpenInvitations()
        self._open.ended.connect(self._end)
        self._open.hide()
        self.body.addWidget(self._open)
        self.body.addStretch(1)
        self.setFocusProxy(self._name)

    def buttons(self) -> tuple[LineButton, ...]:
        """Making it, or the next one."""
        if self._letter:
            return (LineButton("again", "もう1人招く"), LineButton("finish", "終わる", primary=True))
        return (LineButton("finish", "招待を作る", primary=True),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Make it; begin anew."""
        return {"finish": self._finish, "again": self._anew}

    def enter(self, item_id: str) -> None:
        """A new invitation."""
        super().enter(item_id)
        self._anew()

    def leave(self) -> None:
        """Leave no secret on the screen."""
        self._forget()

    def show_team(self, team: TeamOverview) -> None:
        """Invitations that can still be used."""
        super().show_team(team)
        self._has_open = self._open.show_rows(team.invited)
        self._show_step()

    def _end(self, invitation: str) -> None:
        self.act("使えなくしています", partial(self._ended_one, invitation), self._told_end)

    def _ended_one(self, invitation: str, _stop: Any) -> None:
        self.services.sharing.withdraw_invitation(invitation)

    def _told_end(self, _nothing: None) -> None:
        self.told.emit("招待を使えなくしました", None)
        self.team_changed.emit()

    # making

    def _finish(self) -> None:
        if self._letter:
            self.open_page()
            return
        self._name.flush()
        meant = Invited(self._name.text().strip(), self.role.role(), self.companies.ticked())
        self.act("招待を作っています", partial(self._made, meant), self._show_letter)

    def _made(self, meant: Invited, _stop: Any) -> tuple[str, QrSquares]:
        letter = self.services.sharing.invite(meant)
        return letter, qr_squares(letter)

    def _show_letter(self, made: tuple[str, QrSquares]) -> None:
        self._letter, squares = made
        self.team_changed.emit()
        self._text.show_text(self._letter)
        self._qr.show_squares(squares)
        self._show_step()
        self._save.setFocus()

    def _anew(self) -> None:
        self._forget()
        self._name.show_text("")
        self.companies.ask()

    def _forget(self) -> None:
        self._letter = ""
        self._text.show_text("")
        self._qr.show_squares()
        self._show_step()

    def _show_step(self) -> None:
        self._asked.setVisible(not self._letter)
        self._given.setVisible(bool(self._letter))
        self._open.setVisible(self._has_open and not self._letter)
        self.heading_changed.emit()

    # giving

    def _ask_where(self) -> None:
        dialog = FileDialog(self, "招待を保存する場所", str(Path.home()))
        dialog.save_as(f"招待_{self._name.text().strip() or '伴走カルテ'}", "banso")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()
        self._dialog = dialog

    def save_to(self, path: str) -> None:
        """Write the invitation into a file."""
        self.save_letter(Path(path), self._letter, partial(self._saved, Path(path).name))

    def _saved(self, name: str, _nothing: None) -> None:
        self.told.emit(f"{name} に保存しました。渡したら、このファイルは消してください", None)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._letter)
        self.told.emit("招待の文を写しました。メールなどに貼り付けられます", None)

    # building

    def _build_asked(self) -> None:
        self._asked = Card("だれを招きますか", spacing=12)
        form = FieldForm()
        form.add("名前（一覧に出すための控え）", self._name)
        form.add("役割", self.role)
        form.add("見られる企業", self.companies, hint=_NONE_YET)
        self._asked.add(form)

    def _build_given(self) -> None:
        self._text = LongTextField(lines=4, most_lines=6)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("招待の文")
        self._qr = QrView("招待の QR コード")
        self._save = Button("ファイルに保存…", icon="download")
        self._save.clicked.connect(self._ask_where)
        copy = Button("文を写す", icon="copy")
        copy.clicked.connect(self._copy)
        buttons = row(spacing=8)
        put(buttons, self._save, copy, None)
        words = column(spacing=12)
        put(words, Paragraph(_GIVE, Role.BODY), buttons, self._text, None)
        across = row(spacing=20)
        across.addLayout(words, 1)
        across.addWidget(self._qr)
        self._given = Card("招待ができました", spacing=12)
        self._given.add(across)
