"""Text of fields on its way to the record: kept in the draft table while one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.input_method import conversion
from ui.tasks import TaskRunner, Ticket
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

if TYPE_CHECKING:
    from app.services.directory import Services

REST_MS, LONGEST_MS = 1000, 2000
"""Written after a second of rest, and at least every two seconds while typing goes on."""

TextEditor = TextField | LongTextField


class FieldDrafts(QObject):
    """Follows editors under their names within one scope of the draft table."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self.scope = ""
        self._names: dict[QObject, str] = {}
        self._waiting: dict[str, TextEditor] = {}
        self._rest, self._longest = self._timer(REST_MS), self._timer(LONGEST_MS)

    def follow(self, editors: Mapping[str, TextEditor]) -> None:
        """Keep what is typed into these, besides those followed already."""
        for name, editor in editors.items():
            self._names[editor] = name
            editor.textChanged.connect(self._note)

    def keep(self, name: str, text: str) -> None:
        """Keep what was chosen in a field that is not typed into."""
        self._write(name, text, "")

    def drop_all(self) -> None:
        """Everything of the scope has become a change, or is not wanted any more."""
        self._waiting.clear()
        self._tasks.run(partial(self._drop_scope, self.scope))

    def write_waiting(self) -> None:
        """Write now what was typed since the last time."""
        self._rest.stop()
        self._longest.stop()
        waiting, self._waiting = self._waiting, {}
        for name, editor in waiting.items():
            self._write(name, editor.text(), conversion().preedit if editor.hasFocus() else "")

    def _note(self) -> None:
        editor = self.sender()
        if not isinstance(editor, TextField | LongTextField) or not editor.has_changes():
            return
        if (name := self._names.get(editor)) is None:
            return
        self._waiting[name] = editor
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def _write(self, name: str, text: str, preedit: str) -> None:
        self._tasks.run(partial(self._keep, self.scope, name, text, preedit))

    def _keep(self, scope: str, name: str, text: str, preedit: str, _ticket: Ticket) -> None:
        self._services.drafts.keep(scope, name, text, preedit=preedit)

    def _drop_scope(self, scope: str, _ticket: Ticket) -> None:
        for draft in self._services.drafts.of(scope):
            self._services.drafts.drop(scope, draft.field)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.write_waiting)
        return timer
