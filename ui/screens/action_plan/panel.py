"""The panel of 計画: one すること, a new one, or the plan itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.screens.action_plan.action_page import ActionPage, NewActionPage
from ui.screens.action_plan.plan_page import PlanPage
from ui.screens.action_plan.presenter import PlanShown
from ui.theme.fonts import Role
from ui.widgets.buttons import IconButton
from ui.widgets.layouts import NO_MARGINS, column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule, Text

PLAN, ACTION = "plan", "action"


class PlanPanel(QWidget):
    """`plan`, `action` and `new` are its pages; their signals are for the tab."""

    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self.plan, self.action, self.new = PlanPage(today), ActionPage(today), NewActionPage()
        self._no_action = Text("することを選ぶと、ここで直せます", Role.TABLE, "sub")
        self._no_action.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._has_action = False
        self._chooser = Segmented(
            [Option(PLAN, "計画"), Option(ACTION, "すること")], name="右の欄", small=True
        )
        self._pages = QStackedWidget()
        pages: tuple[QWidget, ...] = (self.plan, self.action, self.new)
        self._scrolls = {page: _scrolling(page) for page in pages}
        self._nothing_yet = QWidget()
        for page in (*self._scrolls.values(), self._no_action, self._nothing_yet):
            self._pages.addWidget(page)
        close = IconButton("close", "右の欄を閉じる", key="Esc")
        head = row(spacing=8, margins=(20, 6, 8, 6))
        put(head, self._chooser, None, close)
        whole = column(self, spacing=0)
        put(whole, head, Rule())
        whole.addWidget(self._pages, 1)
        self._chooser.chosen.connect(self.show_page)
        close.clicked.connect(self.closed)

    def blank(self) -> None:
        """Show nothing until the plan of another company is there."""
        self._has_action = False
        self._pages.setCurrentWidget(self._nothing_yet)

    def show_plan(self, shown: PlanShown) -> None:
        """Show the plan on its page."""
        self.plan.show_plan(shown)
        if self._pages.currentWidget() is self._nothing_yet:
            self.show_page(self._chooser.value())

    def show_has_action(self) -> None:
        """An action is shown on its page."""
        self._has_action = True
        if self._pages.currentWidget() is self._no_action:
            self.show_page(ACTION)

    def show_no_action(self) -> None:
        """No action is chosen."""
        self._has_action = False
        if self._pages.currentWidget() is self._scrolls[self.action]:
            self.show_page(ACTION)

    def show_page(self, page: str) -> None:
        """Bring PLAN or ACTION to the front."""
        self._chooser.choose(page)
        if page == PLAN:
            self._pages.setCurrentWidget(self._scrolls[self.plan])
        else:
            self._pages.setCurrentWidget(self._scrolls[self.action] if self._has_action else self._no_action)

    def begin_new(self) -> None:
        """Ask for the words of a new action."""
        self._chooser.choose(ACTION)
        self._pages.setCurrentWidget(self._scrolls[self.new])
        self.new.begin()

    def flush(self) -> None:
        """Take over what is typed on the pages of what there is."""
        self.plan.flush()
        self.action.flush()


def _scrolling(page: QWidget) -> ScrollPage:
    scroll = ScrollPage(spacing=0, margins=NO_MARGINS)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.setProperty("ground", "surface")
    scroll.body.addWidget(page)
    return scroll
