"""What every page of チーム is: it shows the team, and acts beside the window with its progress in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.rows.sharing import NO_TEAM, ActNote, TeamOverview
from app.services.text_files import write_text
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Heading, LineButton
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Text
from ui.wording import Message, error_message, message

if TYPE_CHECKING:
    from app.services.directory import Services

Done = Callable[[Any], None]


class TeamPage(QWidget):
    """Base of all pages. `body` is the layout to fill; a page without `title` is チーム itself."""

    title = ""
    told = Signal(str, object)
    warned = Signal(object, str)
    go = Signal(object)
    heading_changed = Signal()
    team_changed = Signal()
    """An act was done: read the team again."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.services = services
        self.team: TeamOverview = NO_TEAM
        self.item_id = ""
        self._stop: Any = None
        self._was_stopped = False
        self._focused: QWidget | None = None
        self._bar = MessageBar()
        self._bar.acted.connect(self._take_step)
        self._scroll = ScrollPage()
        self.body = self._scroll.body
        self._progress = self._build_progress()
        whole = column(self, spacing=0)
        for part in (self._bar, self._progress):
            whole.addWidget(part)
        whole.addWidget(self._scroll, 1)

    # what the screen asks

    def heading(self) -> Heading:
        """The page's title below チーム."""
        if not self.title:
            return Heading("チーム", crumbs=(Crumb("チーム"),), buttons=self.buttons())
        crumbs = (Crumb("チーム", Route(Place.TEAM)), Crumb(self.title))
        return Heading(self.title, crumbs=crumbs, buttons=self.buttons())

    def buttons(self) -> tuple[LineButton, ...]:
        """Buttons of the title line; none while something is being done."""
        return ()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the buttons do."""
        return {}

    def enter(self, item_id: str) -> None:
        """The page comes in front, for one device, person or invitation on wish."""
        self.item_id = item_id
        self._bar.hide()

    def leave(self) -> None:
        """The page is left, or the window locks: leave no secret on the screen."""

    def show_team(self, team: TeamOverview) -> None:
        """The team was read anew."""
        self.team = team

    def open_page(self, tab: str | None = None, item_id: str = "") -> None:
        """Go to another page of チーム."""
        self.go.emit(Route(Place.TEAM, tab=tab, item_id=item_id or None))

    def rest_on_page(self) -> None:
        """Begin beside the buttons: the Enter that opened the page, pressed twice, must not end a part."""
        self._scroll.setAccessibleName(self.title)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._scroll)

    # acting

    @property
    def is_busy(self) -> bool:
        """Whether something is being done that waits on the 置き場."""
        return self._stop is not None

    def act(self, words: str, work: Callable[[Any], Any], done: Done) -> None:
        """Do `work(stop)` beside the window, saying `words` meanwhile; then `done(answer)`."""
        if self.is_busy:
            return
        self._stop = self.services.sharing.new_stop()
        self._bar.hide()
        self._words.setText(words)
        self._show_busy(is_busy=True)
        self.tasks.run(partial(_done, work, self._stop), partial(self._ended, done), self._refused, side=True)

    def tell_note(self, words: str, note: ActNote) -> None:
        """What was done; that the 置き場 has not heard of it yet is no failure."""
        self.tell_done(words, note.fault)

    def tell_done(self, words: str, fault: str = "") -> None:
        """A toast; where the 置き場 does not answer, a message above whichever page is in front by then."""
        if not fault:
            self.told.emit(words, None)
            return
        why = message(fault, {"status": 0})
        detail = (
            f"{why.title}。この端末ではもう効いています。ほかの端末には、次につながったときに伝わります。"
        )
        self.warned.emit(Message(words, detail, number=why.number, code=why.code), "info")

    def tell(self, told: Message) -> None:
        """Show a message above the page, with the step that the page can take."""
        self._bar.tell(told)

    def step_of(self, _code: str) -> Callable[[], None] | None:
        """What the button of a message with this code does; None takes the button away."""
        return None

    def _take_step(self) -> None:
        step = self.step_of(self._bar.message.code)
        self._bar.hide()
        if step is not None:
            step()

    def save_letter(self, path: Path, letter: str, saved: Callable[[None], None]) -> None:
        """Write a letter into a file that a person chose."""
        self.tasks.run(partial(_written, path, letter), saved, self.refuse, side=True)

    def _ended(self, done: Done, answer: Any) -> None:
        self._rest()
        done(answer)

    def _refused(self, fault: Exception) -> None:
        was_stopped = self._was_stopped
        self._rest()
        if was_stopped and not isinstance(fault, AppError):
            self.told.emit("やめました。途中までのことは、次のときに続きから行います", None)
        else:
            self.refuse(fault)

    def refuse(self, fault: Exception) -> None:
        """Say why something was not done; what has no case of its own is the program's to tell."""
        if isinstance(fault, AppError):
            self.tell_refusal(fault)
        else:
            self.tasks.failed_unheard.emit(fault)

    def tell_refusal(self, fault: AppError) -> None:
        """Above the page, in three parts."""
        told = error_message(fault)
        self.tell(told if self.step_of(told.code) else replace(told, action=""))

    def _rest(self) -> None:
        self._stop = None
        self._was_stopped = False
        self._show_busy(is_busy=False)

    def _show_busy(self, *, is_busy: bool) -> None:
        """The focus waits at 「やめる」, and goes back to where it was."""
        if is_busy:
            focused = QApplication.focusWidget()
            is_here = focused is not None and self._scroll.isAncestorOf(focused)
            self._focused = focused if is_here else None
            self._progress.show()
            self._give_up.setFocus()
        had_focus = self._give_up.hasFocus()
        self._scroll.setEnabled(not is_busy)
        self._progress.setVisible(is_busy)
        if not is_busy and had_focus:
            focused = self._focused
            is_there = focused is not None and isValid(focused) and focused.isVisible()
            (focused if focused is not None and is_there else self).setFocus()
        self.heading_changed.emit()

    def _ask_to_stop(self) -> None:
        if self._stop is not None:
            self._was_stopped = True
            self._stop.ask()

    def _build_progress(self) -> QWidget:
        self._words = Text("", Role.BODY, "sub", elide=True)
        self._give_up = Button("やめる", size="small")
        self._give_up.clicked.connect(self._ask_to_stop)
        shown = QWidget()
        line = row(shown, spacing=12, margins=(20, 6, 16, 6))
        line.addWidget(self._words, 1)
        line.addWidget(self._give_up)
        shown.hide()
        return shown


def _written(path: Path, letter: str, _ticket: Ticket) -> None:
    write_text(path, f"{letter}\n")


def _done(work: Callable[[Any], Any], stop: Any, _ticket: Ticket) -> Any:
    return work(stop)
