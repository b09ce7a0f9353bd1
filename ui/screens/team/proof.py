"""あなたの合言葉: what cannot be taken back is done by who knows it, or the 24 words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError
from ui.tasks import TaskRunner, Ticket
from ui.widgets.field_form import FieldForm
from ui.widgets.layouts import column
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program


class Proof(QWidget):
    """Asks for nothing in the practice region. `entered`: Enter was pressed in the field."""

    entered = Signal()

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__()
        self._tasks = tasks
        self._program = program
        self._is_asked = not services.is_practice
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.returnPressed.connect(self.entered)
        self._form = FieldForm()
        self._form.add("あなたの合言葉", self.field, hint="忘れたときは、紙の24語を入れます。")
        column(self).addWidget(self._form)
        if not self._is_asked:
            self.hide()
        self.setFocusProxy(self.field)

    def ask(self, proved: Callable[[object], None]) -> None:
        """Call `proved` once what was typed opens this store; else say so beside the field."""
        if not self._is_asked:
            proved(None)
            return
        typed = self.field.text()
        self._form.set_problem(self.field, "" if typed else "入れてください")
        if typed:
            self._tasks.run(partial(self._proved, typed), proved, self._not_proved)
        else:
            self.field.setFocus()

    def clear(self) -> None:
        """Leave no secret on the screen."""
        self.field.clear()

    def _proved(self, typed: str, _ticket: Ticket) -> None:
        self._program.entrance.door().prove(typed)

    def _not_proved(self, fault: Exception) -> None:
        if not isinstance(fault, AppError):
            self._tasks.failed_unheard.emit(fault)
            return
        told = error_message(fault)
        self._form.set_problem(self.field, f"{told.title}。{told.detail}")
        self.field.selectAll()
        self.field.setFocus()
