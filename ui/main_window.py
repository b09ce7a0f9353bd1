"""The window: the frame around the screens, the way between them, shortcuts, notices and the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from app.changes import Changes
from app.logs import log_step
from ui.actions import COMMANDS
from ui.input_method import commit
from ui.navigation import History, Place, Route
from ui.screens.screen import Screen
from ui.shell import guest_view
from ui.shell.frame import Frame
from ui.shell.guest_view import GuestView
from ui.shell.left_bar import LeftBar
from ui.shell.notices import Notices
from ui.shell.over_all import GoToProvider, OverAll
from ui.shell.screen_keyboard import ScreenKeyboard
from ui.shell.screen_stack import ScreenFactory
from ui.shell.status_bar import StatusBar
from ui.tasks import TaskRunner
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.sight import bring_into_sight
from ui.wording import Message

FIRST_SIZE, LEAST_SIZE = (1366, 688), (1024, 520)


class MainWindow(QWidget):
    """Frame and covering pages in layers; routes, commands and notices come together here."""

    lock_asked = Signal()
    text_step_asked = Signal(int)
    closing = Signal()
    message_acted = Signal(object)
    """The next step of the Message in the bar was pressed."""
    message_acted_otherwise = Signal(object)
    """Its second step was pressed."""

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._history = History()
        self._guest = GuestView()
        self._frame = Frame()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._frame)
        self._notices = Notices(self, self._frame, self._guest)
        self._over_all = OverAll(self, tasks)
        self._connect()
        self._keyboard = ScreenKeyboard(self)
        self._bind_keys()
        theme().dress(self)
        self.setWindowTitle("伴走カルテ")
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)
        theme().changed.connect(self._arrange)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_sight)

    # --- What the program gives the window

    def register(self, screen: str, factory: ScreenFactory) -> None:
        """Make the screen of a `Route.screen` key by `factory` when it is first wanted."""
        self._frame.stack.register(screen, factory)

    def make_ahead(self, screens: Iterable[str]) -> Iterator[None]:
        """Make these screens part by part, before they are wanted."""
        return self._frame.stack.make_ahead(screens)

    def set_go_to(self, find: GoToProvider) -> None:
        """Search for Ctrl+K; called on the store thread with what was typed."""
        self._over_all.set_go_to(find)

    @property
    def left_bar(self) -> LeftBar:
        """Team words and counts."""
        return self._frame.left_bar

    @property
    def status_bar(self) -> StatusBar:
        """Saved words and the mark of a practice store."""
        return self._frame.status_bar

    # --- Going around

    def open(self, route: Route) -> None:
        """Leave the present screen and show `route`."""
        if self._refuses(route):
            return
        self._leave()
        self._history.visit(route)
        self._show(None)

    def back(self) -> None:
        """Where one was before, with caret and scroll."""
        if self._history.can_go_back and not self._refuses(self._history.earlier):
            self._leave()
            self._history.back()
            self._show(self._history.memory)

    def forward(self) -> None:
        """Undo of `back`."""
        if self._history.can_go_forward and not self._refuses(self._history.later):
            self._leave()
            self._history.forward()
            self._show(self._history.memory)

    def route(self) -> Route | None:
        """Where one is."""
        return self._history.route

    def current_screen(self) -> Screen | None:
        """The screen in front; None before the first route."""
        return self._frame.stack.in_front()

    def touched(self, changes: Changes) -> None:
        """Hand what a finished action changed to every screen made so far."""
        self._frame.stack.touched(changes)

    # --- Notices

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast for ten seconds; none before a guest, whom it does not concern."""
        self._notices.tell(text, undo, is_bare=self._is_bare)

    @property
    def trouble_bar(self) -> MessageBar:
        """What stands above every screen for as long as it lasts; see `ui.disk_trouble`."""
        return self._frame.trouble_bar

    def warn(self, message: Message, kind: MessageKind = "warn", other: str = "") -> None:
        """Show a message above the screen until it is closed or replaced; `other` names a second step.

        Before a guest it waits until they no longer look, unless what is typed is in danger.
        """
        self._notices.warn(message, kind, other, is_bare=self._is_bare)

    def drop_message(self, beginnings: tuple[str, ...]) -> None:
        """Take a message away whose code begins so: it is told elsewhere now."""
        self._notices.drop(beginnings)

    def write_again(self) -> None:
        """The disk takes writes again: have the screen in front write what was refused."""
        screen, route = self.current_screen(), self._history.route
        if screen is not None and route is not None and not self.is_locked:
            screen.write_again(route)

    # --- Lock

    def show_lock(self, page: QWidget) -> None:
        """Cover everything with `page`: lock, first run. What is typed is taken over first."""
        self._leave()
        self._over_all.dismiss_palette()
        self._notices.toast.hide()
        self.hide_lock()
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_lock(self) -> None:
        """Take the covering page away and show the screen as it was left."""
        cover = self._layers.currentWidget()
        if cover is self._frame or cover is None:
            return
        self._layers.setCurrentWidget(self._frame)
        self._layers.removeWidget(cover)
        cover.deleteLater()
        if (screen := self.current_screen()) is not None:
            screen.restore(self._history.memory)

    @property
    def is_locked(self) -> bool:
        """Whether a page covers the screens."""
        return self._layers.currentWidget() is not self._frame

    # --- Commands

    def run_command(self, command_id: str) -> None:
        """Do a command of `ui.actions`: the screen's own meaning first, then the window's."""
        if self.is_locked:
            return
        commit()
        if not self._guest.lets_run(command_id, is_bare=self._is_bare):
            self._notices.answer(guest_view.NOT_NOW if self._guest.is_on else guest_view.NOT_WHILE_READING)
            return
        act = self._commands().get(command_id)
        if act is not None:
            log_step("command", command_id)
            act()

    def _commands(self) -> Mapping[str, Callable[[], None]]:
        own: dict[str, Callable[[], None]] = {
            "go_to": self._open_palette,
            "help": self._open_help,
            "keys": self._open_keys,
            "find": self._find_everywhere,
            "find_everywhere": self._find_everywhere,
            "back": self.back,
            "forward": self.forward,
            "next_place": self._next_place,
            "previous_place": self._previous_place,
            "lock": self.lock_asked.emit,
            "save": self._answer_save,
            "guest": self._turn_guest_view,
            "undo": self._undo_told,
            "text_larger": self._larger,
            "text_smaller": self._smaller,
            "text_standard": self._standard,
        }
        screen = self.current_screen()
        return {**own, **screen.commands()} if screen is not None else own

    def _named_commands(self) -> set[str]:
        """Those of help and palette: F11 only where it shows something, though everywhere it answers."""
        is_offered = self._guest.is_offered(self._history.route)
        return {each for each in self._commands() if each != "guest" or is_offered}

    def _bind_keys(self) -> None:
        for known in COMMANDS:
            for keys in known.keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setObjectName(known.id)
                shortcut.activated.connect(self._key_pressed)

    def _key_pressed(self) -> None:
        self.run_command(self.sender().objectName())

    def _find_everywhere(self) -> None:
        self.open(Route(Place.SEARCH))

    def _answer_save(self) -> None:
        if (screen := self.current_screen()) is not None:
            screen.flush_fields()
        self._notices.answer(self._frame.status_bar.saved_text() or "この端末に保存済み")

    def _undo_told(self) -> None:
        """On a screen without undo of its own, Ctrl+Z takes back what the notice still offers to."""
        if self._notices.toast.isVisible():
            self._notices.toast.undo()

    def _larger(self) -> None:
        self.text_step_asked.emit(int(theme().metrics.step.larger()))

    def _smaller(self) -> None:
        self.text_step_asked.emit(int(theme().metrics.step.smaller()))

    def _standard(self) -> None:
        self.text_step_asked.emit(int(TextStep.STANDARD))

    def _next_place(self) -> None:
        self._frame.left_bar.step(1)

    def _previous_place(self) -> None:
        self._frame.left_bar.step(-1)

    # --- 来客表示

    @property
    def _is_bare(self) -> bool:
        """Whether the window shows one company and nothing beside it."""
        screen = self.current_screen()
        return self._guest.is_on or (screen is not None and screen.is_for_guests)

    def _refuses(self, route: Route | None) -> bool:
        if self._guest.lets_open(route):
            return False
        self._notices.answer(guest_view.NOT_NOW)
        return True

    def _turn_guest_view(self) -> None:
        if not self._guest.turn(self._history.route):
            self.tell(guest_view.NOT_HERE)
            return
        self._notices.toast.hide()
        self._over_all.dismiss_palette()
        if self._guest.is_on:
            self._notices.hide_message()
        self._face_guest()
        self._show_heading()
        if not self._is_bare:
            self._notices.show_held()

    def _face_guest(self) -> None:
        """Let frame and screen show what the guest view says."""
        screen, is_on = self.current_screen(), self._guest.is_on
        if screen is not None:
            screen.face_guest(on=is_on)
        is_offered = self._guest.is_offered(self._history.route)
        self._frame.face_guest(on=is_on, is_offered=is_offered, is_bare=self._is_bare)

    # --- What lies over all

    def _open_help(self) -> None:
        self._over_all.open_help(self.route(), self._named_commands())

    def _open_keys(self) -> None:
        self._over_all.open_keys(self._named_commands())

    def _open_palette(self) -> None:
        self._over_all.open_palette(self._named_commands())

    # --- Connecting and arranging

    def _connect(self) -> None:
        frame, stack = self._frame, self._frame.stack
        frame.left_bar.chosen.connect(self._open_place)
        frame.header.crumb_pressed.connect(self.open)
        for pressed in (frame.header.commanded, frame.title_line.pressed, frame.touch_bar.pressed):
            pressed.connect(self.run_command)
        stack.heading_changed.connect(self._show_heading)
        stack.status_changed.connect(frame.status_bar.show_screen_text)
        stack.go.connect(self.open)
        stack.commanded.connect(self.run_command)
        stack.told.connect(self._screen_told)
        stack.warned.connect(self._screen_warned)
        self._over_all.route_chosen.connect(self.open)
        self._over_all.command_chosen.connect(self.run_command)
        self._notices.acted.connect(self.message_acted)
        self._notices.acted_otherwise.connect(self.message_acted_otherwise)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words or icons in the left bar by width."""
        super().resizeEvent(event)
        self._arrange()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Tab and Shift+Tab."""
        return self._frame.step_focus(self, self._notices.toast, forward=next)

    def _keep_in_sight(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Also where a command moves the focus, as into a panel."""
        if new is not None and self.isAncestorOf(new) and new.visibleRegion().isEmpty():
            bring_into_sight(new)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take over what is typed, then tell the program."""
        if not self.is_locked:
            self._leave()
        self.closing.emit()
        super().closeEvent(event)

    def _arrange(self) -> None:
        self._frame.arrange(self.width())

    # --- Screens

    def _leave(self) -> None:
        commit()
        if (screen := self.current_screen()) is not None:
            screen.leave()
            self._history.remember(screen.memory())

    def _show(self, memory: object) -> None:
        route = self._history.route
        if route is None:
            return
        log_step("screen", f"{route.screen}.{route.tab or ''}")
        screen = self._frame.stack.screen_for(route.screen)
        self._notices.hide_message()
        self._frame.turn_to(route.place)
        self._frame.header.allow(back=self._history.can_go_back, forward=self._history.can_go_forward)
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()  # else Qt looks through the whole window for another place, to be left again
        screen.enter(route)
        self._frame.stack.setCurrentWidget(screen)
        self._face_guest()
        self._show_heading()
        self._focus(screen)
        if memory is not None:
            screen.restore(memory)

    def _focus(self, screen: Screen) -> None:
        primary = self._frame.first_target()
        target = screen if screen.focusProxy() is not None or primary is None else primary
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_heading(self) -> None:
        screen = self.current_screen()
        if screen is not None:
            self._frame.show_heading(self._guest.heading(screen.heading()))

    def _screen_told(self, text: str, undo: Callable[[], None] | None, is_in_front: bool) -> None:
        if is_in_front:
            self._notices.answer(text, undo)
        else:
            self.tell(text, undo)

    def _screen_warned(self, message: Message, kind: MessageKind, is_in_front: bool) -> None:
        if is_in_front:
            self._notices.show_message(message, kind)
        else:
            self.warn(message, kind)

    def _open_place(self, place: Place) -> None:
        self.open(Route(place))
