"""What the pages of チーム have in common that ask for a 置き場."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.errors import AppError, PlaceFull, PlaceReadOnly
from app.services.sharing_places import PlaceEntry, PlaceState
from ui.screens.team.page import TeamPage
from ui.screens.team.place_form import PlaceForm
from ui.tasks import TaskRunner
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

TRYING = "置き場につないでいます"
_CHOOSE = "何も変えていません。書き込める場所を選びます。"
_TAKES_NOTHING = (PlaceFull.code, PlaceReadOnly.code)


class PlaceAskingPage(TeamPage):
    """Base of these: `place` is the form. It can be tried, and its keys leave the screen with the page."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._is_filled = False
        self.place = PlaceForm()
        self.place.trial_asked.connect(self._try)

    def enter(self, item_id: str) -> None:
        """The place of the team may be filled in anew."""
        super().enter(item_id)
        self._is_filled = False

    def leave(self) -> None:
        """Leave no secret on the screen."""
        if not self.is_busy:
            self.place.forget()

    def fill_in(self, address: str) -> None:
        """Show the team's place once; what was entered meanwhile stays."""
        if address and not self._is_filled:
            self._is_filled = True
            self.place.show_address(address)

    def has_address(self) -> bool:
        """Whether the form names a place; says what is wrong where it does not."""
        fault = self.place.address_fault()
        if fault is not None:
            self.tell_refusal(fault)
        return fault is None

    def tell_refusal(self, fault: AppError) -> None:
        """Of a place that is only being chosen there is nothing to hand over by a file."""
        if fault.code in _TAKES_NOTHING:
            told = error_message(fault)
            self.tell(replace(told, detail=_CHOOSE, action="置き場を選び直す"))
        else:
            super().tell_refusal(fault)

    def tried(self, entry: PlaceEntry, stop: Any) -> PlaceState:
        """What lies there. Waits on the place."""
        return self.services.sharing.try_place(entry, stop)

    def _try(self) -> None:
        if self.has_address():
            self.act(TRYING, partial(self.tried, self.place.entry()), self.place.show_state)
