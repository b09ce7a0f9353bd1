"""参加を終える: this device, or another person with all devices; what that means, said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import ActNote, TeamOverview
from ui.screens.screen import LineButton
from ui.screens.team.member_page import find_device
from ui.screens.team.page import TeamPage
from ui.screens.team.words import HONEST
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_OWN = (
    "まだ送っていないものを送ってから、この端末をチームから外します。\n"
    "記録はこの端末に残り、読み書きできます。新しい変更は届かなくなります。\n"
    "もう一度加わるときは、新しい招待を受け、新しい端末として加わります。"
)
_OTHER = (
    "この人の端末をすべてチームから外し、読めた企業の鍵を新しくします。\n"
    "すでに届いていた内容は相手の端末に残ります。まだ届いていない仕事は預かりになり、捨てられません。\n"
    "置き場の共有からも外してください。"
)


class LeavePage(TeamPage):
    """For oneself. Needs the 置き場: nothing may stay behind unsent."""

    title = "参加を終える"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        card = Card(spacing=12)
        card.add(Text("この端末での参加を終えますか", Role.SECTION), Paragraph(_OWN))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.rest_on_page()

    def buttons(self) -> tuple[LineButton, ...]:
        """Leaving, or staying."""
        if self.is_busy:
            return ()
        return (LineButton("step_back", "やめる"), LineButton("finish", "参加を終える", primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Leave; stay."""
        return {"finish": self._begin, "step_back": self.open_page}

    def step_of(self, code: str) -> Callable[[], None] | None:
        """To whoever could be an administrator."""
        return self.open_page if code == "team.last_administrator" else None

    def _begin(self) -> None:
        self.act("残りを送っています", self._left, self._told)

    def _left(self, stop: Any) -> None:
        self.services.sharing.leave(stop)

    def _told(self, _nothing: None) -> None:
        self.told.emit("チームへの参加を終えました。記録はこの端末に残っています", None)
        self.team_changed.emit()
        self.open_page()


class EndPage(TeamPage):
    """For somebody else, by an administrator; `item_id` is one of the person's devices."""

    title = "この人の参加を終える"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._who = Text("", Role.SECTION, elide=True)
        card = Card(spacing=12)
        card.add(self._who, Paragraph(_OTHER), Paragraph(HONEST, Role.TABLE, "sub"))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.rest_on_page()

    def buttons(self) -> tuple[LineButton, ...]:
        """Ending it, or not."""
        if self.is_busy:
            return ()
        return (LineButton("step_back", "やめる"), LineButton("finish", "参加を終える", primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """End it; go back."""
        return {"finish": self._begin, "step_back": partial(self.open_page, "member", self.item_id)}

    def show_team(self, team: TeamOverview) -> None:
        """Whose part it is."""
        super().show_team(team)
        found = find_device(team, self.item_id)
        self._who.setText(f"{found[0].name}さんの参加を終えますか" if found else "")

    def _begin(self) -> None:
        self.act("外しています", self._ended_part, self._told)

    def _ended_part(self, stop: Any) -> ActNote:
        return self.services.sharing.remove_person(self.item_id, stop)

    def _told(self, note: ActNote) -> None:
        self.team_changed.emit()
        self.open_page()
        self.tell_note("参加を終えました。置き場の共有からも外してください", note)
