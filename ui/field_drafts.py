"""Text of fields on its way to the record: kept in the draft table while one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ui.input_method import conversion
from ui.tasks import TaskRunner, Ticket
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

if TYPE_CHECKING:
    from app.services.directory import Services
    from app.services.drafts import Typed

REST_MS, LONGEST_MS = 1000, 1400
"""Written after a second of rest, and while typing goes on soon enough to be on a disk within two."""

TextEditor = TextField | LongTextField


class FieldDrafts(QObject):
    """Follows editors under their names within one scope of the draft table."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.services = services
        self.scope = ""
        self.names: dict[QObject, str] = {}
        self._waiting: dict[TextEditor, None] = {}
        self._rest, self._longest = self._timer(REST_MS), self._timer(LONGEST_MS)
        conversion().changed.connect(self._conversion_changed)

    def follow(self, editors: Mapping[str, TextEditor]) -> None:
        """Keep what is typed into these, besides those followed already."""
        for name, editor in editors.items():
            self.names[editor] = name
            editor.textChanged.connect(self._note)

    def keep(self, name: str, text: str) -> None:
        """Keep what was chosen in a field that is not typed into."""
        self.tasks.run(partial(self._keep, self.scope, name, text))

    def drop(self, name: str) -> None:
        """The text of one field has become a change, or is not wanted any more."""
        self.tasks.run(partial(self._drop, self.scope, name))

    def drop_all(self) -> None:
        """Everything of the scope has become a change, or is not wanted any more."""
        self._waiting.clear()
        self.tasks.run(partial(self._drop_scope, self.scope))

    def write_waiting(self) -> None:
        """Write now what was typed since the last time."""
        self._rest.stop()
        self._longest.stop()
        waiting, self._waiting = self._waiting, {}
        for editor in waiting:
            if isValid(editor) and editor in self.names:
                self.write(editor, conversion().preedit if editor.hasFocus() else "")
        if conversion().is_on:
            # What is converted grows without telling; it is looked at again.
            self._conversion_changed(is_on=True)

    def wait(self, editor: TextEditor) -> None:
        """Write the text of this editor within two seconds."""
        self._waiting[editor] = None
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def write(self, editor: TextEditor, preedit: str) -> None:
        """Write the text of an editor, and beside it what is being converted at its caret."""
        caret = _caret(editor)
        drafts = self.services.drafts
        typed = drafts.noted(self.scope, self.names[editor], editor.text(), preedit=preedit, caret=caret)
        self.tasks.run(partial(self._write, typed), late=partial(drafts.set_aside, typed))

    def forget_waiting(self, name: str) -> None:
        """What was typed under this name is on its way to the record."""
        self._waiting = {editor: None for editor in self._waiting if self.names[editor] != name}

    def _note(self) -> None:
        editor = self.sender()
        if isinstance(editor, TextField | LongTextField) and editor in self.names:
            self.text_changed(editor)

    def text_changed(self, editor: TextEditor) -> None:
        """A person typed into the editor, or its record was shown."""
        if editor.has_changes():
            self.wait(editor)

    def _conversion_changed(self, is_on: bool) -> None:
        editor = QApplication.focusWidget()
        if not isinstance(editor, TextField | LongTextField) or editor not in self.names:
            return
        if is_on or editor.has_changes():
            self.wait(editor)
        else:
            self.forget_waiting(self.names[editor])
            self.drop(self.names[editor])

    def _keep(self, scope: str, name: str, text: str, _ticket: Ticket) -> None:
        self.services.drafts.keep(scope, name, text)

    def _write(self, typed: Typed, _ticket: Ticket) -> None:
        self.services.drafts.write(typed)

    def _drop(self, scope: str, name: str, _ticket: Ticket) -> None:
        self.services.drafts.drop(scope, name)

    def _drop_scope(self, scope: str, _ticket: Ticket) -> None:
        for draft in self.services.drafts.of(scope):
            self.services.drafts.drop(scope, draft.field)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.write_waiting)
        return timer


def _caret(editor: TextEditor) -> int:
    return editor.cursorPosition() if isinstance(editor, TextField) else editor.textCursor().position()
