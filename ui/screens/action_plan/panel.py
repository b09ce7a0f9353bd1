"""The panel of 計画: one すること, a new one, or the plan itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
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

PLAN, ACTION, NEW = "plan", "action", "new"


class PlanPanel(QWidget):
    """`plan`, `action` and `new` are its pages; their signals are for the tab.

    The first two are made when they are first wanted: most plans are looked at with the panel closed.
    """

    closed = Signal()
    page_made = Signal(str)
    """PLAN or ACTION was made and shows nothing yet."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._today = today
        self._plan: PlanPage | None = None
        self._action: ActionPage | None = None
        self.new = NewActionPage()
        self._has_plan = False
        self._no_action = Text("することを選ぶと、ここで直せます", Role.TABLE, "sub")
        self._no_action.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._has_action = False
        self._chooser = Segmented(
            [Option(PLAN, "計画"), Option(ACTION, "すること")], name="右の欄", small=True
        )
        self._pages = QStackedWidget()
        self._scrolls: dict[QWidget, ScrollPage] = {}
        self._nothing_yet = QWidget()
        for page in (self._nothing_yet, self._no_action):
            self._pages.addWidget(page)
        self._take_in(self.new)
        close = IconButton("close", "右の欄を閉じる", key="Esc")
        head = row(spacing=8, margins=(20, 6, 8, 6))
        put(head, self._chooser, None, close)
        whole = column(self, spacing=0)
        put(whole, head, Rule())
        whole.addWidget(self._pages, 1)
        self._chooser.chosen.connect(self.show_page)
        close.clicked.connect(self.closed)

    @property
    def plan(self) -> PlanPage:
        """The plan itself."""
        if self._plan is None:
            self._plan = PlanPage(self._today)
            self._take_in(self._plan)
            self.page_made.emit(PLAN)
        return self._plan

    @property
    def action(self) -> ActionPage:
        """One すること."""
        if self._action is None:
            self._action = ActionPage(self._today)
            self._take_in(self._action)
            self.page_made.emit(ACTION)
        return self._action

    def make_ahead(self) -> Iterator[None]:
        """Its pages, before they are wanted."""
        _ = self.action
        yield
        _ = self.plan
        yield

    def is_made(self, page: str) -> bool:
        """Whether PLAN or ACTION was wanted so far."""
        return {PLAN: self._plan, ACTION: self._action}[page] is not None

    def blank(self) -> None:
        """Show nothing until the plan of another company is there."""
        self._has_action = self._has_plan = False
        self._pages.setCurrentWidget(self._nothing_yet)

    def show_plan(self, shown: PlanShown) -> None:
        """Show the plan on its page, if that is made."""
        self._has_plan = True
        if self._plan is not None:
            self._plan.show_plan(shown)
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        """In sight, the panel has something to show."""
        super().showEvent(event)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._has_plan and self.isVisible() and self._pages.currentWidget() is self._nothing_yet:
            self.show_page(self._chooser.value())

    def show_has_action(self) -> None:
        """An action is shown on its page."""
        self._has_action = True
        if self._pages.currentWidget() is self._no_action:
            self.show_page(ACTION)

    def show_no_action(self) -> None:
        """No action is chosen."""
        self._has_action = False
        if self._action is not None and self._pages.currentWidget() is self._scrolls[self._action]:
            self.show_page(ACTION)

    def show_page(self, page: str) -> None:
        """Bring PLAN, ACTION or NEW to the front."""
        self._chooser.choose(PLAN if page == PLAN else ACTION)
        self._pages.setCurrentWidget(self._front(page))

    def _front(self, page: str) -> QWidget:
        if page == NEW:
            return self._scrolls[self.new]
        if page == PLAN:
            return self._scrolls[self.plan]
        return self._scrolls[self.action] if self._has_action else self._no_action

    def flush(self) -> None:
        """Take over what is typed on the pages of what there is."""
        for page in (self._plan, self._action):
            if page is not None:
                page.flush()

    def _take_in(self, page: QWidget) -> None:
        self._scrolls[page] = _scrolling(page)
        self._pages.addWidget(self._scrolls[page])


def _scrolling(page: QWidget) -> ScrollPage:
    scroll = ScrollPage(spacing=0, margins=NO_MARGINS)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.setProperty("ground", "surface")
    scroll.body.addWidget(page)
    return scroll
