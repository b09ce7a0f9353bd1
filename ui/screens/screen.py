"""What every screen is: a widget that is entered, left, told of changes, and names its commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from ui.input_method import commit
from ui.navigation import Route
from ui.theme.paint import State
from ui.wording import Message


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path 「企業 > 北国精密(株) > 概要」; a link unless it is the last."""

    label: str
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class MeterFact:
    """A count with cells on the title line: 「連携会議 ▰▱▱ 1/3回」."""

    word: str
    done: int
    cells: int
    figure: str


Fact = str | State | MeterFact


@dataclass(frozen=True, slots=True)
class LineButton:
    """A button at the right end of the title line; `action` is a key of the screen's `commands()`.

    `key` is shown on the button where the action is no command of the window, such as Enter. Not `enabled`
    is a button that stays where it is while there is nothing to do it with.
    """

    action: str
    label: str = ""
    icon: str | None = None
    primary: bool = False
    key: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """What header and title line show for a screen. The primary button, at most one, comes last."""

    title: str
    crumbs: tuple[Crumb, ...] = ()
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    buttons: tuple[LineButton, ...] = ()


class Screen(QWidget):
    """Base of all screens. One instance serves every route of its kind; the window calls its methods."""

    heading_changed = Signal()
    """The title line has to be read again from `heading()`."""
    status_changed = Signal(str)
    """Words for the status bar, such as 「7件を選択中」; "" for none."""
    go = Signal(object)
    """Go to a Route."""
    asked_in_front = Signal(str)
    """Do a command of the screen that is in front by then."""
    told = Signal(str, object)
    """Show a toast: its words, and a callable for 元に戻す or None."""
    warned = Signal(object, str)
    """Show a Message across the screen, of a kind "info", "warn" or "danger"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self.setProperty("ring", "none")

    is_for_guests = False
    """Whether the screen is made to be turned to the client: no left bar, no search, no notices of others."""

    def face_guest(self, *, on: bool) -> None:
        """来客表示 was turned on or off: show a guest nothing that is 秘密."""

    def heading(self) -> Heading:
        """What header and title line show now."""
        return Heading("")

    def enter(self, route: Route) -> None:
        """Show what the route names. Ask for rows through the task runner; never block."""

    def leave(self) -> None:
        """Called before another screen, the lock or the end: take over every field's text."""
        self.flush_fields()

    def make_ahead(self) -> Iterator[None]:
        """Make by and by, one part a step, what is otherwise made when it is first shown."""
        yield from ()

    def flush_fields(self) -> None:
        """End an open conversion and let every text field tell what was typed."""
        # Imported here: the window shows its first page before any field is needed.
        from ui.widgets.fields.long_text_field import LongTextField
        from ui.widgets.fields.text_field import TextField

        commit()
        fields: list[TextField | LongTextField] = [*self.findChildren(TextField)]
        fields += self.findChildren(LongTextField)
        for field in fields:
            field.flush()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What this screen does for commands of `ui.actions` and for buttons of its title line."""
        return {}

    def touched(self, changes: Changes) -> None:
        """A finished action changed records; also called while another screen is in front."""

    def write_again(self, route: Route) -> None:
        """The disk takes writes again: show the route anew; refused text is back in its fields as drafts."""
        self.leave()
        self.enter(route)

    def memory(self) -> object:
        """What to put back when one returns here by Alt+Left: caret, scroll, chosen row."""
        return None

    def restore(self, memory: object) -> None:
        """Put back what `memory` gave, as soon as the rows are there."""

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast, with 元に戻す when `undo` is given."""
        self.told.emit(text, undo)

    def warn(self, message: Message, kind: str = "warn") -> None:
        """Show a message in three parts above the screen."""
        self.warned.emit(message, kind)
