"""S12 チームと端末, with its pages: each is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QStackedLayout

from app.changes import Changes
from app.errors import AppError
from app.rows.sharing import NO_TEAM, TeamOverview, TeamStanding
from ui.navigation import Route
from ui.screens.screen import Heading, Screen
from ui.screens.team.page import TeamPage
from ui.screens.team.pages import make_page
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_HOME = {TeamStanding.ALONE: "alone", TeamStanding.MEMBER: "people"}
WIPE = "wipe"
_OUT = (TeamStanding.SUSPENDED, TeamStanding.OUT)
_BEFORE = ("create", "join", "recover")
"""Pages for a device that is in no team, or wants back into one."""


class TeamScreen(Screen):
    """The route's tab names a page; without one, what the team's standing asks for."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._program = program
        self._team: TeamOverview | None = None
        self._tab = self._item_id = ""
        self._made: dict[str, TeamPage] = {}
        self._pages = QStackedLayout(self)
        self._reading = Ticket()
        self._asking = Ticket()

    def heading(self) -> Heading:
        """That of the page in front."""
        page = self._page
        return page.heading() if page else Heading("チーム")

    def enter(self, route: Route) -> None:
        """Show the page, with the team as it was read last until it is read anew."""
        self._tab, self._item_id = route.tab or "", route.item_id or ""
        self._show_page(is_entered=True)
        self.load()

    def leave(self) -> None:
        """Take over what was typed; leave no secret on the screen."""
        super().leave()
        if self._page is not None:
            self._page.leave()

    def write_again(self, route: Route) -> None:
        """No page of a team has anything that waits for the disk; what one says of a file elsewhere stays."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Those of the page in front."""
        return self._page.commands() if self._page else {}

    def touched(self, changes: Changes) -> None:
        """People were renamed, or the 置き場 brought something."""
        if self.isVisible() and (changes.origin == "place" or changes.touch("person", "company")):
            self.load()

    def load(self) -> None:
        """Read the team; an administrator also hears who asks to join."""
        self._reading.cancel()
        self._reading = self._tasks.run(self._read, self._show_here)

    def _read(self, _ticket: Ticket) -> TeamOverview:
        return self._services.sharing.overview()

    def _show_here(self, team: TeamOverview) -> None:
        known = self._team or NO_TEAM
        self._show(replace(team, requests=known.requests, unknown_requests=known.unknown_requests))
        if team.is_administrator:
            self._asking.cancel()
            self._asking = self._tasks.run(self._read_requests, self._show_asking, side=True)

    def _read_requests(self, _ticket: Ticket) -> TeamOverview | None:
        """None where the 置き場 does not answer: that is told in 同期."""
        try:
            return self._services.sharing.overview(with_requests=True)
        except AppError:
            return None

    def _show_asking(self, team: TeamOverview | None) -> None:
        if team is not None:
            self._show(team)

    def _show(self, team: TeamOverview) -> None:
        self._team = team
        self._show_page(is_entered=False)

    # pages

    @property
    def _page(self) -> TeamPage | None:
        page = self._pages.currentWidget()
        return page if isinstance(page, TeamPage) else None

    def _key(self) -> str:
        """Which page stands for the route and the team."""
        team = self._team or NO_TEAM
        home = _HOME.get(team.standing, "waiting")
        if self._tab in _BEFORE:
            return self._tab
        for_those = _OUT if self._tab == WIPE else (TeamStanding.MEMBER,)
        return self._tab if self._tab and team.standing in for_those else home

    def _show_page(self, *, is_entered: bool) -> None:
        key, before = self._key(), self._page
        page = self._made.get(key) or self._make(key)
        focused = QApplication.focusWidget()
        had_focus = before is not None and focused is not None and before.isAncestorOf(focused)
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page if page.focusProxy() is not None else None)  # type: ignore[arg-type]
        if is_entered or page is not before:
            page.enter(self._item_id)
        if self._team is not None:
            page.show_team(self._team)
        if page is not before:
            self.heading_changed.emit()
            if had_focus:
                page.setFocus()

    def _make(self, key: str) -> TeamPage:
        page = make_page(key, self._tasks, self._services, self._program)
        page.told.connect(self.told)
        page.warned.connect(self.warned)
        page.go.connect(self.go)
        page.heading_changed.connect(self.heading_changed)
        page.team_changed.connect(self.load)
        if (watch := self._program.sharing_watch) is not None:
            page.team_changed.connect(watch.read)
        self._made[key] = page
        self._pages.addWidget(page)
        return page
