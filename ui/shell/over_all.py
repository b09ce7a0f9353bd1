"""What lies over the whole window when it is asked for: going somewhere (Ctrl+K), help, the keys."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.navigation import Route
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from ui.help_texts import HelpText
    from ui.shell.go_to import GoToHit, GoToPalette

GoToProvider = Callable[[str], "list[GoToHit]"]


class OverAll(QObject):
    """Imports what it shows when it is wanted: most of a day passes without, and starting must be quick."""

    route_chosen = Signal(object)
    command_chosen = Signal(str)

    def __init__(self, window: QWidget, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._find: GoToProvider | None = None
        self._palette: GoToPalette | None = None

    # help

    def open_help(self, route: Route | None, commands: Collection[str]) -> None:
        """What the screen at the route is for, and the keys of these commands."""
        from ui.help_texts import help_for

        self._show_help(help_for(route) if route is not None else None, commands)

    def open_keys(self, commands: Collection[str]) -> None:
        """The keys alone."""
        self._show_help(None, commands)

    def _show_help(self, text: HelpText | None, commands: Collection[str]) -> None:
        from ui.key_list import keys_of
        from ui.shell.help_panel import HelpPanel

        opener = self._window.focusWidget() or self._window
        for open_one in self._window.findChildren(HelpPanel):
            open_one.dismiss()
        panel = HelpPanel(self._window, text, keys_of(set(commands)))
        panel.print_asked.connect(self._print_keys)
        panel.open_below(opener)

    def _print_keys(self) -> None:
        from ui.printing.key_sheet import print_key_sheet

        print_key_sheet(self._window, self._tasks)

    # going somewhere

    def set_go_to(self, find: GoToProvider) -> None:
        """Search by this; called on the store thread with what was typed."""
        self._find = find

    def open_palette(self, commands: Collection[str]) -> None:
        """Ask where to go, or which of these commands to do."""
        from ui.shell.go_to import GoToPalette, command_hits, place_hits

        if self._palette is None:
            self._palette = GoToPalette(self._window)
            self._palette.asked.connect(self._search)
            self._palette.chosen.connect(self._chosen)
        self._palette.open_with([*place_hits(), *command_hits(set(commands))])

    def dismiss_palette(self) -> None:
        """Take it away, as Esc does."""
        if self._palette is not None:
            self._palette.dismiss()

    def _search(self, text: str) -> None:
        find = self._find
        if find is None:
            self._show_hits((text, []))
        else:
            self._tasks.run(lambda _: (text, find(text)), self._show_hits)

    def _show_hits(self, answer: tuple[str, list[GoToHit]]) -> None:
        if self._palette is not None:
            self._palette.show_hits(*answer)

    def _chosen(self, hit: GoToHit) -> None:
        if hit.route is not None:
            self.route_chosen.emit(hit.route)
        else:
            self.command_chosen.emit(hit.command)
