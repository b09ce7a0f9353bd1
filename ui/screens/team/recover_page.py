"""復旧シートで戻る: with the 24 words any device becomes an administrator's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.rows.sharing import TeamOverview
from app.services.sharing_places import PlaceEntry
from ui.screens.screen import LineButton
from ui.screens.team.own_names import OwnNameFields
from ui.screens.team.place_asking import PlaceAskingPage
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.texts import Paragraph

if TYPE_CHECKING:
    from app.services.directory import Services

_WHAT = (
    "「チームの復旧シート」の24語を、番号の順に入れます。この端末が管理者になり、すべての企業の鍵を受け取ります。"
    "「この端末の24語」とは別の紙です。"
)
_REPLACE = "いままでの管理者の端末をすべて外す（なくした、辞めた）"


class RecoverPage(PlaceAskingPage):
    """The words leave the screen with the page."""

    title = "復旧シートで戻る"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self.words = LongTextField(lines=3, most_lines=6)
        self.words.setAccessibleName("復旧シートの24語")
        self._replace = CheckField(_REPLACE)
        self._names = OwnNameFields(tasks, services)
        words = Card("24語", spacing=12)
        words.add(Paragraph(_WHAT, Role.BODY, "sub"), self.words, self._replace)
        where = Card("置き場", spacing=12)
        where.add(self.place)
        who = Card("チームでの名前", spacing=4)
        who.add(self._names)
        for card in (words, where, who):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.setFocusProxy(self.words)

    def buttons(self) -> tuple[LineButton, ...]:
        """Doing it."""
        return () if self.is_busy else (LineButton("finish", "管理者になる", primary=True),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Do it."""
        return {"finish": self._begin}

    def enter(self, item_id: str) -> None:
        """Suggest names."""
        super().enter(item_id)
        self._names.suggest()

    def leave(self) -> None:
        """The words go too."""
        super().leave()
        if not self.is_busy:
            self.words.show_text("")

    def show_team(self, team: TeamOverview) -> None:
        """The place, where it is known."""
        super().show_team(team)
        self.fill_in(team.address)

    def step_of(self, code: str) -> Callable[[], None] | None:
        """To the words, or to the place."""
        if code.startswith(("keys.", "sheet.")):
            return self.words.setFocus
        return self.place.setFocus if code.startswith("place.") else None

    def _begin(self) -> None:
        if not self.has_address():
            return
        name = self._names.name()
        if name:
            work = partial(
                self._recovered, self.words.text(), self.place.entry(), name, self._replace.isChecked()
            )
            self.act("復旧シートでチームを開いています", work, self._told)

    def _recovered(self, words: str, entry: PlaceEntry, name: str, is_replacing: bool, stop: Any) -> None:
        sharing = self.services.sharing
        sharing.recover(words, sharing.keep_keys(entry), name, stop, is_replacing=is_replacing)

    def _told(self, _nothing: None) -> None:
        self.words.show_text("")
        self.place.forget()
        self.told.emit("この端末が管理者になりました。すべての企業の鍵があります", None)
        self.team_changed.emit()
        self.open_page()
