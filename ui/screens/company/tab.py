"""What a tab of 企業カルテ is: a widget that shows one company below the tab strip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.rows.companies import CompanyCard
from ui.screens.screen import LineButton


class CompanyTab(QWidget):
    """Made once as `SomeTab(tasks, services)` and used for every company.

    The file forwards entering, leaving, changes and commands. A tab takes the focus through its focus proxy.
    """

    go = Signal(object)
    """Go to a Route."""
    told = Signal(str, object)
    """Show a toast: its words, and a callable for 元に戻す or None."""
    warned = Signal(object, str)
    """Show a Message across the screen, of a kind "info", "warn" or "danger"."""
    status_changed = Signal(str)
    """Words for the status bar; "" for none."""
    heading_changed = Signal()
    """`heading_buttons()` gives something else now."""

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show this company, also when it is shown already. Ask through the task runner; never block.

        `anchor` is the id of the record to go to (the route's `item_id` or `anchor`), "" for none.
        """

    def make_ahead(self) -> Iterator[None]:
        """Make by and by, one part a step, what is otherwise made when it is first shown."""
        yield from ()

    def leave(self) -> None:
        """Called before another tab, screen or company, the lock or the end.

        The file has ended the conversion and flushed every text field inside before.
        """

    def touched(self, changes: Changes) -> None:
        """A finished action changed records; also called while another tab is in front."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What this tab does for commands while it is in front; they go before those of the file."""
        return {}

    def heading_buttons(self) -> tuple[LineButton, ...]:
        """Buttons for the title line while this tab is in front, the primary one last.

        None of its own leaves those of the file (印刷, 面談を始める).
        """
        return ()

    def memory(self) -> object:
        """What to put back when one returns here by Alt+Left."""
        return None

    def restore(self, memory: object) -> None:
        """Put back what `memory` gave."""


class CardTab(CompanyTab):
    """A tab of what the file itself reads: the company's card."""

    def show_card(self, card: CompanyCard) -> None:
        """Show the card, again after every change that touches it."""
