"""What every section of 設定 is: a widget that is entered, told of changes, and names its commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.errors import AppError
from ui.record_drafts import BROUGHT_BACK, RecordDrafts
from ui.screens.screen import LineButton
from ui.tasks import TaskRunner
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services


class Section(QWidget):
    """Base of all sections. Reads and writes through the task runner."""

    told = Signal(str, object)
    """Show a toast: its words, and a callable for 元に戻す or None."""
    warned = Signal(object, str)
    """Show a Message above the screen, of a kind of the message bar."""
    buttons_changed = Signal()

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.services = services
        self.drafts = RecordDrafts(tasks, services, self)
        self.drafts.brought_back.connect(self._tell_brought_back)

    def enter(self, item_id: str) -> None:
        """Show what there is; `item_id` may name a record to go to."""

    def leave(self) -> None:
        """The section is left, or the window locks or closes; every field was flushed before."""
        self.drafts.settle()

    def touched(self, changes: Changes) -> None:
        """A finished action changed records."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the section does for commands of `ui.actions` and for its buttons on the title line."""
        return {}

    def buttons(self) -> tuple[LineButton, ...]:
        """Buttons for the title line."""
        return ()

    def _tell_brought_back(self, _record: str) -> None:
        self.told.emit(BROUGHT_BACK, None)

    def refuse(self, fault: Exception) -> None:
        """Tell above the screen what was refused; a defect goes where all defects go."""
        if isinstance(fault, AppError):
            self.warned.emit(replace(error_message(fault), action=""), "warn")
        else:
            self.tasks.failed_unheard.emit(fault)


def show_unless_typing(field: TextField | LongTextField, text: str) -> None:
    """Show a value of the record, but never over typing that the record has not got yet."""
    if not field.has_changes():
        field.show_text(text)
