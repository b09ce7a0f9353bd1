"""紛失として止める: a reason, one's own 合言葉, and the device is stopped for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import ActNote, TeamOverview
from ui.screens.screen import LineButton
from ui.screens.team.member_page import find_device
from ui.screens.team.page import TeamPage
from ui.screens.team.proof import Proof
from ui.screens.team.words import HONEST
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_WHAT = (
    "この端末では、すぐに効きます。ほかの端末には、次につながったときに伝わります。"
    "その端末が読めた企業の鍵は、ひとりでに新しくなります。戻せるのは管理者だけです。"
)


class StopPage(TeamPage):
    """`item_id` is the device. Enter moves on from the reason, and stops from the passphrase."""

    title = "紛失として止める"

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._who = Text("", Role.SECTION, elide=True)
        self._reason = TextField(limit=100, placeholder="例: 電車に置き忘れた")
        self._proof = Proof(tasks, services, program)
        self._proof.entered.connect(self._begin)
        self._form = FieldForm()
        self._form.add("理由", self._reason, hint="チームの全員に見えます。企業の名前は書きません。")
        card = Card(spacing=12)
        card.add(self._who, Paragraph(_WHAT), self._form, self._proof, Paragraph(HONEST, Role.TABLE, "sub"))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.setFocusProxy(self._reason)

    def buttons(self) -> tuple[LineButton, ...]:
        """Stopping, or going back."""
        if self.is_busy:
            return ()
        return (LineButton("step_back", "やめる"), LineButton("finish", "止める", "lock", primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Stop; go back."""
        return {"finish": self._begin, "step_back": partial(self.open_page, "member", self.item_id)}

    def enter(self, item_id: str) -> None:
        """Another device."""
        super().enter(item_id)
        self._reason.show_text("")
        self._show_who()

    def leave(self) -> None:
        """Leave no secret on the screen."""
        self._proof.clear()

    def show_team(self, team: TeamOverview) -> None:
        """Its name."""
        super().show_team(team)
        self._show_who()

    def _show_who(self) -> None:
        found = find_device(self.team, self.item_id)
        self._who.setText(f"{found[1].name} を止めます" if found else "")

    def _begin(self) -> None:
        if not self.is_busy:
            self._proof.ask(self._stop_it)

    def _stop_it(self, _nothing: object) -> None:
        self._reason.flush()
        self._proof.clear()
        work = partial(self._stopped, self._reason.text().strip())
        self.act("止めています", work, self._told)

    def _stopped(self, reason: str, stop: Any) -> ActNote:
        return self.services.sharing.stop_device(self.item_id, reason, stop)

    def _told(self, note: ActNote) -> None:
        self.team_changed.emit()
        self.open_page("member", self.item_id)
        self.tell_note(f"{note.name} を止めました。置き場の共有と鍵も替えてください", note)
