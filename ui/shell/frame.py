"""What stands around the screens: left bar, header, title line, bars of messages, touch bar, status bar."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.navigation import Place
from ui.screens.screen import Heading
from ui.shell import guest_view
from ui.shell.header import Header
from ui.shell.left_bar import LeftBar
from ui.shell.screen_stack import ScreenStack
from ui.shell.status_bar import StatusBar
from ui.shell.tab_order import go_on
from ui.shell.title_line import TitleLine
from ui.shell.touch_bar import TouchBar
from ui.theme.theme import theme
from ui.widgets.layouts import column, row
from ui.widgets.message_bar import MessageBar
from ui.widgets.side_panel import NARROW_WINDOW, WIDE_WINDOW
from ui.widgets.texts import Rule


class Frame(QWidget):
    """Lays its parts out and knows their order; what they show, the window tells them."""

    def __init__(self) -> None:
        super().__init__()
        self.left_bar, self.status_bar = LeftBar(), StatusBar()
        self.header, self.title_line = Header(), TitleLine()
        self.trouble_bar, self.message_bar, self.stack = MessageBar(), MessageBar(), ScreenStack()
        self.touch_bar = TouchBar()
        self._heading: Heading | None = None
        upper = row(spacing=0)
        upper.addWidget(self.left_bar)
        upper.addLayout(self._beside_the_left_bar(), 1)
        whole: QVBoxLayout = column(self, spacing=0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status_bar)

    def _beside_the_left_bar(self) -> QLayout:
        right = column(spacing=0)
        for part in (self.header, self.title_line, Rule(), self.trouble_bar, self.message_bar):
            right.addWidget(part)
        right.addWidget(self.stack, 1)
        right.addWidget(self.touch_bar)
        return right

    def arrange(self, width: int) -> None:
        """Words or icons in the left bar by the window's width; buttons at the foot for fingers."""
        px = theme().px
        self.left_bar.arrange(compact=width < px(NARROW_WINDOW), wide=width >= px(WIDE_WINDOW))
        if self.touch_bar.isHidden() == theme().metrics.for_fingers:
            self.touch_bar.setVisible(theme().metrics.for_fingers)
            if self._heading is not None:
                self.show_heading(self._heading)

    def turn_to(self, place: Place) -> None:
        """Another screen is to come in front, one of this place of the left bar."""
        self.status_bar.show_screen_text("")
        self.left_bar.mark_place(place)

    def face_guest(self, *, on: bool, is_offered: bool, is_bare: bool) -> None:
        """Show, and say at the foot, whether somebody of one company looks; `is_bare` as in `Notices`."""
        self.left_bar.setVisible(not is_bare)
        self.header.show_guest(on=on, is_offered=is_offered, is_bare=is_bare)
        self.status_bar.show_guest(guest_view.ON_WORDS if on else guest_view.FACING_WORDS if is_bare else "")

    def show_heading(self, heading: Heading) -> None:
        """Path, title and buttons of the screen in front."""
        self._heading = heading
        at_foot = heading.buttons if theme().metrics.for_fingers else ()
        self.touch_bar.show_buttons(at_foot)
        self.title_line.show_heading(replace(heading, buttons=()) if at_foot else heading)
        self.header.show_path(heading.crumbs)

    def first_target(self) -> QWidget | None:
        """The primary button of the screen in front."""
        return self.title_line.primary_button() or self.touch_bar.primary_button()

    def step_focus(self, window: QWidget, last: QWidget, *, forward: bool) -> bool:
        """Tab and Shift+Tab in reading order; `last` lies over the foot. Tells whether there is a stop."""
        rows = (self.header, self.title_line, self.touch_bar)
        above, below = (self.left_bar, self.header, self.title_line), (self.touch_bar, last)
        return go_on(window, (*above, self.message_bar, self.stack, *below), rows, forward=forward)
