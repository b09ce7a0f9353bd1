"""Ctrl+Z and Ctrl+Y of a screen: one step of its subject's chain, named in a toast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from ui.screens.screen import Screen
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services

Direction = Literal["back", "forth"]
DONE: dict[Direction, str] = {"back": "元に戻しました: {}", "forth": "やり直しました: {}"}
NOTHING_LEFT: dict[Direction, str] = {
    "back": "元に戻せる操作はありません",
    "forth": "やり直せる操作はありません",
}


class UndoActions:
    """`scope` gives the undo chain of what the screen shows now; None while it shows nothing.

    A refusal (UndoMovedOn) goes to the window as any error that nobody hears.
    """

    def __init__(
        self, tasks: TaskRunner, services: Services, screen: Screen, scope: Callable[[], str | None]
    ) -> None:
        self._tasks = tasks
        self._services = services
        self._screen = screen
        self._scope = scope

    def undo(self) -> None:
        """Take back the newest step."""
        self._step("back")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step("forth")

    def _step(self, direction: Direction) -> None:
        # Typing becomes a step of its own first; the store thread keeps the order.
        self._screen.flush_fields()
        scope = self._scope()
        if scope is not None:
            work = partial(self._replay, scope, direction)
            self._tasks.run(work, self._tell)

    def _replay(self, scope: str, direction: Direction, _ticket: Ticket) -> str:
        label = self._services.place.undo(scope, direction)
        return NOTHING_LEFT[direction] if label is None else DONE[direction].format(label)

    def _tell(self, words: str) -> None:
        self._screen.tell(words)
