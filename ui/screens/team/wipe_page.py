"""この端末の記録を消す: for a device that its team stopped or removed; nothing goes that nobody else has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ui.screens.screen import LineButton
from ui.screens.team.page import TeamPage
from ui.screens.team.proof import Proof
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.texts import Paragraph, Text

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_WHAT = (
    "チームの記録、資料、この端末の控え、鍵を消します。元には戻せません。\n"
    "まだ届いていないものは、先に預かりとして管理者に渡します。渡せないうちは、何も消しません。\n"
    "ほかの人の端末と置き場の記録は消えません。書き出した PDF や持出しファイルは、自分で消してください。"
)
_AFTERWARDS = "消したあとは、はじめの画面になります。招待を受けると、新しい端末として加われます。"


class WipePage(TeamPage):
    """Asked twice: by the page, and by the 合言葉."""

    title = "この端末の記録を消す"

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._proof = Proof(tasks, services, program)
        self._proof.entered.connect(self._begin)
        card = Card(spacing=12)
        title = Text("この端末の記録を消しますか", Role.SECTION)
        card.add(title, Paragraph(_WHAT), self._proof, Paragraph(_AFTERWARDS, Role.TABLE, "sub"))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.setFocusProxy(self._proof)

    def buttons(self) -> tuple[LineButton, ...]:
        """Deleting, or going back."""
        if self.is_busy:
            return ()
        return (LineButton("step_back", "やめる"), LineButton("finish", "記録を消す", "trash", primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Delete; go back."""
        return {"finish": self._begin, "step_back": self.open_page}

    def leave(self) -> None:
        """Leave no secret on the screen."""
        self._proof.clear()

    def step_of(self, code: str) -> Callable[[], None] | None:
        """What was not handed over is tried again."""
        return self._begin if code == "team.only_here" or code.startswith("place.") else None

    def _begin(self) -> None:
        if not self.is_busy:
            self._proof.ask(self._hand_over)

    def _hand_over(self, _nothing: object) -> None:
        self.act("まだ届いていないものを渡しています", self._handed_over, self._wipe)

    def _handed_over(self, stop: Any) -> None:
        self.services.sharing.hand_over_rest(stop)

    def _wipe(self, _nothing: object) -> None:
        self._proof.clear()
        self._program.wipe_store()
