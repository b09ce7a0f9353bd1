"""The window: the shell around the screens, the way between them, shortcuts, notices and the lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.logs import log_step
from ui.actions import COMMANDS
from ui.input_method import commit
from ui.navigation import History, Place, Route
from ui.screens.screen import Screen
from ui.shell import guest_view
from ui.shell.guest_view import GuestView
from ui.shell.header import Header
from ui.shell.left_bar import LeftBar
from ui.shell.screen_keyboard import ScreenKeyboard
from ui.shell.status_bar import StatusBar
from ui.shell.tab_order import go_on
from ui.shell.title_line import TitleLine
from ui.shell.touch_bar import TouchBar
from ui.tasks import TaskRunner
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.layouts import column, row
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.side_panel import NARROW_WINDOW, WIDE_WINDOW
from ui.widgets.sight import bring_into_sight
from ui.widgets.texts import Rule
from ui.widgets.toast import Toast
from ui.wording import Message

if TYPE_CHECKING:
    from ui.help_texts import HelpText
    from ui.shell.go_to import GoToHit, GoToPalette

ScreenFactory = Callable[[], Screen]
GoToProvider = Callable[[str], "list[GoToHit]"]
TROUBLES = ("disk.",)
"""Beginnings of the codes that the bar for lasting trouble tells."""
FIRST_SIZE, LEAST_SIZE = (1366, 688), (1024, 520)


class MainWindow(QWidget):
    """Screens are made on first use by factories, so that starting imports none of them."""

    lock_asked = Signal()
    text_step_asked = Signal(int)
    closing = Signal()
    message_acted = Signal(object)
    """The next step of the Message in the bar was pressed."""
    message_acted_otherwise = Signal(object)
    """Its second step was pressed."""

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self._factories: dict[str, ScreenFactory] = {}
        self._screens: dict[str, Screen] = {}
        self._history = History()
        self._find: GoToProvider | None = None
        self._message = Message("")
        self._guest = GuestView()
        self._palette: GoToPalette | None = None
        self._build()
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
        self._factories[screen] = factory

    def set_go_to(self, find: GoToProvider) -> None:
        """Search for Ctrl+K; called on the store thread with what was typed."""
        self._find = find

    @property
    def left_bar(self) -> LeftBar:
        """Team words and counts."""
        return self._left_bar

    @property
    def status_bar(self) -> StatusBar:
        """Saved words and the mark of a practice store."""
        return self._status_bar

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
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def touched(self, changes: Changes) -> None:
        """Hand what a finished action changed to every screen made so far."""
        for screen in self._screens.values():
            screen.touched(changes)

    # --- Notices

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast for ten seconds; none before a guest, whom it does not concern."""
        if not self._is_bare:
            self._toast.tell(text, undo)

    @property
    def trouble_bar(self) -> MessageBar:
        """What stands above every screen for as long as it lasts; see `ui.disk_trouble`."""
        return self._trouble_bar

    def warn(self, message: Message, kind: MessageKind = "warn", other: str = "") -> None:
        """Show a message above the screen until it is closed or replaced; `other` names a second step.

        Before a guest it waits until they no longer look, unless what is typed is in danger.
        """
        if message.code.startswith(TROUBLES) and not self._trouble_bar.isHidden():
            return  # said there already
        if self._is_bare and not self._guest.lets_see(message, kind):
            self._guest.hold(message, kind, other)
            return
        self._show_message(message, kind, other)

    def _show_message(self, message: Message, kind: MessageKind, other: str = "") -> None:
        self._message = message
        self._message_bar.tell(message, kind, other=other)

    def drop_message(self, beginnings: tuple[str, ...]) -> None:
        """Take a message away whose code begins so: it is told elsewhere now."""
        if self._message.code.startswith(beginnings):
            self._message_bar.hide()

    def write_again(self) -> None:
        """The disk takes writes again: have the screen in front write what was refused."""
        screen, route = self.current_screen(), self._history.route
        if screen is not None and route is not None and not self.is_locked:
            screen.write_again(route)

    # --- Lock

    def show_lock(self, page: QWidget) -> None:
        """Cover everything with `page`: lock, first run. What is typed is taken over first."""
        self._leave()
        if self._palette is not None:
            self._palette.dismiss()
        self._toast.hide()
        self.hide_lock()
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_lock(self) -> None:
        """Take the covering page away and show the screen as it was left."""
        cover = self._layers.currentWidget()
        if cover is self._shell or cover is None:
            return
        self._layers.setCurrentWidget(self._shell)
        self._layers.removeWidget(cover)
        cover.deleteLater()
        if (screen := self.current_screen()) is not None:
            screen.restore(self._history.memory)

    @property
    def is_locked(self) -> bool:
        """Whether a page covers the screens."""
        return self._layers.currentWidget() is not self._shell

    # --- Commands

    def run_command(self, command_id: str) -> None:
        """Do a command of `ui.actions`: the screen's own meaning first, then the window's."""
        if self.is_locked:
            return
        commit()
        if not self._guest.lets_run(command_id, is_bare=self._is_bare):
            self._toast.tell(guest_view.NOT_NOW if self._guest.is_on else guest_view.NOT_WHILE_READING)
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
        self._toast.tell(self._status_bar.saved_text() or "この端末に保存済み")

    def _undo_told(self) -> None:
        """On a screen without undo of its own, Ctrl+Z takes back what the notice still offers to."""
        if self._toast.isVisible():
            self._toast.undo()

    def _larger(self) -> None:
        self.text_step_asked.emit(int(theme().metrics.step.larger()))

    def _smaller(self) -> None:
        self.text_step_asked.emit(int(theme().metrics.step.smaller()))

    def _standard(self) -> None:
        self.text_step_asked.emit(int(TextStep.STANDARD))

    def _next_place(self) -> None:
        self._left_bar.step(1)

    def _previous_place(self) -> None:
        self._left_bar.step(-1)

    # --- 来客表示

    @property
    def _is_bare(self) -> bool:
        """Whether the window shows one company and nothing beside it."""
        screen = self.current_screen()
        return self._guest.is_on or (screen is not None and screen.is_for_guests)

    def _refuses(self, route: Route | None) -> bool:
        if self._guest.lets_open(route):
            return False
        self._toast.tell(guest_view.NOT_NOW)
        return True

    def _turn_guest_view(self) -> None:
        if not self._guest.turn(self._history.route):
            self.tell(guest_view.NOT_HERE)
            return
        self._toast.hide()
        if self._palette is not None:
            self._palette.dismiss()
        if self._guest.is_on:
            self._message_bar.hide()
        self._face_guest()
        self._show_heading()
        held = None if self._is_bare else self._guest.held()
        if held is not None:
            self._show_message(*held)

    def _face_guest(self) -> None:
        """Let shell and screen show what the guest view says."""
        screen, is_on = self.current_screen(), self._guest.is_on
        if screen is not None:
            screen.face_guest(on=is_on)
        is_offered = self._guest.is_offered(self._history.route)
        self._left_bar.setVisible(not self._is_bare)
        self._header.show_guest(on=is_on, is_offered=is_offered, is_bare=self._is_bare)
        words = guest_view.ON_WORDS if is_on else guest_view.FACING_WORDS if self._is_bare else ""
        self._status_bar.show_guest(words)

    # --- Help

    def _open_help(self) -> None:
        from ui.help_texts import help_for

        route = self.route()
        self._show_help(help_for(route) if route is not None else None)

    def _open_keys(self) -> None:
        self._show_help(None)

    def _show_help(self, text: HelpText | None) -> None:
        # Imported here, as the palette is.
        from ui.key_list import keys_of
        from ui.shell.help_panel import HelpPanel

        opener = self.focusWidget() or self
        for open_one in self.findChildren(HelpPanel):
            open_one.dismiss()
        panel = HelpPanel(self, text, keys_of(self._named_commands()))
        panel.print_asked.connect(self._print_keys)
        panel.open_below(opener)

    def _print_keys(self) -> None:
        from ui.printing.key_sheet import print_key_sheet

        print_key_sheet(self, self._tasks)

    # --- The palette

    def _open_palette(self) -> None:
        # Imported here: most of a day passes without it, and starting must be quick.
        from ui.shell.go_to import GoToPalette, command_hits, place_hits

        if self._palette is None:
            self._palette = GoToPalette(self)
            self._palette.asked.connect(self._search)
            self._palette.chosen.connect(self._go_to)
        self._palette.open_with([*place_hits(), *command_hits(self._named_commands())])

    def _search(self, text: str) -> None:
        find = self._find
        if find is None:
            self._show_hits((text, []))
        else:
            self._tasks.run(lambda _: (text, find(text)), self._show_hits)

    def _show_hits(self, answer: tuple[str, list[GoToHit]]) -> None:
        if self._palette is not None:
            self._palette.show_hits(*answer)

    def _go_to(self, hit: GoToHit) -> None:
        if hit.route is not None:
            self.open(hit.route)
        else:
            self.run_command(hit.command)

    # --- Building and arranging

    def _build(self) -> None:
        self._left_bar, self._status_bar = LeftBar(), StatusBar()
        self._header, self._title_line = Header(), TitleLine()
        self._trouble_bar, self._message_bar, self._stack = MessageBar(), MessageBar(), QStackedWidget()
        self._touch_bar = TouchBar()
        self._touch_bar.pressed.connect(self.run_command)
        self._shell = self._build_shell()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._shell)
        self._toast = Toast(self, self._status_bar)
        self._left_bar.chosen.connect(self._open_place)
        self._header.commanded.connect(self.run_command)
        self._header.crumb_pressed.connect(self.open)
        self._title_line.pressed.connect(self.run_command)
        self._message_bar.acted.connect(self._message_pressed)
        self._message_bar.acted_otherwise.connect(self._other_pressed)

    def _build_shell(self) -> QWidget:
        right = column(spacing=0)
        for part in (self._header, self._title_line, Rule(), self._trouble_bar, self._message_bar):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        right.addWidget(self._touch_bar)
        upper = row(spacing=0)
        upper.addWidget(self._left_bar)
        upper.addLayout(right, 1)
        shell = QWidget()
        whole: QVBoxLayout = column(shell, spacing=0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._status_bar)
        return shell

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words or icons in the left bar by width."""
        super().resizeEvent(event)
        self._arrange()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Tab and Shift+Tab."""
        rows = (self._header, self._title_line, self._touch_bar)
        above, below = (self._left_bar, self._header, self._title_line), (self._touch_bar, self._toast)
        return go_on(self, (*above, self._message_bar, self._stack, *below), rows, forward=next)

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
        px = theme().px
        compact, wide = self.width() < px(NARROW_WINDOW), self.width() >= px(WIDE_WINDOW)
        self._left_bar.arrange(compact=compact, wide=wide)
        if self._touch_bar.isHidden() == theme().metrics.for_fingers:
            self._touch_bar.setVisible(theme().metrics.for_fingers)
            self._show_heading()

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
        screen = self._screen_for(route.screen)
        self._message_bar.hide()
        self._status_bar.show_screen_text("")
        self._left_bar.mark_place(route.place)
        self._header.allow(back=self._history.can_go_back, forward=self._history.can_go_forward)
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()  # else Qt looks through the whole window for another place, to be left again
        screen.enter(route)
        self._stack.setCurrentWidget(screen)
        self._face_guest()
        self._show_heading()
        self._focus(screen)
        if memory is not None:
            screen.restore(memory)

    def _focus(self, screen: Screen) -> None:
        primary = self._title_line.primary_button() or self._touch_bar.primary_button()
        target = screen if screen.focusProxy() is not None or primary is None else primary
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _screen_for(self, key: str) -> Screen:
        if key not in self._screens:
            screen = self._factories[key]()
            screen.heading_changed.connect(self._heading_changed)
            screen.status_changed.connect(self._status_changed)
            screen.go.connect(self.open)
            screen.asked_in_front.connect(self.run_command)
            screen.told.connect(self._screen_told)
            screen.warned.connect(self._screen_warned)
            self._screens[key] = screen
            self._stack.addWidget(screen)
        return self._screens[key]

    def _show_heading(self) -> None:
        screen = self.current_screen()
        if screen is not None:
            heading = self._guest.heading(screen.heading())
            at_foot = heading.buttons if theme().metrics.for_fingers else ()
            self._touch_bar.show_buttons(at_foot)
            self._title_line.show_heading(replace(heading, buttons=()) if at_foot else heading)
            self._header.show_path(heading.crumbs)

    def _heading_changed(self) -> None:
        if self.sender() is self.current_screen():
            self._show_heading()

    def _screen_told(self, text: str, undo: Callable[[], None] | None) -> None:
        if self.sender() is self.current_screen():
            self._toast.tell(text, undo)
        else:
            self.tell(text, undo)

    def _screen_warned(self, message: Message, kind: MessageKind) -> None:
        if self.sender() is self.current_screen():
            self._show_message(message, kind)
        else:
            self.warn(message, kind)

    def _status_changed(self, text: str) -> None:
        if self.sender() is self.current_screen():
            self._status_bar.show_screen_text(text)

    def _open_place(self, place: Place) -> None:
        self.open(Route(place))

    def _message_pressed(self) -> None:
        self.message_acted.emit(self._message)

    def _other_pressed(self) -> None:
        self.message_acted_otherwise.emit(self._message)
