"""チーム while this device waits for approval, or is out: the 20 digits, and the ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.rows.sharing import RoundReport, TeamOverview, TeamStanding
from ui.screens.screen import LineButton
from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layouts import put, row
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services

_COMPARE = (
    "招待をくれた人に電話などで連絡し、この20桁を読み上げてください。相手の画面と同じなら、相手が加えます。"
    "違うとき、招待がもう使えないと言われたときは、「頼むのをやめる」を選び、新しい招待をもらってください。"
    "まだ何も渡していません。"
)
_MEANWHILE = "待つ間も、この端末の記録はそのまま使えます。書いたものは、承認されてから送られます。"
_OUT = {
    TeamStanding.SUSPENDED: (
        "この端末は止められています",
        "チームのだれかが「紛失として止める」を選びました。手元にあれば、管理者に知らせてください。",
    ),
    TeamStanding.OUT: (
        "この端末は、チームから外れています",
        "参加を終えたか、管理者が外しました。もう一度加わるときは、新しい招待を受けます。",
    ),
}
_KEPT = (
    "書いたものはこの端末に残っています。まだ届いていなかったものは、預かりとして管理者に渡ります。"
    "もう一度加わると、続きから使えます。"
)
_WIPE = "この端末をもう使わないときは、ここでチームの記録を消せます。渡していないものがあるうちは消しません。"


class WaitingPage(TeamPage):
    """Nothing is lost meanwhile."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._digits = Text("", Role.READ_BACK)
        self._asking = Card("承認を待っています", spacing=12)
        give_up = Button("頼むのをやめる", kind="quiet")
        give_up.clicked.connect(self._withdraw)
        line = row()
        put(line, give_up, None)
        self._asking.add(Paragraph(_COMPARE), self._digits, Paragraph(_MEANWHILE, Role.TABLE, "sub"), line)
        self._why, self._more = Text("", Role.SECTION), Paragraph("")
        join = Button("招待を受けて入り直す")
        join.clicked.connect(self._join)
        wipe = Button("この端末の記録を消す", kind="quiet")
        wipe.clicked.connect(self._open_wipe)
        again = row(spacing=8)
        put(again, join, wipe, None)
        self._out = Card(spacing=12)
        self._out.add(self._why, self._more, Paragraph(_KEPT), Paragraph(_WIPE, Role.TABLE, "sub"), again)
        self._again = join
        for card in (self._asking, self._out):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def buttons(self) -> tuple[LineButton, ...]:
        """Looking whether the approval is there."""
        look = LineButton("look", "届いたか確かめる", primary=True)
        return () if self.is_busy else (look,)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """One round."""
        return {"look": self._look}

    def show_team(self, team: TeamOverview) -> None:
        """Digits, or why this device is out."""
        super().show_team(team)
        is_waiting = team.standing is TeamStanding.WAITING
        self._digits.setText(team.digits)
        self._digits.setAccessibleName(f"20桁 {team.digits}")
        self._asking.setVisible(is_waiting)
        self._out.setVisible(not is_waiting)
        title, text = _OUT.get(team.standing, ("", ""))
        self._why.setText(title)
        self._more.set_text(text)

    def _look(self) -> None:
        self.act("置き場を確かめています", self._round, self._looked)

    def _round(self, stop: Any) -> RoundReport:
        return self.services.sharing.synchronise(stop=stop)

    def _looked(self, report: RoundReport) -> None:
        if report.is_waiting_for_approval:
            self.told.emit("まだ承認されていません。20桁を伝えてから、もう一度確かめます", None)
        elif not report.is_stopped:
            self.told.emit("チームに加わりました", None)
        self.team_changed.emit()

    def _withdraw(self) -> None:
        self.act("頼むのをやめています", self._withdrawn, self._gave_up)

    def _withdrawn(self, stop: Any) -> None:
        self.services.sharing.withdraw_request(stop)

    def _gave_up(self, _nothing: None) -> None:
        self.told.emit("頼むのをやめました。記録はこの端末にあります", None)
        self.team_changed.emit()

    def _open_wipe(self) -> None:
        self.open_page("wipe")

    def _join(self) -> None:
        self.open_page("join")
