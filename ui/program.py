"""The running program: the window with its screens, the open store, the lock, and the way out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from app.clock import JAPAN, Clock, SystemClock
from app.errors import SettingsUnreadable
from app.paths import StoreFolder, user_folders
from app.settings import Settings, load_settings, save_settings
from ui.application import show_theme
from ui.arrivals import Arrivals
from ui.background_care import BackgroundCare, news
from ui.collecting import Collecting
from ui.disk_trouble import DiskTrouble
from ui.entrance import Entrance
from ui.feed_bridge import FeedBridge
from ui.following import Following
from ui.idle_lock import IdleLock
from ui.input_method import when_idle
from ui.main_window import MainWindow
from ui.making_ahead import MakingAhead
from ui.navigation import Place, Route
from ui.screen_factories import MADE_AHEAD, factories, import_all
from ui.tasks import TaskRunner, Ticket
from ui.telling import Telling, fault_message
from ui.theme.metrics import TextStep
from ui.wording import Message, error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.one_window import RaiseListener
    from ui.sharing_watch import SharingWatch
    from ui.shell.go_to import GoToHit

_TEAM_REST_MS = 300
_IMPORT_REST_MS = 500


class Program(QObject):
    """Owns the window, the threads and the open store of one folder."""

    ended = Signal()
    defect_met = Signal(str)
    """Something the program was not made for happened, on whichever thread; it is in the log already."""

    def __init__(self, folder: StoreFolder, settings_file: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock or SystemClock()
        self._settings_file = settings_file
        self._settings, fault = _loaded(settings_file)
        self.following: Following | None = None
        """What is to open once this window has closed."""
        self.services: Services | None = None
        """The open store; None before it is open."""
        self._bridge: FeedBridge | None = None
        self._disk: DiskTrouble | None = None
        self._sharing: SharingWatch | None = None
        self._listener: RaiseListener | None = None
        self._collecting = Collecting(self)
        self.tasks = TaskRunner(self)
        self.window = MainWindow(self.tasks)
        self._idle = IdleLock(self)
        self.entrance = Entrance(self.window, self.tasks, folder, self._clock)
        self._telling = Telling(self.window, self.entrance, self.tasks)
        self._team_rest = QTimer(self)  # the left bar may come after what was saved is shown
        self._team_rest.setSingleShot(True)
        self._team_rest.setInterval(_TEAM_REST_MS)
        self._team_rest.timeout.connect(self._show_team)
        self._importing: Ticket | None = None
        self._has_imported = False
        self._ahead: MakingAhead | None = None
        self._import_rest = QTimer(self)  # what is shown first is not to wait for what may be shown later
        self._import_rest.setSingleShot(True)
        self._import_rest.setInterval(_IMPORT_REST_MS)
        self._import_rest.timeout.connect(self._import_screens)
        self._connect()
        if fault is not None:
            self._telling.first = replace(error_message(fault), action="")

    def start(self, following: Following | None = None) -> None:
        """Show the window at once; what is behind it comes when it is there.

        `following` has the key, and what to tell, when this window takes the place of another.
        """
        self._show_looks()
        self.window.restoreGeometry(QByteArray.fromBase64(self._settings.window_geometry.encode()))
        if following is not None and following.told is not None:
            self._telling.first = following.told
        self.entrance.begin(following.key if following else None)
        self.window.show()
        self._import_rest.start()

    @property
    def settings(self) -> Settings:
        """What this device remembers."""
        return self._settings

    @property
    def sharing_watch(self) -> SharingWatch | None:
        """How far the team has what is written here; None before the store is open."""
        return self._sharing

    def change_settings(self, **values: object) -> None:
        """Use other settings from now on, and remember them."""
        before = self._settings
        self._settings = replace(before, **values)  # type: ignore[arg-type]
        if _looks(before) != _looks(self._settings):
            self._show_looks()
        self._remember_settings()

    def _show_looks(self) -> None:
        settings = self._settings
        show_theme(settings.theme, TextStep(settings.text_step), for_fingers=settings.for_fingers)

    def close(self) -> None:
        """Let running work end, close the store, let go of the folder."""
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        self._settings = replace(self._settings, window_geometry=geometry)
        self._remember_settings()
        self.window.hide()  # a backup that is being made may take seconds to end
        services = self._let_go()
        if services is not None:
            self.tasks.run(partial(self._close_store, services))
        self.tasks.close()
        self._collecting.end()
        self.ended.emit()

    def lock(self) -> None:
        """Cover the screens until the person proves who they are."""
        if self.services is not None and not self.window.is_locked:
            self._idle.rest()
            if self._sharing is not None:
                self._sharing.locked()
            self.entrance.lock(is_practice=self.services.is_practice)

    # going elsewhere

    def go_back_to(self, backup: Path) -> None:
        """Put a backup in the place of the open store, and open that in a window of its own."""
        services = self.services
        if services is not None:
            self.entrance.wait("控えに戻しています")
            self._let_go()
            work = partial(self._restore, services, backup)
            self.tasks.run(work, partial(self._went_back, services), partial(self._stayed, services))

    def open_practice(self) -> None:
        """Close this store and open the practice region, made anew where there is none."""
        self.entrance.wait("練習用データを用意しています")
        practice = StoreFolder(user_folders().practice_store)
        work = partial(_make_practice, practice)
        self.tasks.run(work, partial(self._leave_for, practice), self._stay_here)

    def open_own_store(self) -> None:
        """Leave the practice region for the person's own store, or for the first run."""
        self._leave_for(StoreFolder(user_folders().store))

    def throw_away_practice(self) -> None:
        """Delete the practice region with everything tried in it, and leave it."""
        services = self._let_go()
        if services is not None:
            self.entrance.wait("練習用データを捨てています")
            work = partial(self._throw_away, services)
            self.tasks.run(work, self._thrown_away, partial(self._stayed, services))

    def wipe_store(self) -> None:
        """Delete the store of a device that is out of its team; then begin as on a new device."""
        services = self._let_go()
        if services is not None:
            self.entrance.wait("この端末の記録を消しています")
            work, gone = partial(self._wipe, services), partial(self._leave_for, services.folder)
            self.tasks.run(work, gone, partial(self._stayed, services))

    def _wipe(self, services: Services, _ticket: Ticket) -> None:
        self.entrance.door().wipe(services)

    def _stay_here(self, fault: Exception) -> None:
        if self.services is not None:
            self.window.hide_lock()
        self._telling.tell_fault(fault)

    def _leave_for(self, folder: StoreFolder, _answer: object = None) -> None:
        self.following = Following(folder)
        self.window.close()

    def _restore(self, services: Services, backup: Path, _ticket: Ticket) -> Path | None:
        return self.entrance.door().restore_with_key(services, backup)

    def _went_back(self, services: Services, kept: Path | None) -> None:
        name = kept.name if kept else ""
        told = Message("控えに戻しました", f"戻す前の記録は、同じフォルダに {name} として残してあります。")
        self._open_again(services, told)

    def _stayed(self, services: Services, fault: Exception) -> None:
        told = fault_message(fault)
        self._open_again(services, replace(told, action=""))

    def _open_again(self, services: Services, told: Message) -> None:
        self.following = Following(services.folder, services.key, told)
        self.window.close()

    def _throw_away(self, services: Services, _ticket: Ticket) -> None:
        from app.services.practice_store import throw_away_practice_store

        self.entrance.door().close(services)
        throw_away_practice_store(services.folder)

    def _thrown_away(self, _nothing: None) -> None:
        self.open_own_store()

    def _let_go(self) -> Services | None:
        """Listen to nobody any more; return the services, which nobody uses from now on."""
        self._idle.rest()
        self._import_rest.stop()
        if self._importing is not None:
            self._importing.cancel()
        if self._ahead is not None:
            self._ahead.end()
        for heard in (self._listener, self._bridge, self._disk, self._sharing):
            if heard is not None:
                heard.close()
        self._listener = self._bridge = self._disk = self._sharing = None
        services, self.services, self._telling.services = self.services, None, None
        return services

    # being opened

    def _connect(self) -> None:
        self.defect_met.connect(self._telling.tell_defect, Qt.ConnectionType.QueuedConnection)
        self.window.lock_asked.connect(self.lock)
        self.window.text_step_asked.connect(self._use_text_step)
        self.window.closing.connect(self.close)
        self._idle.warned.connect(self._warn_of_lock)
        self._idle.due.connect(self.lock)
        self.entrance.opened.connect(self._opened)
        self.entrance.unlocked.connect(self._unlocked)
        self.entrance.elsewhere.connect(self.window.close)
        self.entrance.told.connect(self.window.warn)
        self.entrance.practice_asked.connect(self.open_practice)
        self.entrance.own_folder_asked.connect(self.open_own_store)
        self.entrance.other_store_asked.connect(self._leave_for)

    def _opened(self, services: Services) -> None:
        self.services = self._telling.services = services
        self._bridge = FeedBridge(services.place.feed, self)
        arrivals = Arrivals(partial(self._caught_up, services), self._bridge)
        self._bridge.touched.connect(arrivals.take)
        arrivals.arrived.connect(self._touched)
        self._disk = DiskTrouble(self.window, self.tasks, services)
        self._disk.ended.connect(self._disk_is_back)
        from ui.sharing_watch import SharingWatch

        self._sharing = SharingWatch(self.tasks, services, self.window, self)
        self._sharing.rounds.ended.connect(arrivals.look)
        self.tasks.run(partial(_take_up_rescued, services))
        from ui.one_window import RaiseListener

        self._listener = RaiseListener(self._folder.path, self)
        self._listener.asked.connect(self._come_forward)
        for key, factory in factories(self, services).items():
            self.window.register(key, factory)
        self.window.set_go_to(partial(_go_to_hits, services))
        self.window.status_bar.show_practice(on=services.is_practice)
        self.window.hide_lock()
        self.window.open(Route(Place.TODAY))
        if self.entrance.team_tab:
            self.window.open(Route(Place.TEAM, tab=self.entrance.team_tab))
        self._show_team()
        self._tell_at_start(services)
        if not services.is_practice:
            self._idle.watch()
        care = BackgroundCare(self.tasks, services, self)
        care.backed_up.connect(self._backed_up)
        care.found.connect(self.window.warn)
        care.begin()
        self._import_rest.start()

    def _caught_up(self, services: Services) -> None:
        """After what the screens have asked for, and what they write: the store thread keeps its order."""
        if self.services is services:  # else the window is closing
            self.tasks.run(partial(_all_shown, services))

    def _unlocked(self) -> None:
        self._idle.watch()
        if self._sharing is not None:
            self._sharing.unlocked()

    def _import_screens(self) -> None:
        if self._importing is None:
            self._importing = self.tasks.run(import_all, self._imported, side=True)
        elif self._has_imported:
            self._make_ahead()

    def _imported(self, _nothing: None) -> None:
        self._has_imported = True
        self._make_ahead()

    def _make_ahead(self) -> None:
        if self.services is not None and self._ahead is None:
            self._ahead = MakingAhead(self.window.make_ahead(MADE_AHEAD), self)

    def _tell_at_start(self, services: Services) -> None:
        """One message at most: what led here, an unexpected stop, an update."""
        if self._telling.tell_first():
            return
        if services.stopped_before:
            self._telling.tell_stop(services)
        else:
            self._tell_news(services)

    def _tell_news(self, services: Services) -> None:
        """What an update brought, once."""
        from ui.screens.settings.components import version

        present, seen = version(), self._settings.seen_version
        if present != seen:
            self.change_settings(seen_version=present)
        if services.was_upgraded or seen not in ("", present):
            self.window.warn(news(present, was_upgraded=services.was_upgraded), "info")

    def _backed_up(self) -> None:
        self.window.touched(Changes(frozenset({("backup", "")})))

    def _disk_is_back(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None:
            self.window.write_again()
        else:
            when_idle(focused, self.window.write_again)

    def _touched(self, changes: Changes) -> None:
        if self.services is None:  # the window is closing; its screens ask for nothing more
            return
        if changes.origin == "here":
            now = self._clock.now().astimezone(JAPAN)
            self.window.status_bar.show_saved(f"この端末に保存済み {now:%H:%M}")
        self.window.touched(changes)
        if self._sharing is not None:
            self._sharing.touched(changes)
        if changes.touch("team", "project_year", "person", "company"):
            self._team_rest.start()

    def _show_team(self) -> None:
        if self.services is not None:
            self.tasks.run(partial(_team_words, self.services), self._team_read)

    def _team_read(self, read: tuple[tuple[str, str, str], int]) -> None:
        words, companies = read
        self.window.left_bar.show_team(*words)
        self.window.left_bar.show_count(Place.COMPANIES, str(companies or ""))

    def _warn_of_lock(self) -> None:
        self.window.tell("あと1分で画面に鍵がかかります。入力した内容は保存済みです")

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    # keeping

    def _use_text_step(self, step: int) -> None:
        self.change_settings(text_step=step)

    def _remember_settings(self) -> None:
        # On the store thread, which does all that was asked of it before it ends.
        self.tasks.run(partial(self._save_settings, self._settings))

    def _save_settings(self, settings: Settings, _ticket: Ticket) -> None:
        save_settings(self._settings_file, settings)

    def _close_store(self, services: Services, _ticket: Ticket) -> None:
        self.entrance.door().close(services)


def _loaded(settings_file: Path) -> tuple[Settings, SettingsUnreadable | None]:
    try:
        return load_settings(settings_file), None
    except SettingsUnreadable as fault:
        return Settings(), fault


def _looks(settings: Settings) -> tuple[object, ...]:
    return settings.theme, settings.text_step, settings.for_fingers


def _take_up_rescued(services: Services, _ticket: Ticket) -> int:
    taken_up = services.drafts.take_up_rescued()
    services.visit_choices.write_waiting()
    return taken_up


def _make_practice(practice: StoreFolder, _ticket: Ticket) -> bool:
    from app.services.practice_store import make_practice_store

    return make_practice_store(practice)


def _team_words(services: Services, _ticket: Ticket) -> tuple[tuple[str, str, str], int]:
    """Region, 年度 and people for the left bar, and how many companies there are."""
    from app.domain.calendar import fiscal_year_short

    team = services.team.team()
    people = services.people.of_team()
    named = "・".join(person.name.split()[0] for person in people[:2] if person.name.strip())
    others = f" ほか{len(people) - 2}人" if len(people) > 2 else ""
    year = f"{fiscal_year_short(team.fiscal_year)} ({team.year_number}年目)"
    return (team.region, year, named + others), services.companies.count()


def _all_shown(services: Services, _ticket: Ticket) -> None:
    services.place.shown.caught_up()


def _go_to_hits(services: Services, text: str) -> list[GoToHit]:
    from ui.go_to_hits import hits

    return hits(services, text)
