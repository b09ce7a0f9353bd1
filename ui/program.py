"""The running program: the window with its screens, the open store, the lock, and the way out."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.changes import Changes
from app.clock import JAPAN, Clock, SystemClock
from app.errors import AppError, SettingsUnreadable
from app.paths import StoreFolder
from app.settings import Settings, load_settings, save_settings
from ui.application import show_theme
from ui.entrance import Entrance
from ui.feed_bridge import FeedBridge
from ui.idle_lock import IdleLock
from ui.main_window import MainWindow
from ui.navigation import Place, Route
from ui.screen_factories import factories
from ui.tasks import TaskRunner, Ticket
from ui.theme.metrics import TextStep
from ui.wording import error_message, message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.one_window import RaiseListener
    from ui.shell.go_to import GoToHit

_log = logging.getLogger(__name__)


class Program(QObject):
    """Owns the window, the threads and the open store of one folder."""

    ended = Signal()

    def __init__(self, folder: StoreFolder, settings_file: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock or SystemClock()
        self._settings_file = settings_file
        self._settings, fault = _loaded(settings_file)
        self.wants_practice = False
        self.services: Services | None = None
        """The open store; None before it is open."""
        self._bridge: FeedBridge | None = None
        self._listener: RaiseListener | None = None
        self.tasks = TaskRunner(self)
        self.window = MainWindow(self.tasks)
        self._idle = IdleLock(self)
        self.entrance = Entrance(self.window, self.tasks, folder, self._clock)
        self._connect()
        if fault is not None:
            self._tell_fault(fault)

    def start(self) -> None:
        """Show the window at once; what is behind it comes when it is there."""
        show_theme(self._settings.theme, TextStep(self._settings.text_step))
        self.entrance.begin()
        self.window.show()

    @property
    def settings(self) -> Settings:
        """What this device remembers."""
        return self._settings

    def change_settings(self, **values: object) -> None:
        """Use other settings from now on, and remember them."""
        self._settings = replace(self._settings, **values)  # type: ignore[arg-type]
        show_theme(self._settings.theme, TextStep(self._settings.text_step))
        self.tasks.run(partial(self._save_settings, self._settings), side=True)

    def close(self) -> None:
        """Let running work end, close the store, let go of the folder."""
        self._idle.rest()
        if self._listener is not None:
            self._listener.close()
        if self._bridge is not None:
            self._bridge.close()
        services, self.services = self.services, None
        if services is not None:
            self.tasks.run(partial(self._close_store, services))
        self.tasks.close()
        self.ended.emit()

    def lock(self) -> None:
        """Cover the screens until the person proves who they are."""
        if self.services is not None and not self.window.is_locked:
            self._idle.rest()
            self.entrance.lock()

    # being opened

    def _connect(self) -> None:
        self.tasks.failed_unheard.connect(self._tell_fault)
        self.window.lock_asked.connect(self.lock)
        self.window.text_step_asked.connect(self._use_text_step)
        self.window.closing.connect(self.close)
        self._idle.warned.connect(self._warn_of_lock)
        self._idle.due.connect(self.lock)
        self.entrance.opened.connect(self._opened)
        self.entrance.unlocked.connect(self._idle.watch)
        self.entrance.elsewhere.connect(self.window.close)
        self.entrance.told.connect(self.window.warn)
        self.entrance.practice_asked.connect(self._leave_for_practice)

    def _leave_for_practice(self) -> None:
        self.wants_practice = True
        self.window.close()

    def _opened(self, services: Services) -> None:
        self.services = services
        self._bridge = FeedBridge(services.place.feed, self)
        self._bridge.touched.connect(self._touched)
        from ui.one_window import RaiseListener

        self._listener = RaiseListener(self._folder.path, self)
        self._listener.asked.connect(self._come_forward)
        for key, factory in factories(self, services).items():
            self.window.register(key, factory)
        self.window.set_go_to(partial(_go_to_hits, services))
        self.window.status_bar.show_practice(on=services.is_practice)
        self.window.hide_lock()
        self.window.open(Route(Place.TODAY))
        self._show_team()
        if not services.is_practice:
            self._idle.watch()
        self.tasks.run(partial(_back_up_if_due, services), self._backed_up, side=True)

    def _backed_up(self, was_made: bool) -> None:
        if was_made:
            self.window.touched(Changes(frozenset({("backup", "")})))

    def _touched(self, changes: Changes) -> None:
        now = self._clock.now().astimezone(JAPAN)
        self.window.status_bar.show_saved(f"この端末に保存済み {now:%H:%M}")
        self.window.touched(changes)
        if changes.touch("team", "project_year", "person", "engagement"):
            self._show_team()

    def _show_team(self) -> None:
        if self.services is not None:
            self.tasks.run(partial(_team_words, self.services), self._team_read)

    def _team_read(self, words: tuple[str, str, str]) -> None:
        self.window.left_bar.show_team(*words)

    # being told

    def _tell_fault(self, fault: Exception) -> None:
        if isinstance(fault, AppError):
            self.window.warn(replace(error_message(fault), action=""))
            return
        _log.error("a defect: %s", type(fault).__name__, exc_info=fault)
        self.window.warn(replace(message("program.defect"), action=""), "danger")

    def _warn_of_lock(self) -> None:
        self.window.tell("あと1分で画面に鍵がかかります。入力した内容は保存済みです")

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    # keeping

    def _use_text_step(self, step: int) -> None:
        self.change_settings(text_step=step)

    def _save_settings(self, settings: Settings, _ticket: Ticket) -> None:
        save_settings(self._settings_file, settings)

    def _close_store(self, services: Services, _ticket: Ticket) -> None:
        self.entrance.door().close(services)


def _loaded(settings_file: Path) -> tuple[Settings, SettingsUnreadable | None]:
    try:
        return load_settings(settings_file), None
    except SettingsUnreadable as fault:
        return Settings(), fault


def _team_words(services: Services, _ticket: Ticket) -> tuple[str, str, str]:
    from app.domain.calendar import fiscal_year_short

    team = services.team.team()
    people = services.people.of_team()
    named = "・".join(person.name for person in people[:2])
    others = f" ほか{len(people) - 2}人" if len(people) > 2 else ""
    return team.region, f"{fiscal_year_short(team.fiscal_year)} ({team.year_number}年目)", named + others


def _go_to_hits(services: Services, text: str) -> list[GoToHit]:
    from ui.go_to_hits import hits

    return hits(services, text)


def _back_up_if_due(services: Services, _ticket: Ticket) -> bool:
    is_due = services.backups.is_due()
    if is_due:
        services.backups.make()
    return is_due
