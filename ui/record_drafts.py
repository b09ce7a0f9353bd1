"""Drafts of forms in which one record after the other is shown, and of the form for a new one.

The draft of a field bears the key of its record, such as `<id>.title`; what stands before the first dot is
the form's own business. A draft goes once the change was written, and stays where the write failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.rows.support_sessions import DraftRow
from ui.field_drafts import FieldDrafts, TextEditor
from ui.input_method import when_idle
from ui.tasks import TaskRunner, Ticket
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField

if TYPE_CHECKING:
    from app.services.directory import Services

BROUGHT_BACK = "前に書きかけた文を戻しました。欄を離れると保存されます"
_REFUSED = "まだ保存されていません。欄を離れると、もう一度保存します"
_MARKED = "前に書きかけた文です。まだ保存されていません"


class RecordDrafts(FieldDrafts):
    """Call `open` for a scope, and `show` each time a record was shown in its fields."""

    found = Signal()
    """What an unexpected stop left behind in the scope is known: see `left_records`."""
    brought_back = Signal(str)
    """Left text of the record with this key stands in its field again."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QObject) -> None:
        super().__init__(tasks, services, parent)
        self._left: dict[str, DraftRow] = {}
        self._is_new: set[QObject] = set()
        self._failures: dict[str, int] = {}
        self._written: dict[str, str] = {}

    def open(self, scope: str) -> None:
        """Begin with a scope, or with the same one again: ask for what was left behind in it."""
        self.settle()
        if scope != self.scope:
            self.scope, self._left = scope, {}
        self.tasks.run(lambda _: self.services.drafts.of(scope), partial(self._found, scope))

    def show(self, record: str, editors: Mapping[str, TextEditor], *, is_new: bool = False) -> None:
        """These editors show this record by column; left text goes back into them.

        The form for a new record tells by `written` when it was made; leaving its fields is not enough.
        """
        for column, editor in editors.items():
            name = f"{record}.{column}"
            if editor not in self.names:
                self.follow({name: editor})
                told = editor.day_left if isinstance(editor, DateField) else editor.left
                told.connect(self._left_field)
            self.names[editor] = name
            (self._is_new.add if is_new else self._is_new.discard)(editor)
            self._put_back(editor)

    def left_records(self) -> tuple[str, ...]:
        """The keys of records with text that is not in its field yet, oldest first."""
        return tuple(dict.fromkeys(name.rpartition(".")[0] for name in self._left if "." in name))

    def written(self, record: str, texts: Mapping[str, str]) -> None:
        """A new record was sent on its way with these texts."""
        for column, text in texts.items():
            self._sent(f"{record}.{column}", text)

    def forget(self, record: str, columns: Iterable[str]) -> None:
        """What was told of these fields was taken back: it was not the disk that refused it."""
        for name in (f"{record}.{column}" for column in columns):
            self._written.pop(name, None)
            self.forget_waiting(name)
            self.drop(name)

    def settle(self) -> None:
        """Let go of what was written meanwhile, and write what waits."""
        written, self._written = self._written, {}
        for name, text in written.items():
            failures = self._failures.pop(name, self.tasks.failures)
            work = partial(self._let_go, self.scope, name, text, failures)
            self.tasks.run(work, partial(self._let_gone, name, text), partial(self._not_kept, name, text))
        self.write_waiting()

    def text_changed(self, editor: TextEditor) -> None:
        """Note how much had failed so far: a failure after the typing keeps the draft."""
        self._failures[self.names[editor]] = self.tasks.failures
        if editor.has_changes() or editor in self._is_new:
            self.wait(editor)
        elif editor.hasFocus():
            self._sent(self.names[editor], "")

    def write(self, editor: TextEditor, preedit: str) -> None:
        """An emptied field for a new record holds nothing to keep."""
        if editor in self._is_new and not editor.text() and not preedit:
            self.drop(self.names[editor])
        else:
            super().write(editor, preedit)

    def _left_field(self) -> None:
        editor = self.sender()
        if not isinstance(editor, TextField | LongTextField):
            return
        _mark(editor, "")
        if editor in self._is_new or editor not in self.names or editor.property("problem"):
            return
        self._sent(self.names[editor], editor.text())

    def _sent(self, name: str, text: str) -> None:
        if not self._written:
            # After the write itself has been asked for.
            QTimer.singleShot(0, self, self.settle)
        self._written[name] = text
        self._failures.setdefault(name, self.tasks.failures)
        self.forget_waiting(name)

    def _let_go(self, scope: str, name: str, text: str, failures: int, _ticket: Ticket) -> bool:
        """On the store thread, after the write: whether it went well. Its failure keeps the text."""
        if self.tasks.failures == failures:
            self.services.drafts.drop(scope, name)
            return True
        if text:
            self.services.drafts.keep(scope, name, text)
        return False

    def _let_gone(self, name: str, text: str, is_written: bool) -> None:
        if not is_written:
            self._untell(name, text)

    def _not_kept(self, name: str, text: str, fault: Exception) -> None:
        """Neither written nor a draft on the disk: the field goes on holding it."""
        self._untell(name, text)
        self.tasks.failed_unheard.emit(fault)

    def _untell(self, name: str, text: str) -> None:
        for editor, known in self.names.items():
            if known != name or not isValid(editor) or not isinstance(editor, TextField | LongTextField):
                continue
            if editor.text() == text and not editor.has_changes():
                editor.untell()
                _mark(editor, _REFUSED)

    def _found(self, scope: str, drafts: tuple[DraftRow, ...]) -> None:
        if scope != self.scope:
            return
        self._left = {draft.field: draft for draft in drafts}
        for editor in tuple(self.names):
            if isValid(editor) and isinstance(editor, TextField | LongTextField):
                self._put_back(editor)
        self.found.emit()

    def _put_back(self, editor: TextEditor) -> None:
        name = self.names[editor]
        if name not in self._left or editor.has_changes() or editor.property("problem"):
            return
        draft = self._left.pop(name)
        text = draft.text[: draft.caret] + draft.preedit + draft.text[draft.caret :]
        if text == editor.text():
            self.drop(name)
            return
        when_idle(editor, partial(_type, editor, text))
        _mark(editor, _MARKED)
        self.brought_back.emit(name.rpartition(".")[0])


def _type(editor: TextEditor, text: str) -> None:
    """Put text in as if it had been typed: the record does not have it."""
    if isinstance(editor, TextField):
        editor.setText(text)
    else:
        editor.setPlainText(text)


def _mark(editor: TextEditor, words: str) -> None:
    if bool(editor.property("unsaved")) == bool(words):
        return
    editor.setProperty("unsaved", bool(words))
    editor.setAccessibleDescription(words)
    editor.style().unpolish(editor)
    editor.style().polish(editor)
