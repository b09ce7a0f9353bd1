"""チーム before there is one: nothing is wrong with that, and where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screens.team.page import TeamPage
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from app.services.directory import Services

_TEXT = (
    "困ることはありません。記録はこの端末にあり、このまま使い続けられます。\n"
    "ほかの人と分け合うときは、置き場を決めてチームを作るか、招待を受けます。\n"
    "置き場の持ち主にも、中身は読めません。"
)


class AlonePage(TeamPage):
    """Three ways to begin."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        create = Button("新しいチームを作る", kind="primary", icon="people")
        create.clicked.connect(self._create)
        join = Button("招待を受けた")
        join.clicked.connect(self._join)
        recover = Button("復旧シートで戻る", kind="quiet")
        recover.clicked.connect(self._recover)
        self.setFocusProxy(create)
        self.body.addWidget(EmptyState("まだこの端末だけで使っています", _TEXT, [create, join, recover]), 1)

    def _create(self) -> None:
        self.open_page("create")

    def _join(self) -> None:
        self.open_page("join")

    def _recover(self) -> None:
        self.open_page("recover")
