"""Another passphrase in the place of the present one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError
from app.store_keys import StoreKey
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.layouts import row
from ui.widgets.texts import Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.store_door import StoreDoor

_NEW_ONES = ("keys.passphrase_too_short", "keys.passphrases_differ", "keys.passphrase_published")


class PassphraseCard(Card):
    """Asks for the present one too, or the paper, because an open window may stand unwatched."""

    changed = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        door: Callable[[], StoreDoor],
        key: StoreKey,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("合言葉を変える", parent=parent)
        self._tasks = tasks
        self._door = door
        self._key = key
        self._present, self._next, self._repeated = QLineEdit(), QLineEdit(), QLineEdit()
        self._repeated.returnPressed.connect(self._change)
        self._reveal = CheckField("文字を見せる (変換して入力するときも)")
        self._reveal.toggled.connect(self._reveal_toggled)
        self._go = Button("合言葉を変える")
        self._go.clicked.connect(self._change)
        self._progress = Text("", Role.TABLE, "sub", elide=True)
        self._forms = {
            self._present: _alone("いまの合言葉", self._present, "忘れたときは、紙の24語を入れます。"),
            self._next: _alone("新しい合言葉", self._next, "12文字以上。覚えやすい文でかまいません。"),
            self._repeated: _alone("新しい合言葉をもう一度", self._repeated),
        }
        across = row(spacing=12)
        for form in self._forms.values():
            across.addWidget(form, 1)
        line = row(spacing=12)
        line.addWidget(self._reveal)
        line.addWidget(self._progress, 1)
        line.addWidget(self._go)
        self.add(across, line)
        self._reveal_toggled(False)

    def forget(self) -> None:
        """Empty every field."""
        for field in self._fields:
            field.clear()
            self._set_problem(field, "")
        self._reveal.setChecked(False)

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self._present, self._next, self._repeated

    def _change(self) -> None:
        empty = [field for field in self._fields if not field.text()]
        for field in self._fields:
            self._set_problem(field, "入れてください" if field in empty else "")
        if empty:
            empty[0].setFocus()
            return
        self._go.setEnabled(False)
        self._progress.setText("鍵を作り直しています")
        texts = tuple(field.text() for field in self._fields)
        self._tasks.run(partial(self._changed, texts), self._done, self._refused)

    def _changed(self, texts: tuple[str, ...], _ticket: Ticket) -> None:
        present, passphrase, repeated = texts
        self._door().change_passphrase(self._key, present, passphrase, repeated)

    def _done(self, _nothing: None) -> None:
        self._rest()
        self.forget()
        self.changed.emit()

    def _refused(self, fault: Exception) -> None:
        self._rest()
        if not isinstance(fault, AppError):
            self._tasks.failed_unheard.emit(fault)
            return
        told = error_message(fault)
        field = self._next if fault.code in _NEW_ONES else self._present
        self._set_problem(field, f"{told.title}。{told.detail}")
        field.selectAll()
        field.setFocus()

    def _set_problem(self, field: QLineEdit, text: str) -> None:
        self._forms[field].set_problem(field, text)

    def _rest(self) -> None:
        self._go.setEnabled(True)
        self._progress.setText("")

    def _reveal_toggled(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in self._fields:
            field.setEchoMode(mode)


def _alone(label: str, field: QLineEdit, hint: str = "") -> FieldForm:
    form = FieldForm()
    form.add(label, field, hint=hint)
    return form
