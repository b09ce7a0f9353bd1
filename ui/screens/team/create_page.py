"""新しいチームを作る: a 置き場, the recovery sheet on paper, and the team is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.errors import PlaceTaken
from app.services.sharing_places import PlaceEntry, PlaceState
from ui.screens.screen import LineButton
from ui.screens.team.own_names import OwnNameFields
from ui.screens.team.place_asking import TRYING, PlaceAskingPage
from ui.screens.team.sheet_words import SheetWords
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.widgets.card import Card
from ui.widgets.texts import Paragraph
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

_WHAT = (
    "置き場は、暗号にした記録を受け渡す入れ物です。置き場の持ち主にも、拾った人にも、中身は読めません。"
    "チームの全員が書き込める、空のフォルダで始められます。"
)


class CreatePage(PlaceAskingPage):
    """Nothing is made before two groups of the sheet were typed back from the paper."""

    title = "新しいチームを作る"

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._sheet: SheetWords | None = None
        self._name = ""
        self._names = OwnNameFields(tasks, services)
        self._first = Card("置き場", spacing=12)
        self._first.add(Paragraph(_WHAT, Role.BODY, "sub"), self.place)
        self._who = Card("チームでの名前", spacing=4)
        self._who.add(self._names)
        for card in (self._first, self._who):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.setFocusProxy(self.place)

    def buttons(self) -> tuple[LineButton, ...]:
        """One step on, or back."""
        if self.is_busy:
            return ()
        if self._sheet is None:
            return (LineButton("finish", "次へ", primary=True),)
        word = "チームを作る" if self._sheet.is_asking else "紙に書きました"
        return (LineButton("step_back", "戻る"), LineButton("finish", word, primary=True))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Forward and back."""
        return {"finish": self._next, "step_back": self._back}

    def enter(self, item_id: str) -> None:
        """Suggest names."""
        super().enter(item_id)
        self._names.suggest()

    def leave(self) -> None:
        """A sheet that was not proved is gone; another one is drawn next time."""
        super().leave()
        if not self.is_busy:
            self._drop_sheet()

    def step_of(self, code: str) -> Callable[[], None] | None:
        """Back to the place, or to the paper."""
        if code.startswith("place."):
            return self._to_place
        return self._ask_again if code == "keys.retyped_word_differs" else None

    # the way through

    def _next(self) -> None:
        if self.is_busy:
            return
        if self._sheet is None:
            self._begin()
        elif not self._sheet.is_asking:
            self._sheet.ask()
            self.heading_changed.emit()
        else:
            self._prove(self._sheet)

    def _begin(self) -> None:
        if not self.has_address():
            return
        self._name = self._names.name()
        if self._name:
            self.act(TRYING, partial(self.tried, self.place.entry()), self._show_sheet)

    def _show_sheet(self, state: PlaceState) -> None:
        if state is not PlaceState.EMPTY:
            self.tell_refusal(PlaceTaken())
            return
        self._sheet = SheetWords(self.tasks)
        self._sheet.shown_again.connect(self.heading_changed)
        self.body.insertWidget(0, self._sheet)
        self._sheet.show()
        self._show_step()
        self._sheet.setFocus()

    def _prove(self, sheet: SheetWords) -> None:
        if (fault := sheet.fault()) is not None:
            self.tell(error_message(fault))
            return
        work = partial(self._made, self.place.entry(), self._name, sheet.words)
        self.act("チームを作っています", work, self._created)

    def _made(self, entry: PlaceEntry, name: str, words: tuple[str, ...], stop: Any) -> None:
        sharing = self.services.sharing
        sharing.create(sharing.keep_keys(entry), name, stop, words)

    def _created(self, _nothing: None) -> None:
        self._drop_sheet()
        self.place.forget()
        self.told.emit("チームを作りました。次は「人を招く」です", None)
        self.team_changed.emit()
        self.open_page()

    def _back(self) -> None:
        if self._sheet is not None and self._sheet.is_asking:
            self._sheet.show_again()
        else:
            self._drop_sheet()

    def _ask_again(self) -> None:
        if self._sheet is not None:
            self._sheet.ask_again()

    def _to_place(self) -> None:
        self._drop_sheet()
        self.place.setFocus()

    def _drop_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.forget()
            self.body.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
        self._show_step()

    def _show_step(self) -> None:
        for card in (self._first, self._who):
            card.setVisible(self._sheet is None)
        self.heading_changed.emit()
